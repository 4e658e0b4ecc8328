"""Changes of a Discovery Map, as values, and why one may be refused."""

from numirror.kernel.errors import Away, NuMirrorError
from numirror.shell.resources.secret import Hidden


class MapMoves(Away):
    """Your Discovery Map is being changed just now, so nothing could be written. Please try again in a moment."""


class SettingChanged(NuMirrorError):
    """This cell of Meta was changed meanwhile, so it was left as it is. Open the sidebar again and look at it."""


class SetSetting(Hidden, frozen=True):
    """Puts a value into `Meta`, for one of the keys in `settings`; an empty one empties the cell."""

    key: str
    value: str


class ClearSetting(Hidden, frozen=True):
    """Empties the cell of a setting, if it still holds what was read."""

    key: str


class PutEntry(Hidden, frozen=True):
    """Puts a sealed secret into `Vault`; an empty one takes the entry out. `checked` is an ISO instant or empty."""

    name: str
    sealed: str
    hint: str = ""
    checked: str = ""


Change = SetSetting | ClearSetting | PutEntry
