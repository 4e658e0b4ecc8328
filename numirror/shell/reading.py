"""Reads cells of the Discovery Map for a page or a command: while the person waits, with the token of their visit."""

from numirror.kernel.errors import Refused
from numirror.kernel.sheet import COLUMNS_READ, ROWS_READ, SheetView
from numirror.shell.visits import Place, Visit


class TabUnknown(Refused):
    """There is no such tab to read. Choose another one, please."""


class SheetReader:
    """`sheets_url` stands for Google's address."""

    def __init__(self, sheets_url: str) -> None:
        self._sheets_url = sheets_url

    def read(self, visit: Visit, place: Place, title: str) -> SheetView:
        """The tabs by title and, with a `title`, the cells of that tab as they are shown. Two reads at most.

        The tabs of the house, which hold settings and keys, are nobody's to read, under whatever title they stand.
        Raises `TabUnknown` and Google's errors.
        """
        from numirror.shell.google.sheets import Spreadsheet  # much to load, and few cards read
        from numirror.shell.resources.discovery_map.layouts import OWN
        from numirror.shell.resources.discovery_map.tabs import known

        token = place.google_token or visit.lease.google_token
        spreadsheet = Spreadsheet(self._sheets_url, token, visit.lease.spreadsheet_id)
        grids = spreadsheet.tabs()
        kept = {grid.sheet_id for grid in known(grids).values()}
        names = {layout.title.casefold() for layout in OWN}
        titles = tuple(grid.title for grid in grids if grid.sheet_id not in kept and grid.title.casefold() not in names)
        if not title:
            return SheetView(titles)
        if title not in titles:
            raise TabUnknown
        return SheetView(titles, title, spreadsheet.shown(title, ROWS_READ + 1, COLUMNS_READ))
