"""From a picture to its SVG."""

from typing import assert_never

from numirror.kernel.picture import Bars, ComicPage, Grid, Picture
from numirror.shell.drawing import bars, comic, grid


def svg(picture: Picture) -> str:
    """The same value gives the same text."""
    match picture:
        case Bars():
            return bars.svg(picture)
        case Grid():
            return grid.svg(picture)
        case ComicPage():
            return comic.svg(picture)
    assert_never(picture)
