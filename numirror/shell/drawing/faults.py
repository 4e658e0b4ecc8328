"""What can go wrong with a picture."""

from numirror.kernel.errors import NuMirrorError


class Undrawable(NuMirrorError):
    """This picture can't be drawn. Please shorten its texts and try again."""
