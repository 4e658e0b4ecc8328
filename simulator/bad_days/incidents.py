"""What people do to a Sheet at the worst moment."""

from typing import Literal

import msgspec

from simulator.sheets import a1, entered
from simulator.sheets.errors import Invalid
from simulator.storage.file import File
from simulator.storage.store import Gone, Store

Deed = Literal["trash", "untrash", "revoke", "grant", "renameTab", "edit"]


class Incident(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """One deed. `user` revokes or grants; `tab` gets another `title`; `cell` (A1, with its tab) gets `value` typed."""

    deed: Deed
    spreadsheet_id: str
    user: str = ""
    tab: str = ""
    title: str = ""
    cell: str = ""
    value: str | bool | int | float = ""


def happen(store: Store, incident: Incident) -> None:
    """It happens, at once. Raises `Gone` for a file, `Invalid` for a tab or cell that there is not."""
    with store.change(incident.spreadsheet_id) as file:
        _do(file, incident)


def happen_if_possible(store: Store, incident: Incident) -> None:
    """It happens where it can: in the middle of somebody else's call there is nobody to be told."""
    try:
        happen(store, incident)
    except (Gone, Invalid):
        return


def _do(file: File, incident: Incident) -> None:
    match incident.deed:
        case "trash" | "untrash":
            file.trashed = incident.deed == "trash"
        case "revoke":
            file.grants = tuple(email for email in file.grants if email != incident.user)
        case "grant":
            file.granted_by(incident.user)
        case "renameTab":
            _rename(file, incident)
        case "edit":
            _edit(file, incident)


def _rename(file: File, incident: Incident) -> None:
    tab = file.spreadsheet.titled(incident.tab)
    if tab is None or not incident.title or file.spreadsheet.titled(incident.title):
        raise Invalid("There is no such tab, or another one has the new title.")
    tab.properties = {**tab.properties, "title": incident.title}


def _edit(file: File, incident: Incident) -> None:
    place = a1.resolve(file.spreadsheet, incident.cell)
    row, column = place.area.top, place.area.left
    place.tab.put(row, column, entered.typed(place.tab.cell(row, column), incident.value, file.spreadsheet.locale))
