"""What the simulator's README says is served."""

import re
from pathlib import Path
from typing import get_args

import simulator
from simulator.bad_days.incidents import Deed
from simulator.bad_days.kinds import Kind
from simulator.sheets.batch import KINDS

README = (Path(simulator.__file__).parent / "README.md").read_text()


def test_it_names_the_kinds_of_batch_updates_that_are_served_and_no_other() -> None:
    paragraph = re.search(r"^Kinds of `batchUpdate`: (.*?)\. Any other", README, re.DOTALL | re.MULTILINE)
    assert paragraph
    assert re.findall(r"`(\w+)`", paragraph[1]) == list(KINDS)


def test_it_explains_every_bad_day_and_deed() -> None:
    told = set(re.findall(r"`(\w+)`", README)) | set(re.findall(r'"deed": "(\w+)"', README))
    assert {*get_args(Kind), *get_args(Deed)} <= told
