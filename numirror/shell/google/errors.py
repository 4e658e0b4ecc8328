"""What Google may answer, as a tree.

NuMirrorError
├── SheetClosed      the file is not ours to use: grant missing, deleted, or shared no more
├── SheetRefused     Google takes the request for wrong: the Sheet is not as we left it
├── TabMissing       a tab that we write to was renamed or deleted
└── Away
    ├── TokenExpired the user's token of the last visit has run out; the next visit brings a new one
    └── GoogleAway   Google does not answer, or asks us to slow down (`retry_after` seconds, if it says)
"""

from numirror.kernel.errors import Away, NuMirrorError


class SheetClosed(NuMirrorError):
    """NuMirror may not use this Sheet. Open it, and allow NuMirror to use it once more."""


class SheetRefused(NuMirrorError):
    """Google does not take what NuMirror wants to write into this Sheet."""


class TabMissing(NuMirrorError):
    """A tab of the Discovery Map was renamed, deleted or changed beyond recognition."""


class TokenExpired(Away):
    """Google's permission for this visit has run out. Open the sidebar again."""


class GoogleAway(Away):
    """Google does not answer. Please try again in a moment."""

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__()
        self.retry_after = retry_after


def from_status(status: int, retry_after: str | None = None) -> NuMirrorError:
    """The error that an HTTP status of Google's means to us."""
    match status:
        case 400:
            return SheetRefused()
        case 401:
            return TokenExpired()
        case 403 | 404:
            return SheetClosed()
        case 429:
            return GoogleAway(float(retry_after) if retry_after and retry_after.isdigit() else None)
        case _:
            return GoogleAway()
