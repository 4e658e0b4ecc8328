"""What reports count: given notices of tasks, then figures."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.domains.reporting.decider import (
    DAYS_KEPT,
    DECIDER,
    DETAIL_DAYS,
    Closed,
    Day,
    Item,
    Period,
    Reason,
    Report,
    Reporting,
    Span,
    done_by_day,
    reasons,
    report,
    tags,
)
from numirror.domains.reporting.decider.state import ALWAYS_KEPT, CLOSED_KEPT, OPEN_KEPT, TAGS_OF_A_DAY, TITLE_KEPT
from numirror.domains.reporting.events import (
    ItemAdded,
    ItemDeleted,
    ItemDone,
    ItemRenamed,
    ItemReopened,
    ReportNotice,
)

SUNDAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def added(item_id: str = "a", title: str = "Water #garden", due: date | None = None, on: date = SUNDAY) -> ItemAdded:
    return ItemAdded(entity_id=item_id, title=title, due=due, on=on)


def done(item_id: str = "a", on: date = SUNDAY) -> ItemDone:
    return ItemDone(entity_id=item_id, on=on)


def deleted(item_id: str = "a", on: date = SUNDAY) -> ItemDeleted:
    return ItemDeleted(entity_id=item_id, on=on)


def reopened(item_id: str = "a") -> ItemReopened:
    return ItemReopened(entity_id=item_id)


def state(*notices: ReportNotice) -> Reporting:
    return DECIDER.fold(DECIDER.initial, notices)


def figures(notices: list[ReportNotice], kind: str = "week", day: date = SUNDAY, today: date = SUNDAY) -> Report:
    return report(state(*notices), Period(kind, day), today)  # type: ignore[arg-type]


def finished(days: list[date]) -> list[ReportNotice]:
    """One item done on each of the days."""
    return [notice for n, day in enumerate(days) for notice in (added(f"i{n}", on=day), done(f"i{n}", on=day))]


def test_what_was_done_and_what_is_new_is_counted_beside_the_week_before() -> None:
    notices = finished([SUNDAY, SUNDAY - DAY, SUNDAY - 7 * DAY])
    found = figures([*notices, added("open")])
    assert (found.done.now, found.done.before) == (2, 1)
    assert (found.new.now, found.new.before) == (3, 1)


def test_reopening_takes_the_figure_back_with_its_tag_and_its_lateness() -> None:
    late = added(due=SUNDAY - 3 * DAY, on=SUNDAY - 5 * DAY)
    before = state(late)
    assert state(late, done(), reopened()).open == before.open
    found = report(state(late, done(), reopened()), Period("week", SUNDAY), SUNDAY)
    assert found == report(before, Period("week", SUNDAY), SUNDAY)
    assert tags(state(late, done(), reopened()), found.shown, found.beside) == ()
    assert state(late, done(), reopened()).tags == {SUNDAY: {}}
    assert figures([late, done()]).done.now == 1


def test_a_deleted_item_is_no_done_one_and_comes_back_the_same() -> None:
    found = state(added(), deleted())
    assert (found.days[SUNDAY].done, found.days[SUNDAY].deleted, found.tags) == (0, 1, {})
    back = state(added(), deleted(), reopened())
    assert (back.days[SUNDAY].deleted, back.open) == (0, state(added()).open)


def test_what_becomes_late_while_open_slips_on_the_day_after_it_was_due() -> None:
    due_friday = added(due=SUNDAY - 2 * DAY, on=SUNDAY - 6 * DAY)
    assert figures([due_friday], "day", SUNDAY - DAY).slipped.now == 1
    assert figures([due_friday], "day", SUNDAY - 2 * DAY).slipped.now == 0
    assert figures([due_friday, done(on=SUNDAY)], "day", SUNDAY - DAY).slipped.now == 1
    assert figures([due_friday, done(on=SUNDAY - DAY)], "day", SUNDAY - DAY).slipped.now == 1
    assert figures([due_friday, done(on=SUNDAY - 2 * DAY)], "week").slipped.now == 0
    assert figures([added(due=SUNDAY, on=SUNDAY)]).slipped.now == 0
    assert figures([added(due=SUNDAY - 9 * DAY)], "day").slipped.now == 1


def test_what_was_overdue_on_an_evening_is_told_after_it_was_done() -> None:
    notices = [added(due=SUNDAY - 4 * DAY, on=SUNDAY - 6 * DAY), done(on=SUNDAY - DAY)]
    overdue = [figures(notices, "day", SUNDAY - n * DAY).overdue.now for n in range(6)]
    assert overdue == [0, 0, 1, 1, 0, 0]


def test_a_streak_is_days_in_a_row_and_an_empty_today_breaks_nothing() -> None:
    three = finished([SUNDAY - 3 * DAY, SUNDAY - 2 * DAY, SUNDAY - DAY])
    assert figures(three, "day").streak.now == 3
    assert figures([*three, added("x"), done("x")], "day").streak.now == 4
    assert figures(three, "day", SUNDAY + DAY, SUNDAY + DAY).streak.now == 0
    assert figures(three, "day", SUNDAY, SUNDAY + DAY).streak.now == 0


def test_a_running_period_is_held_against_as_many_days_of_the_one_before() -> None:
    tuesday = date(2026, 11, 17)
    assert Period("week", tuesday).beside(tuesday) == Span(date(2026, 11, 9), date(2026, 11, 10))
    assert Period("week", tuesday).beside(SUNDAY + DAY) == Span(date(2026, 11, 9), date(2026, 11, 15))
    february = Period("month", date(2026, 2, 10))
    assert february.beside(date(2026, 3, 5)) == Span(date(2026, 1, 1), date(2026, 1, 31))
    march = Period("month", date(2026, 3, 30))
    assert march.beside(date(2026, 3, 30)) == Span(date(2026, 2, 1), date(2026, 2, 28))
    assert Period("month", date(2026, 12, 31)).whole == Span(date(2026, 12, 1), date(2026, 12, 31))


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)), st.sampled_from(["day", "week", "month"]))
@settings(max_examples=10)
def test_periods_follow_one_another_without_a_gap(day: date, kind: str) -> None:
    period = Period(kind, day)  # type: ignore[arg-type]
    assert day in period.whole
    assert period.before.whole.last + DAY == period.whole.first
    assert period.after.whole.first - DAY == period.whole.last
    assert period.after.before.whole == period.whole


def test_tags_are_counted_most_first_and_a_rename_changes_them() -> None:
    notices = [added("a"), added("b"), ItemRenamed(entity_id="b", title="Sow #garden #spring"), done("a"), done("b")]
    found = tags(state(*notices), Span(SUNDAY, SUNDAY), Span(SUNDAY - DAY, SUNDAY - DAY))
    assert [(one.name, one.now, one.before) for one in found] == [("garden", 2, 0), ("spring", 1, 0)]
    titles = [one.title for one in reasons(state(*notices), "done", Span(SUNDAY, SUNDAY))]
    assert titles == ["Sow #garden #spring", "Water #garden"]


def test_the_reasons_of_a_figure_are_its_items_each_with_its_day() -> None:
    notices = [
        added("a", "Early", on=SUNDAY - DAY), added("b", "Late #x", due=SUNDAY - 2 * DAY, on=SUNDAY - 4 * DAY),
        added("c", "Open", due=SUNDAY - DAY, on=SUNDAY), done("a"), done("b"),
    ]  # fmt: skip
    known, week = state(*notices), Span(SUNDAY - 6 * DAY, SUNDAY)
    assert reasons(known, "done", week) == (Reason(SUNDAY, "Early"), Reason(SUNDAY, "Late #x"))
    assert reasons(known, "done", week, tag="x") == (Reason(SUNDAY, "Late #x"),)
    assert [one.title for one in reasons(known, "new", week)] == ["Open", "Early", "Late #x"]
    assert reasons(known, "slipped", week) == (Reason(SUNDAY, "Open"), Reason(SUNDAY - DAY, "Late #x"))
    assert reasons(known, "overdue", week) == (Reason(SUNDAY - DAY, "Open"),)
    assert reasons(known, "streak", week) == ()


_IDS = st.sampled_from("abcdef")
_LIFE = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.one_of(
            st.builds(lambda i, due: ("add", i, due), _IDS, st.one_of(st.none(), st.integers(-5, 60))),
            st.tuples(st.sampled_from(["done", "delete", "reopen"]), _IDS, st.none()),
        ),
    ),
    max_size=25,
)


@given(_LIFE)
@settings(max_examples=12)
def test_figures_are_what_anybody_would_count_and_have_their_reasons(life: list[tuple[int, tuple]]) -> None:
    """Against a history of what was open each evening, kept by hand."""
    today, known = SUNDAY, DECIDER.initial
    items: dict[str, ItemAdded] = {}
    closed: dict[str, tuple[date, bool]] = {}
    for later, (what, name, due) in life:
        today += later * DAY
        item_id = name if what != "add" else f"{name}{len(items)}"
        if what == "add":
            items[item_id] = added(item_id, due=None if due is None else SUNDAY + due * DAY, on=today)
            known = DECIDER.evolve(known, items[item_id])
            continue
        item_id = next((one for one in items if one.startswith(name) and (one in closed) == (what == "reopen")), "?")
        notice = {"done": done(item_id, today), "delete": deleted(item_id, today), "reopen": reopened(item_id)}[what]
        known = DECIDER.evolve(known, notice)
        closed.pop(item_id, None)
        if what != "reopen" and item_id != "?":
            closed[item_id] = (today, what == "done")
    for kind in ("day", "week"):
        found = report(known, Period(kind, today), today)  # type: ignore[arg-type]
        for span, of in ((found.shown, "now"), (found.beside, "before")):
            late_then = [
                one for one, item in items.items()
                if item.due and max(item.due + DAY, item.on) <= span.last
                and (one not in closed or closed[one][0] > span.last)
            ]  # fmt: skip
            assert getattr(found.overdue, of) == len(late_then)
            assert getattr(found.done, of) == sum(is_done and on in span for on, is_done in closed.values())
        for figure in (found.done, found.new, found.slipped, found.overdue):
            assert figure.now == len(reasons(known, figure.name, found.shown))  # type: ignore[arg-type]


def test_notices_of_unknown_items_change_nothing() -> None:
    strangers = [done("x"), deleted("x"), reopened("x"), ItemRenamed(entity_id="x", title="y")]
    assert state(*strangers) == DECIDER.initial
    assert state(added(), added()) == state(added())


def test_the_state_stays_small_for_ever() -> None:
    days = {SUNDAY + n * DAY: Day(done=1) for n in range(DAYS_KEPT)}
    closed = tuple(Closed(f"i{n}", Item("x", (), None, SUNDAY), SUNDAY, True) for n in range(CLOSED_KEPT))
    today = SUNDAY + DAYS_KEPT * DAY
    full = Reporting(days=days, closed=closed, tags={SUNDAY + n * DAY: {"garden": 1} for n in range(DETAIL_DAYS)})
    known = DECIDER.fold(full, [added(title="x" * 500 + " #garden", on=today), done(on=today)])
    assert (len(known.days), min(known.days)) == (DAYS_KEPT, SUNDAY + DAY)
    assert len(known.closed) == ALWAYS_KEPT
    assert len(known.closed[0].item.title) == TITLE_KEPT
    assert (len(known.tags), known.tags[today]) == (DETAIL_DAYS, {"garden": 1})
    assert len(msgspec.json.encode(known)) < 30_000


def test_one_busy_day_keeps_its_count_and_not_every_title() -> None:
    closed = tuple(Closed(f"i{n}", Item("x", (), None, SUNDAY), SUNDAY, True) for n in range(CLOSED_KEPT - 5))
    known, many = Reporting(closed=closed, days={SUNDAY: Day(done=len(closed))}), CLOSED_KEPT + TAGS_OF_A_DAY
    for n in range(many - len(closed)):
        known = DECIDER.fold(known, [added(f"n{n}", f"x #t{n}"), done(f"n{n}")])
    assert known.days[SUNDAY].done == many
    assert len(known.closed) == CLOSED_KEPT
    assert len(known.tags[SUNDAY]) == TAGS_OF_A_DAY
    assert sum(done_by_day(known, Span(SUNDAY, SUNDAY))) == many


def test_no_more_items_are_kept_open_than_tasks_allow() -> None:
    full = Reporting(open={f"i{n}": Item("x", (), None, SUNDAY) for n in range(OPEN_KEPT)})
    assert DECIDER.evolve(full, added("one more")) is full


def test_the_last_closed_ones_come_back_however_long_ago_and_what_is_forgotten_is_not_counted_down() -> None:
    old = SUNDAY - 500 * DAY
    closed = tuple(Closed(f"i{n}", Item("x", (), None, old), old, True) for n in range(ALWAYS_KEPT - 1))
    known = DECIDER.fold(Reporting(closed=closed), [added(), done(), reopened("i0")])
    assert "i0" in known.open
    assert old not in known.days
    begun_anew = DECIDER.fold(Reporting(closed=closed, days={old: Day(new=1)}), [reopened("i0")])
    assert begun_anew.days == {old: Day(new=1)}


@pytest.mark.parametrize("kind", ["day", "week", "month"])
def test_a_report_of_nothing_is_all_zeros(kind: str) -> None:
    assert {(one.now, one.before) for one in figures([], kind).figures} == {(0, 0)}


def test_a_state_survives_being_stored() -> None:
    known = state(added(due=SUNDAY - DAY), done(), added("b"))
    assert msgspec.json.decode(msgspec.json.encode(known), type=Reporting) == known
