"""What reports look like in SQL and in the Sheet."""

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from numirror.domains.reporting.decider import DECIDER
from numirror.domains.reporting.events import ItemAdded, ItemDeleted, ItemDone, ItemRenamed, ItemReopened, ReportNotice
from numirror.domains.reporting.mirrors import DAYS_TABLE, REPORTS_TAB, cells
from numirror.kernel.mirror import Happened, Row

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


def added(item_id: str) -> ItemAdded:
    return ItemAdded(entity_id=item_id, title="x", due=None, on=SUNDAY)


def rows_after(*notices: ReportNotice) -> dict[str, Row | None]:
    rows: dict[str, Row | None] = {}
    state = DECIDER.initial
    for position, notice in enumerate(notices, 1):
        after = DECIDER.evolve(state, notice)
        instant = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(days=position)
        happened = Happened(notice, position, instant, "Etc/UTC", before=state, after=after)
        for key in DAYS_TABLE.rows_of(happened):
            rows[key] = DAYS_TABLE.project(rows.get(key), replace(happened, key=key))
        state = after
    return rows


def test_a_day_has_a_row_with_its_counts_and_every_column() -> None:
    rows = rows_after(
        added("a"), added("b"), added("c"), ItemRenamed(entity_id="a", title="y"),
        ItemDone(entity_id="a", on=SUNDAY), ItemDone(entity_id="b", on=MONDAY), ItemDeleted(entity_id="c", on=MONDAY),
    )  # fmt: skip
    assert rows == {
        "2026-11-22": {"day": "2026-11-22", "done": 1, "new": 3, "deleted": 0},
        "2026-11-23": {"day": "2026-11-23", "done": 1, "new": 0, "deleted": 1},
    }
    assert set(rows["2026-11-22"] or {}) == {column.name for column in DAYS_TABLE.columns}


def test_a_reopened_item_is_taken_out_of_the_day_that_it_was_closed_on() -> None:
    rows = rows_after(added("a"), ItemDone(entity_id="a", on=MONDAY), ItemReopened(entity_id="a"))
    assert rows["2026-11-23"] == {"day": "2026-11-23", "done": 0, "new": 0, "deleted": 0}
    gone = rows_after(added("a"), ItemDeleted(entity_id="a", on=SUNDAY), ItemReopened(entity_id="a"))
    assert gone["2026-11-22"] == {"day": "2026-11-22", "done": 0, "new": 1, "deleted": 0}


def test_what_changes_nothing_touches_no_row() -> None:
    assert rows_after(ItemDone(entity_id="x", on=MONDAY), ItemReopened(entity_id="x")) == {}
    done = ItemDone(entity_id="a", on=SUNDAY)
    twice = rows_after(added("a"), added("a"), done, done)
    assert twice["2026-11-22"] == {"day": "2026-11-22", "done": 1, "new": 1, "deleted": 0}


def test_the_sheet_has_a_cell_for_each_column_and_the_chart_names_columns_that_are_there() -> None:
    row = rows_after(added("a"))["2026-11-22"]
    assert row is not None
    assert cells(row) == ("2026-11-22", 0, 1, 0)
    headers = [column.header for column in REPORTS_TAB.columns]
    assert len(cells(row) or ()) == len(headers)
    assert REPORTS_TAB.chart is not None
    assert {REPORTS_TAB.chart.label, *REPORTS_TAB.chart.series} <= set(headers)
