"""What can go wrong, as a tree.

NuMirrorError
├── Refused          a rule of a domain says no; the message is a sentence for the user
└── Away             something we need does not answer now; trying again later may help
"""

from typing import ClassVar


class NuMirrorError(Exception):
    """Something went wrong."""

    permanent: ClassVar[bool] = True
    """Whether trying the same again is useless."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").partition("\n")[0])


class Refused(NuMirrorError):
    """That is not possible."""


class Away(NuMirrorError):
    """Something NuMirror needs does not answer. Please try again in a moment."""

    permanent = False
