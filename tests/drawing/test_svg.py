"""Rules of all drawings: whatever the value, there is a well-formed picture, and everything said can be read."""

import copy
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from numirror.kernel.picture import Bars, ComicPage, Grid, Panel, Picture, Series, Square
from numirror.shell.drawing import svg
from tests.drawing import seen
from tests.drawing.anything import HOSTILE, pictures


@settings(max_examples=40, deadline=None)
@given(pictures)
def test_any_picture_is_well_formed_equal_for_equal_values_and_all_its_text_is_on_the_page(picture: Picture) -> None:
    drawn = svg(picture)
    assert svg(copy.deepcopy(picture)) == drawn
    root = ET.fromstring(drawn)
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    for line in seen.lines(root):
        assert all(-0.5 <= x <= wide + 0.5 and -0.5 <= y <= high + 0.5 for x, y in line.corners), line


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_adds_no_markup(name: str) -> None:
    harmless, hostile = (_texts(said) for said in ("words", HOSTILE[name]))
    tags = [{element.tag for element in ET.fromstring(svg(picture)).iter()} for picture in hostile]
    assert all(some <= usual | {_TEXT} for some, usual in zip(tags, map(_tags, harmless), strict=True))
    attributes = {
        key for picture in hostile for element in ET.fromstring(svg(picture)).iter() for key in element.attrib
    }
    assert not {key for key in attributes if key.startswith("on") or key == "href"}


_TEXT = "{http://www.w3.org/2000/svg}text"


def _tags(picture: Picture) -> set[str]:
    return {element.tag for element in ET.fromstring(svg(picture)).iter()}


def _texts(said: str) -> tuple[Picture, ...]:
    return (
        Bars(said, said, (said, said), (Series(said, (1, 2)), Series(said, (3, 4)))),
        Grid(said, said, ((Square(said), Square(said, is_ticked=True)),)),
        ComicPage(said, 1, 1, (Panel("park", (), (), said, said),), said),
    )


@pytest.mark.parametrize("name", ["markup", "entities", "cdata", "attribute"])
def test_text_with_markup_is_read_back_as_it_was(name: str) -> None:
    grid = Grid("", "", ((Square(HOSTILE[name][:60]),),))
    read = "".join(line.said for line in seen.lines(ET.fromstring(svg(grid))))
    assert read.replace(" ", "") == HOSTILE[name][:60].replace(" ", "")


def test_another_process_draws_the_same() -> None:
    program = (
        "import sys, hashlib; from numirror.kernel.picture import *; from numirror.shell.drawing import svg;"
        "p = ComicPage('T', 1, 2, (Panel('hm', (Figure('A', 5),), (Balloon('A', 'Hi'),), 'Bang', 'Then'),));"
        "print(hashlib.sha256(svg(p).encode()).hexdigest(),"
        "[one for one in sys.modules if one.split('.')[0] in ('resvg_py', 'brotli')])"
    )
    told = {_run(program, str(seed)) for seed in (1, 2)}
    assert len(told) == 1
    assert "[]" in told.pop()


def test_nothing_heavy_is_loaded_before_the_first_drawing() -> None:
    program = (
        "import sys, numirror.shell.drawing;"
        "print([one for one in sys.modules if one.split('.')[0] in ('resvg_py', 'fontTools')])"
    )
    assert _run(program, "0") == "[]"


def _run(program: str, seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True, timeout=60
    ).stdout.strip()
