"""What the simulator's README says is served."""

import re
from pathlib import Path
from typing import Any, get_args

import simulator
from simulator.bad_days.incidents import Deed
from simulator.bad_days.kinds import Kind
from simulator.drive.doors import SERVED as DRIVE
from simulator.sheets import discovery
from simulator.sheets.batch import KINDS
from simulator.sheets.formulas.functions import FUNCTIONS
from simulator.sheets_api.doors import SERVED as SHEETS

README = (Path(simulator.__file__).parent / "README.md").read_text()


def test_it_names_the_kinds_of_batch_updates_that_are_served_and_no_other() -> None:
    paragraph = re.search(r"^Kinds of `batchUpdate`: (.*?)\. Any other", README, re.DOTALL | re.MULTILINE)
    assert paragraph
    assert re.findall(r"`(\w+)`", paragraph[1]) == list(KINDS)


def _methods(resource: Any, before: str = "") -> set[str]:
    """The names of all methods below a resource of a discovery document."""
    inner = [_methods(one, f"{before}{name}.") for name, one in resource.get("resources", {}).items()]
    return {f"{before}{name}" for name in resource.get("methods", {})}.union(*inner)


def _told(title: str, answer: str) -> set[str]:
    (table,) = re.findall(rf"^\| {title} \| \| \|\n((?:\|.*\n)+)", README, re.MULTILINE)
    lines = [line.split("|") for line in table.splitlines()]
    return {name for _, names, said, *_ in lines if said.strip() == answer for name in re.findall(r"`(\S+)`", names)}


def test_it_says_of_every_call_of_sheets_that_it_is_served() -> None:
    known = _methods(discovery.document()["resources"]["spreadsheets"])
    assert _told("Sheets v4", "served") == SHEETS == known


def test_it_says_of_every_call_of_drive_whether_it_is_served() -> None:
    known = _methods(discovery.document("drive.v3"))
    assert _told("Drive v3", "served") == DRIVE
    missing = _told("Drive v3", "no")
    for name in known - DRIVE:
        assert name in missing or name.partition(".")[0] in missing, name


def test_it_names_every_function_of_formulas() -> None:
    paragraph = re.search(r"^Formulas: (.*?)and all operators", README, re.DOTALL | re.MULTILINE)
    assert paragraph
    names = {name for name in FUNCTIONS if name.isalnum()} - {"ERROR"}
    assert set(re.findall(r"`(\w+)`", paragraph[1])) == names


def test_it_explains_every_bad_day_and_deed() -> None:
    told = set(re.findall(r"`(\w+)`", README)) | set(re.findall(r'"deed": "(\w+)"', README))
    assert {*get_args(Kind), *get_args(Deed)} <= told
