"""The door of an import: what a browser may send, and a page with a next step whatever comes of it."""

import io
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from numirror.kernel.errors import Away, NuMirrorError
from numirror.shell.account.importing import (
    AnotherFile,
    AnothersExport,
    Imports,
    InvalidEvent,
    InvalidExport,
    Overtaken,
    Question,
    ReadOnly,
    Restored,
    TrialTooSmall,
)
from numirror.shell.account.leaving import Exports
from numirror.shell.account.links import LinkOver
from numirror.shell.visits import LogFrozen
from numirror.web.answers import Front
from numirror.web.app import flask_app
from numirror.web.event import BODY_LIMIT
from numirror.web.import_page import LIMIT
from numirror.web.imports import Uploads
from numirror.web.sidebar import Sidebar
from tests.identity import forger

SEAL = "f" * 64
PATH = f"/import/{'0' * 32}/1/{SEAL}"
SECRET = "the quick brown secret"


class Double:
    """Imports that answer with what a test wants; `got` is what reached them."""

    def __init__(self, opening: Callable[[], None], reading: Callable[[], Restored | Question]) -> None:
        self._opening, self._reading = opening, reading
        self.got: list[tuple[bytes, str]] = []

    def open(self, *_: object) -> "Double":
        self._opening()
        return self

    def read(self, file: io.BytesIO, yes: str = "") -> Restored | Question:
        self.got.append((file.read(), yes))
        return self._reading()


class NoSidebar:
    """Asked for nothing here."""

    def __getattr__(self, _: str) -> Any:
        return raising(AssertionError())


def raising(error: BaseException) -> Any:
    def fail(*_: object) -> None:
        raise error

    return fail


def door(
    opening: Callable[[], None] = lambda: None, reading: Callable[[], Any] = lambda: Restored(3, 0, b"\xab" * 32)
) -> tuple[FlaskClient, Double]:
    double = Double(opening, reading)
    front = Front(forger.verifier(), "https://addon.example.com", lambda _: "0" * 32)
    app = flask_app(cast(Sidebar, NoSidebar()), front, lambda: cast(Exports, None))
    upload = Uploads(cast(Imports, double)).answer
    app.add_url_rule("/import/<tenant_hash>/<int:expires>/<seal>", "import", upload, methods=["GET", "POST"])
    return app.test_client(), double


def send(client: FlaskClient, content: bytes = b"bytes", headers: Any = None, **fields: str) -> Any:
    return client.post(PATH, data={"file": (io.BytesIO(content), "ada.numirror"), **fields}, headers=headers)


class Page(HTMLParser):
    """The elements of a page with what they say of themselves; fails where one is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_the_page_has_a_form_for_one_file_and_nothing_that_runs() -> None:
    answer = door()[0].get(PATH)
    page = Page(answer.text)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert page.all("html") == [{"lang": "en"}]
    assert page.all("form") == [{"method": "post", "enctype": "multipart/form-data"}]
    assert [one.get("type") for one in page.all("input")] == ["file"]
    assert page.all("label") == [{"for": page.all("input")[0]["id"]}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")
    assert not page.all("script") and not page.all("link") and not page.all("img")


def test_no_page_is_kept_framed_styled_from_elsewhere_or_sent_elsewhere() -> None:
    for answer in (door()[0].get(PATH), send(door(raising(LinkOver()))[0]), send(door()[0])):
        style = re.search(r"<style>(.*)</style>", answer.text)
        assert style
        seen = b64encode(sha256(style[1].encode()).digest()).decode()
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == {
            "default-src 'none'",
            f"style-src 'sha256-{seen}'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        }
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_was_sent_is_read_and_told() -> None:
    client, double = door()
    answer = send(client, b"the log")
    assert answer.status_code == 200
    assert "3 events" in answer.text and "ab" * 32 in answer.text
    assert double.got == [(b"the log", "")]


def test_what_was_there_already_is_told() -> None:
    answer = send(door(reading=lambda: Restored(0, 1, b""))[0])
    assert answer.status_code == 200
    assert "1 event:" in answer.text and "in your log already" in answer.text


def test_a_shorter_file_is_asked_for_once_more_with_the_yes() -> None:
    client, double = door(reading=lambda: Question(3, 1_200, '"><b>'))
    answer = send(client)
    assert answer.status_code == 409
    assert "3 events" in answer.text and "1,200 events" in answer.text
    hidden, file = Page(answer.text).all("input")
    assert hidden == {"type": "hidden", "name": "yes", "value": '"><b>'}
    assert file["type"] == "file"
    send(client, yes="again")
    assert double.got[-1] == (b"bytes", "again")


PROBLEMS: list[tuple[NuMirrorError, int]] = [
    (LinkOver(), 410),
    (InvalidExport(), 400),
    (InvalidEvent(), 400),
    (AnothersExport(), 409),
    (AnotherFile(), 409),
    (LogFrozen(), 409),
    (Overtaken(), 409),
    (ReadOnly(), 409),
    (TrialTooSmall(), 409),
    (Away(), 503),
]


@pytest.mark.parametrize(("error", "status"), PROBLEMS, ids=lambda one: type(one).__name__)
def test_each_problem_is_a_page_with_its_status_and_sentence(error: NuMirrorError, status: int) -> None:
    for client in (door(opening=raising(error))[0], door(reading=raising(error))[0]):
        answer = send(client)
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert str(error).partition(".")[0] in answer.text.replace("&#39;", "'")
        Page(answer.text)


def test_of_what_nobody_thought_of_nothing_is_told_but_its_place() -> None:
    with capture_logs() as logs:
        answer = send(door(reading=raising(KeyError(SECRET)))[0])
    assert answer.status_code == 500
    assert SECRET not in answer.text + str(logs)
    assert [one["error"] for one in logs if "error" in one] == ["KeyError"]


def test_no_log_holds_a_seal() -> None:
    with capture_logs() as logs:
        client = door()[0]
        client.get(PATH)
        send(client)
        client.get(PATH + "/")
        client.get(PATH.replace("import", "export"))
        send(door(opening=raising(LinkOver()))[0])
    assert any("path" in one for one in logs)
    assert SEAL not in str(logs) and "ada.numirror" not in str(logs)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
def test_another_sites_form_is_refused(site: str) -> None:
    client, double = door()
    answer = send(client, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert double.got == []


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_our_own_form_is_taken(site: str | None) -> None:
    assert send(door()[0], headers={"Sec-Fetch-Site": site} if site else None).status_code == 200


def test_the_link_may_be_opened_from_anywhere() -> None:
    """From the sidebar, that is: Google's site."""
    assert door()[0].get(PATH, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        {"data": b"bytes", "content_type": "application/zip"},
        {"data": {"other": (io.BytesIO(b"x"), "x")}},
        {"data": {"file": (io.BytesIO(b""), "")}},
        {"data": {"file": "only text"}},
        {"data": b"x", "content_type": "multipart/form-data"},
        {},
    ],
)
def test_a_form_without_a_file_is_a_page(given: dict[str, Any]) -> None:
    client, double = door()
    answer = client.post(PATH, **given)
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert double.got == []


class Counted(io.BytesIO):
    """A body that counts what was read of it."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.count += len(piece)
        return piece

    def readinto(self, buffer: Any, /) -> int:
        size = super().readinto(buffer)
        self.count += size
        return size


@pytest.mark.parametrize("size", [LIMIT + 1, 4 * LIMIT + 1])
def test_of_what_is_too_large_nothing_is_kept(size: int) -> None:
    """So much that a browser waits for the end of it passes; more is not even waited for."""
    body, (client, double) = Counted(bytes(size)), door()
    answer = client.post(PATH, input_stream=body, content_type="multipart/form-data; boundary=x")
    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert double.got == []
    assert body.count == (size if size <= 4 * LIMIT else 0)


def test_what_comes_by_a_dead_link_is_not_looked_at() -> None:
    body, (client, double) = Counted(bytes(LIMIT + 1)), door(opening=raising(LinkOver()))
    answer = client.post(PATH, input_stream=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 410
    assert double.got == []
    assert body.count == LIMIT + 1


def test_a_file_may_be_larger_than_a_card() -> None:
    client, double = door()
    content = b"x" * 1_000_000
    assert send(client, content).status_code == 200
    assert double.got[0][0] == content


def test_other_doors_keep_their_limit() -> None:
    client = door()[0]
    send(client)
    system = forger.system(aud="https://addon.example.com/addon/home")
    answer = client.post("/addon/home", data=b"x" * (BODY_LIMIT + 1), headers={"Authorization": f"Bearer {system}"})
    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(method: str) -> None:
    assert getattr(door()[0], method)(PATH).status_code == 405
