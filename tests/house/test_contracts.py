"""The doors between the rooms are shut: plant a breach of each contract, and see each caught."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
PARTS = ("numirror", "workers", "simulator", "local", "app.py", "pyproject.toml")

# File, the line planted into it, and the contract that must name it.
BREACHES = [
    ("numirror/kernel/day.py", "from numirror import catalog", "The house:"),
    ("numirror/shell/logs.py", "import numirror.handle", "The house:"),
    ("numirror/handle.py", "import numirror.follow", "The house:"),
    ("numirror/kernel/ids.py", "import random", "Domains and kernel are pure"),
    ("numirror/domains/tasks/events.py", "import time", "Domains and kernel are pure"),
    ("numirror/domains/tasks/mirrors.py", "import psycopg", "Domains and kernel are pure"),
    ("numirror/domains/tasks/cards.py", "import logging", "Domains and kernel are pure"),
    ("numirror/domains/tasks/decider.py", "import numirror.domains.planted", "Domains are apart"),
    ("numirror/domains/tasks/commands.py", "import numirror.domains.tasks.decider", "A domain's shape"),
    ("numirror/domains/tasks/cards.py", "import numirror.domains.tasks.mirrors", "A domain's shape"),
    ("numirror/shell/mirrors/sheet.py", "import numirror.shell.mirrors.redis", "Mirrors are apart"),
    ("numirror/shell/visits.py", "import psycopg", "psycopg only through"),
    ("numirror/web/sidebar.py", "import redis", "The web has no drivers"),
    ("workers/__init__.py", "import numirror.web.app", "Workers do without the web"),
    ("simulator/__init__.py", "import numirror.kernel.ids", "Stand-ins and product are apart"),
    ("numirror/shell/logs.py", "import simulator", "Stand-ins and product are apart"),
    ("numirror/shell/google/errors.py", "import numirror.shell.google.sheets", "No cycles"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What the linter says of a copy of the house with every breach planted."""
    copy = tmp_path_factory.mktemp("house")
    for part in PARTS:
        source = REPOSITORY / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__", "static"))
        else:
            shutil.copy(source, copy / part)
    planted = copy / "numirror/domains/planted"
    shutil.copytree(copy / "numirror/domains/tasks", planted)
    for file, line, _ in BREACHES:
        path = copy / file
        path.write_text(f"{path.read_text()}\n{line}\n")
    yield lint(copy)


def lint(folder: Path) -> str:
    linter = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([linter, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    return run.stdout + run.stderr


def broken(report: str, contract: str) -> str:
    """The part of the report about one contract."""
    heads = [match.start() for match in re.finditer(r"^(?=[A-Za-z].*\n-{5,}$)", report, re.MULTILINE)]
    parts = [report[start:end] for start, end in zip(heads, [*heads[1:], len(report)], strict=True)]
    return next((part for part in parts if part.startswith(contract)), "")


@pytest.mark.parametrize(("file", "line", "contract"), BREACHES)
def test_a_breach_is_caught(report: str, file: str, line: str, contract: str) -> None:
    importer = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    said = broken(report, contract)
    assert said, f"{contract} is not reported as broken:\n{report}"
    # A cycle is told as a step between siblings, so by their last names.
    assert importer in said or f" .{importer.rpartition('.')[2]} " in said, said


def test_the_house_as_it_stands_keeps_every_contract() -> None:
    report = lint(REPOSITORY)
    assert " 0 broken" in report, report


@pytest.mark.parametrize(
    "line", ["datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "uuid.uuid4()", "uuid4()"]
)
def test_a_domain_has_no_clock_and_invents_no_ids(line: str) -> None:
    source = (
        f"import datetime\nimport uuid\nfrom datetime import UTC, date, datetime\nfrom uuid import uuid4\n\n{line}\n"
    )
    if line.startswith("datetime.datetime"):
        source = f"import datetime\n\n{line}\n"
    ruff = Path(sys.executable).parent / "ruff"
    command = [ruff, "check", "--select", "TID251", "--stdin-filename", "numirror/domains/tasks/planted.py", "-"]
    run = subprocess.run(command, cwd=REPOSITORY, input=source, capture_output=True, text=True, check=False)
    assert "TID251" in run.stdout, run.stdout
