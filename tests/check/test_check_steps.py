"""The lines of a report, and the first two steps: what the guard says."""

import msgspec
import pytest

from numirror.kernel.errors import NuMirrorError
from numirror.shell.checks import CheckFailed, Line, Report, steps
from numirror.shell.log import Target
from numirror.shell.log.check import SENTENCES, check_database
from tests.faults.hostile_postgres import PASSWORD

TARGET = Target("db.example.com", 5432, "diary", "ada", PASSWORD)


class Refusal(NuMirrorError):
    """Please use another host."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("name_unknown", "name"),
        ("name_slow", "name"),
        ("bad_host", "name"),
        ("no_host", "name"),
        ("host_not_public", "address"),
        ("tls_needed", "address"),
        ("", "address"),
    ],
)
def test_what_the_guard_refuses_is_not_dialled(code: str, line: str) -> None:
    def admit(_: Target) -> Target:
        raise Refusal(code)

    report = check_database(TARGET, admit)
    assert report.failed == Line(line, False, report.failed.milliseconds, "Please use another host.")


@pytest.mark.parametrize("address", ["", "localhost", "127.1"])
def test_a_target_without_a_checked_address_is_not_dialled(address: str) -> None:
    report = check_database(TARGET, lambda target: msgspec.structs.replace(target, address=address))
    assert report.failed and (report.failed.name, report.failed.sentence) == ("address", SENTENCES["not_dialled"])


def test_the_first_red_step_is_the_last_one() -> None:
    taken = []

    def green() -> str:
        taken.append("green")
        return "a fact"

    def red() -> str:
        raise CheckFailed("Do this next.")

    report = steps("thing", [("one", green), ("two", red), ("three", green)])
    assert taken == ["green"]
    assert [(line.name, line.ok, line.sentence) for line in report.lines] == [
        ("one", True, "a fact"),
        ("two", False, "Do this next."),
        ("three", None, ""),
    ]
    assert not report.ok and report.failed is report.lines[1]
    assert report.lines[2].milliseconds == 0 < report.lines[0].milliseconds


def test_green_is_every_line() -> None:
    assert steps("thing", [("one", str)]).ok
    assert not Report("thing", (Line("one", None, 0.0),)).ok


def test_another_error_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        steps("thing", [("one", lambda: str(1 // 0))])


def test_each_sentence_says_the_next_step() -> None:
    words = ("Please ", "Undo ", "Close ", "Look ")
    for code, sentence in SENTENCES.items():
        assert sentence.endswith(".") and len(sentence) < 200, code
        assert any(word in sentence for word in words), code
