"""The calls on whole spreadsheets."""

from simulator.sheets import batch
from simulator.sheets.errors import Invalid
from simulator.sheets.formulas.refreshing import refresh
from simulator.sheets.kinds import tabs
from simulator.sheets.model import Spreadsheet, new_spreadsheet
from simulator.sheets.render import Wish, spreadsheet_resource
from simulator.sheets_api import asked as asking
from simulator.sheets_api.asked import Asked
from simulator.storage.file import File, new_file
from simulator.wire import Json


def get(file: File, asked: Asked) -> Json:
    """spreadsheets.get"""
    ranges = tuple(asked.call.request.args.getlist("ranges"))
    wish = Wish(ranges, asked.flag("includeGridData"), asking.mask(asked.call, "Spreadsheet"))
    return spreadsheet_resource(file.id, file.owner, file.spreadsheet, wish)


def batch_update(file: File, asked: Asked) -> Json:
    """spreadsheets.batchUpdate"""
    body = asked.body
    found: Json = {"spreadsheetId": file.id, "replies": batch.apply(file.spreadsheet, body.get("requests", []))}
    if body.get("includeSpreadsheetInResponse"):
        refresh(file.spreadsheet)
        wish = Wish(tuple(body.get("responseRanges", [])), body.get("responseIncludeGridData", False))
        found["updatedSpreadsheet"] = spreadsheet_resource(file.id, file.owner, file.spreadsheet, wish)
    return found


def created(asked: Asked) -> File:
    """spreadsheets.create: the file, which the add-on made and so may see."""
    given = asked.body
    if unknown := given.keys() - {"properties", "sheets", "spreadsheetId", "spreadsheetUrl"}:
        raise Invalid(f"The simulator does not create {min(unknown)} yet.")
    properties = given.get("properties", {})
    spreadsheet = new_spreadsheet(properties.get("title", "Untitled spreadsheet"))
    _set_properties(spreadsheet, properties)
    _set_sheets(spreadsheet, given.get("sheets", []))
    file = new_file(asked.person.email, spreadsheet.title, spreadsheet)
    file.granted_by(asked.person.email)
    return file


def _set_properties(spreadsheet: Spreadsheet, properties: Json) -> None:
    known = {name: properties[name] for name in ("locale", "timeZone") if name in properties}
    if known:
        tabs.update_spreadsheet(spreadsheet, {"properties": known, "fields": ",".join(known)})


def _set_sheets(spreadsheet: Spreadsheet, sheets: list[Json]) -> None:
    """The tabs asked for take the place of `Sheet1`."""
    if not sheets:
        return
    spreadsheet.tabs = []
    for sheet in sheets:
        if unknown := sheet.keys() - {"properties"}:
            raise Invalid(f"The simulator does not create {min(unknown)} of a sheet yet.")
        tabs.add(spreadsheet, {"properties": {"title": "Sheet1"} | sheet.get("properties", {})})
