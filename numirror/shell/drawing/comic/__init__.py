"""Comic pages: panels with scenes, figures, balloons, captions and sounds."""

from numirror.shell.drawing.comic.page import svg

__all__ = ["svg"]
