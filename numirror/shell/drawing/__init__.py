"""Draws pictures: the values of `numirror.kernel.picture` as SVG, PNG, PDF and CBZ.

Everything heavy is loaded at the first drawing, or by `prepare`. Equal values give equal bytes.
"""

from collections.abc import Sequence

from numirror.kernel.picture import ComicPage, Picture
from numirror.shell.drawing.faults import Undrawable

__all__ = ["Undrawable", "cbz", "pdf", "png", "prepare", "svg"]


def prepare() -> None:
    """Loads what is heavy now rather than at the first drawing."""
    from numirror.shell.drawing import fonts, raster, sketch  # noqa: F401

    fonts.load()
    raster.load()


def svg(picture: Picture) -> str:
    """The picture as an SVG, whose texts name the fonts beside this file."""
    from numirror.shell.drawing import sketch

    return sketch.svg(picture)


def png(picture: Picture, width: int | None = None) -> bytes:
    """The picture `width` pixels wide (as wide as its kind wants), opaque. Raises `Undrawable`."""
    from numirror.shell.drawing import raster

    return raster.png(svg(picture), width)


def pdf(pages: Sequence[ComicPage]) -> bytes:
    """The pages as one PDF of lossless images, as wide as A4. Raises `Undrawable`, also if there are no pages."""
    from numirror.shell.drawing import files

    return files.pdf([png(page) for page in pages])


def cbz(pages: Sequence[ComicPage], title: str) -> bytes:
    """The pages as a comic book archive. Raises `Undrawable`, also if there are no pages."""
    from numirror.shell.drawing import files

    return files.cbz([png(page) for page in pages], title)
