"""From SVG to PNG, with resvg.

resvg aborts the whole process where an image is far too large, and panics with an exception that is no `Exception`. It
gets nothing but SVG made here, whose size is ours; what asks for a drawing runs in a forked worker.
"""

import struct
import zlib
from collections.abc import Iterator

from numirror.shell.drawing.faults import Undrawable
from numirror.shell.drawing.fonts import LETTERS, SIGNS, wants_signs

WIDTH_LEAST, WIDTH_MOST = 16, 2400
_TEXT_MOST = 4_000_000

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB, _RGBA = 2, 6


def png(svg: str, width: int | None = None) -> bytes:
    """`svg` as an opaque PNG `width` pixels wide, which is brought within 16 to 2,400. Raises `Undrawable`."""
    if len(svg) > _TEXT_MOST:
        raise Undrawable
    rendered = _rendered(svg, None if width is None else max(WIDTH_LEAST, min(width, WIDTH_MOST)))
    if rendered is None:
        raise Undrawable
    return _opaque(rendered)


def load() -> None:
    """Loads resvg."""
    import resvg_py  # noqa: F401


def _rendered(svg: str, width: int | None) -> bytes | None:
    from resvg_py import svg_to_bytes

    faces = [face for face in LETTERS if f'"{face.family}"' in svg]
    files = [face.path for face in (*faces, *([SIGNS] if wants_signs(svg) else []))]
    try:
        return svg_to_bytes(svg, width=width, background="#ffffff", skip_system_fonts=True, font_files=files)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a PanicException is no Exception, and its text may have the user's in it
        return None


def _opaque(png: bytes) -> bytes:
    """Without the alpha of each pixel: smaller, and as PDF wants it.

    Filters of PNG look at each channel by itself, so a channel can be left out without undoing them.
    https://www.w3.org/TR/png-3/#9Filters
    """
    wide, high = size_of(png)
    rows = zlib.decompress(b"".join(_chunks(png, b"IDAT")))
    packed = zlib.compress(b"".join(_without_alpha(rows, wide * 4 + 1)), 5)
    header = struct.pack(">IIBBBBB", wide, high, 8, _RGB, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def pixels_of(png: bytes) -> bytes:
    """The filtered and packed pixels of a PNG."""
    return b"".join(_chunks(png, b"IDAT"))


def _without_alpha(rows: bytes, stride: int) -> Iterator[bytes]:
    for start in range(0, len(rows), stride):
        row = bytearray(rows[start : start + stride])
        del row[4::4]
        yield bytes(row)


def _chunks(png: bytes, wanted: bytes) -> Iterator[bytes]:
    at = len(_SIGNATURE)
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        if name == wanted:
            yield png[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
