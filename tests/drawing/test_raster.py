"""Rules of pixels: opaque, of the size that was asked for, and no failure tells what was drawn."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import resvg_py

from numirror.kernel.picture import Balloon, Bars, ComicPage, Figure, Grid, Panel, Series, Square
from numirror.shell.drawing import Undrawable, png, raster, svg, text
from numirror.shell.drawing.elements import document, rect
from numirror.shell.drawing.fonts import BOLD, COMIC, LOUD, Face
from tests.drawing.anything import HOSTILE

BARS = Bars("Done", "", ("a", "b"), (Series("", (1, 2)),))


def _rows(image: bytes, channels: int) -> Iterator[bytes]:
    """Unfiltered, as https://www.w3.org/TR/png-3/#9Filters says."""
    wide, _ = raster.size_of(image)
    packed, before = zlib.decompress(raster.pixels_of(image)), bytes(wide * channels)
    for start in range(0, len(packed), wide * channels + 1):
        row, kind = bytearray(packed[start + 1 : start + 1 + wide * channels]), packed[start]
        for at in range(len(row)):
            a, b, c = (row[at - channels], before[at], before[at - channels]) if at >= channels else (0, before[at], 0)
            paeth = min((a, b, c), key=lambda one: (abs(a + b - c - one), (a, b, c).index(one)))
            row[at] = (row[at] + (0, a, b, (a + b) // 2, paeth)[kind]) % 256
        before = bytes(row)
        yield before


def test_a_picture_is_an_opaque_png_of_the_size_of_its_kind() -> None:
    image = png(BARS)
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">IIBBBBB", image[16:29]) == (600, 440, 8, 2, 0, 0, 0)
    assert png(BARS) == image


def test_pixels_are_those_that_were_rendered() -> None:
    drawn = svg(BARS)
    rendered = raster._rendered(drawn, 120)
    assert rendered is not None
    with_alpha, without = list(_rows(rendered, 4)), list(_rows(raster.png(drawn, 120), 3))
    assert len(without) == 88
    for row, mine in zip(with_alpha, without, strict=True):
        assert set(row[3::4]) == {255}
        assert [row[at::4] for at in range(3)] == [mine[at::3] for at in range(3)]


@pytest.mark.parametrize(("asked", "given"), [(300, 300), (0, 16), (-5, 16), (10**9, 2400)])
def test_sizes_are_within_bounds(asked: int, given: int) -> None:
    assert raster.size_of(png(Bars("", "", (), ()), asked))[0] == given


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_drawn(name: str) -> None:
    said = HOSTILE[name]
    panel = Panel(said, (Figure(said, 1),), (Balloon(said, said), Balloon("", said, "shout")), said, said)
    for picture in (ComicPage(said, 1, 1, (panel,), said), Grid(said, said, ((Square(said),),))):
        assert raster.size_of(png(picture, 64))[0] == 64


@pytest.mark.parametrize("face", [BOLD, COMIC, LOUD], ids=lambda face: face.family)
def test_letters_are_as_wide_as_they_are_measured(face: Face) -> None:
    said = "AVATAR To Wolf, fjord ffi!"
    wide = round(text.width(said, 40, face))
    letters = text.written(said, 20, 50, 40, face, "#000000")
    rows = list(_rows(raster.png(document(wide + 40, 70, "", rect(0, 0, wide + 40, 70, fill="#ffffff"), letters)), 3))
    inked = [at // 3 for row in rows for at, value in enumerate(row) if value < 128]
    assert 14 <= min(inked) <= 26
    assert wide + 8 <= max(inked) <= wide + 26, "slanted letters lean out a little"


def test_an_emoji_is_no_empty_box() -> None:
    assert png(Grid("", "", ((Square("🌱"),),)), 90) != png(Grid("", "", ((Square("🎉"),),)), 90)


def test_no_font_of_the_machine_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    render = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda drawn, **how: asked.append(how) or render(drawn, **how))
    png(BARS, 32)
    assert asked[0]["skip_system_fonts"] is True
    assert asked[0]["font_files"]
    assert all(Path(one).is_absolute() and Path(one).is_file() for one in asked[0]["font_files"])


class Panic(BaseException):
    """What resvg raises where it panics."""


@pytest.mark.parametrize("error", [Panic("secret words"), ValueError("secret words")])
def test_a_failure_says_nothing_of_what_was_drawn(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resvg_py, "svg_to_bytes", _failing(error))
    with pytest.raises(Undrawable) as raised:
        png(BARS)
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is raised.value.__context__ is None


def test_an_end_that_is_asked_for_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resvg_py, "svg_to_bytes", _failing(SystemExit()))
    with pytest.raises(SystemExit):
        png(BARS)


def test_what_is_far_too_long_is_not_rendered() -> None:
    assert raster.png(document(16, 16, "", "<desc>short</desc>"))
    with pytest.raises(Undrawable):
        raster.png(document(16, 16, "", f"<desc>{'x' * 4_000_001}</desc>"))


def _failing(error: BaseException) -> object:
    def fail(*_: object, **__: object) -> bytes:
        raise error

    return fail
