"""What can keep a person out of a Sheet.

NuMirrorError
├── GuestSheet      it belongs to somebody else
├── OtherMap        another Sheet is their Discovery Map already
├── Erased          they have erased themselves here, and not begun anew
├── VaultOld        their Vault tab is not as they left it
└── Away
    └── TooSlow     the steps of a first visit did not come to an end in time
"""

from numirror.kernel.errors import Away, NuMirrorError


class GuestSheet(NuMirrorError):
    """This Sheet belongs to somebody else. Open a Sheet of your own to use NuMirror."""


class OtherMap(NuMirrorError):
    """Another Sheet is your Discovery Map. Open that one, or move here."""

    def __init__(self, title: str, url: str) -> None:
        super().__init__()
        self.title = title
        self.url = url


class Erased(NuMirrorError):
    """You have erased everything of yours. Open NuMirror's first card in this Sheet to begin anew."""


class VaultOld(NuMirrorError):
    """Your Vault tab is older than it was, or was emptied. So nothing of it is used before you have said what to do."""


class TooSlow(Away):
    """Google or your database are slow just now. Please try again: what is done already is kept."""
