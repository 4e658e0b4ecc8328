"""Pages bound together: PDF and CBZ, the same bytes for the same pages."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from numirror.shell.drawing.elements import element, shortened
from numirror.shell.drawing.faults import Undrawable
from numirror.shell.drawing.raster import pixels_of, size_of

_A4_WIDTH = 595.28
"""In points."""

_TITLE = 200
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first instant that a ZIP knows; a real one would make every file another."""


def pdf(images: Sequence[bytes]) -> bytes:
    """Opaque PNGs as pages, lossless: PDF knows the filters of PNG (ISO 32000-1, 7.4.4.4). Raises `Undrawable`."""
    if not images:
        raise Undrawable("There are no pages yet. Add one and try again.")
    kids = " ".join(f"{3 + 3 * index} 0 R" for index in range(len(images)))
    pages = f"<< /Type /Pages /Kids [{kids}] /Count {len(images)} >>".encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", pages]
    for index, image in enumerate(images):
        objects += _page(3 + 3 * index, image)
    return _bound(objects)


def cbz(images: Sequence[bytes], title: str) -> bytes:
    """PNGs as a comic book archive with a ComicInfo.xml. Raises `Undrawable`."""
    if not images:
        raise Undrawable("There are no pages yet. Add one and try again.")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(_entry("ComicInfo.xml"), _info(title, len(images)))
        for number, image in enumerate(images, 1):
            archive.writestr(_entry(f"page-{number:03}.png"), image)
    return target.getvalue()


def _page(number: int, image: bytes) -> Iterator[bytes]:
    wide, high = size_of(image)
    height = _A4_WIDTH * high / wide
    yield (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_A4_WIDTH} {height:.2f}] "
        f"/Resources << /XObject << /I {number + 1} 0 R >> >> /Contents {number + 2} 0 R >>"
    ).encode()
    yield _stream(
        f"/Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        f"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns {wide} >>",
        pixels_of(image),
    )
    yield _stream("", f"{_A4_WIDTH} 0 0 {height:.2f} 0 0 cm /I Do".encode())


def _stream(entries: str, content: bytes) -> bytes:
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _bound(objects: Sequence[bytes]) -> bytes:
    """With the table that says where each object begins."""
    whole, starts = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        starts.append(len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(whole)
    whole += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    whole += b"".join(b"%010d 00000 n \n" % start for start in starts)
    whole += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(whole)


def _entry(name: str) -> zipfile.ZipInfo:
    """Stored as it is: a PNG does not get smaller."""
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _info(title: str, count: int) -> str:
    from html import escape

    return '<?xml version="1.0" encoding="utf-8"?>\n' + element(
        "ComicInfo",
        element("Title", escape(shortened(title, _TITLE) or "Comic")),
        element("PageCount", str(count)),
    )
