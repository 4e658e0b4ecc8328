"""Rules of bound pages, and of the fonts that they are lettered with."""

import hashlib
import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from pathlib import Path

import pytest

from numirror.kernel.picture import Bars, ComicPage, Panel, Series
from numirror.shell.drawing import Undrawable, cbz, files, pdf, png
from numirror.shell.drawing.fonts import LETTERS, SIGNS, Face

PAGE = ComicPage("A day", 1, 1, (Panel("park"),))
FONTS = Path(files.__file__).parent / "fonts"


@pytest.fixture(scope="module")
def images() -> list[bytes]:
    """Three small pages."""
    return [png(Bars(str(one), "", ("a",), (Series("", (one,)),)), 60 + one) for one in range(3)]


def _objects(document: bytes) -> list[bytes]:
    """By the table at the end, as readers find them."""
    start = int(re.findall(rb"startxref\n(\d+)\n%%EOF\n$", document)[0])
    assert document[start:].startswith(b"xref\n0 ")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n \n", document[start:])]
    found = [document[place:] for place in places]
    assert all(one.startswith(b"%d 0 obj\n" % number) for number, one in enumerate(found, 1))
    return [one[: one.index(b"\nendobj")] for one in found]


def test_a_pdf_has_each_image_on_a_page_of_its_shape_and_loses_nothing(images: list[bytes]) -> None:
    objects = _objects(files.pdf(images))
    assert b"/Count 3" in objects[1]
    assert len(objects) == 2 + 3 * 3
    for number, image in enumerate(images):
        page, picture, _ = objects[2 + 3 * number : 5 + 3 * number]
        wide, high = (int(re.findall(rb"/%b (\d+)" % name, picture)[0]) for name in (b"Width", b"Height"))
        box = [float(one) for one in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page)[0]]
        assert box[1] / box[0] == pytest.approx(high / wide, abs=0.001)
        packed = picture[picture.index(b"stream\n") + 7 : picture.index(b"\nendstream")]
        assert len(packed) == int(re.findall(rb"/Length (\d+)", picture)[0])
        assert packed in image
        assert len(zlib.decompress(packed)) == high * (3 * wide + 1)


def test_a_comic_book_opens_and_says_what_it_is(images: list[bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files.cbz(images, 'Tom & "Jerry" ]]> \ud800<x>'))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["ComicInfo.xml", "page-001.png", "page-002.png", "page-003.png"]
        assert [archive.read(name) for name in archive.namelist()[1:]] == images
        info = ET.fromstring(archive.read("ComicInfo.xml"))
        assert info.findtext("Title") == 'Tom & "Jerry" ]]> <x>'
        assert info.findtext("PageCount") == "3"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_pages_are_bound_as_they_are_drawn() -> None:
    image = png(PAGE)
    assert pdf([PAGE]) == files.pdf([image])
    assert cbz([PAGE], "A day") == files.cbz([image], "A day")


def test_nothing_can_be_bound_of_no_pages() -> None:
    with pytest.raises(Undrawable, match="no pages"):
        pdf([])
    with pytest.raises(Undrawable, match="no pages"):
        cbz([], "A day")


@pytest.mark.parametrize("face", [*LETTERS, SIGNS], ids=lambda face: face.file)
def test_a_font_is_the_one_that_was_vendored_and_has_its_licence(face: Face) -> None:
    told = (FONTS / "README.md").read_text(encoding="utf-8")
    digest = hashlib.sha256(Path(face.path).read_bytes()).hexdigest()
    assert re.search(rf"`{re.escape(face.file)}` \| `@[\w/-]+` \| [\d.]+ \| `{digest}`", told)
    licence = FONTS / f"{face.file.partition('-')[0]}-OFL.txt"
    assert "SIL OPEN FONT LICENSE" in licence.read_text(encoding="utf-8")
