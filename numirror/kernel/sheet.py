"""What was read of the Discovery Map for a page or a command."""

import msgspec

ROWS_READ = 1_000
COLUMNS_READ = 26


class SheetView(msgspec.Struct, frozen=True):
    """The titles of all tabs that may be read, and the cells of one as they are shown: the header first, then rows.

    At most `ROWS_READ` rows and `COLUMNS_READ` columns. A row has no cells after its last filled one.
    """

    titles: tuple[str, ...] = ()
    title: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
