"""What the sidebar shows of tasks, whatever there is to show."""

from datetime import UTC, date, datetime, timedelta

import pytest

from numirror.domains.tasks.cards import all_card, task_card, today_card
from numirror.domains.tasks.decider import Closed, Task, Tasks
from numirror.kernel.card import Card, Checkbox, DecoratedText, Paragraph
from numirror.kernel.domain import Viewer
from tests.cards.checked import checked_card

SUNDAY = date(2026, 11, 22)
VIEWER = Viewer(datetime(2026, 11, 22, 12, tzinfo=UTC), "Europe/Berlin")


def state(*tasks: Task, closed: tuple[Closed, ...] = ()) -> Tasks:
    return Tasks({task.task_id: task for task in tasks}, closed)


def many(count: int, due: date | None = None) -> Tasks:
    return state(*(Task(f"t{number}", f"Task {number}", due) for number in range(count)))


def rows(card: Card) -> list[tuple[str, str]]:
    """Title and label of each task to tick."""
    widgets = [widget for section in card.sections for widget in section.widgets]
    ticks = [one for one in widgets if isinstance(one, DecoratedText) and isinstance(one.control, Checkbox)]
    return [(str(one.text), one.bottom_label) for one in ticks]


@pytest.mark.parametrize("count", [0, 1, 15, 16, 100, 500])
def test_every_number_of_tasks_makes_cards_that_google_shows(count: int) -> None:
    checked_card(today_card(many(count), VIEWER))
    checked_card(all_card(many(count), VIEWER, {}))


def test_an_empty_list_says_what_to_do_next() -> None:
    assert "Add your first task below" in str(checked_card(today_card(Tasks(), VIEWER)))


def test_what_is_due_comes_first_then_what_has_no_date_then_what_is_later() -> None:
    tasks = state(
        Task("a", "Later", SUNDAY + timedelta(days=2)),
        Task("b", "Some day", None),
        Task("c", "Today", SUNDAY),
        Task("d", "Late", SUNDAY - timedelta(days=3)),
    )
    assert rows(today_card(tasks, VIEWER)) == [
        ("Late", "overdue, was due Thu 19 Nov 2026"),
        ("Today", "due today"),
        ("Some day", ""),
        ("Later", "due Tue 24 Nov 2026"),
    ]


def test_today_is_the_persons_day() -> None:
    late = Viewer(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "Europe/Berlin")
    assert rows(today_card(state(Task("a", "x", SUNDAY)), late)) == [("x", "overdue, was due Sun 22 Nov 2026")]


def test_what_does_not_fit_is_counted_and_one_tap_away() -> None:
    card = str(checked_card(today_card(many(40), VIEWER)))
    assert "Show 26 more" in card
    assert "'value': 'all'" in card
    assert Paragraph("6 more are in the Tasks tab.") in [
        w for s in all_card(many(40), VIEWER, {}).sections for w in s.widgets
    ]


def test_what_was_closed_lately_can_come_back() -> None:
    closed = (
        Closed(Task("a", "Done one", None), "done", SUNDAY),
        Closed(Task("b", "Gone one", None), "deleted", SUNDAY),
    )
    card = str(checked_card(today_card(state(closed=closed), VIEWER)))
    assert "Reopen" in card
    assert "Bring back" in card


def test_a_task_has_a_card_of_its_own_with_its_title_to_rename() -> None:
    card = str(checked_card(task_card(state(Task("a", "Buy <b>milk</b>", None)), VIEWER, {"task_id": "a"})))
    assert "'value': 'Buy <b>milk</b>'" in card


@pytest.mark.parametrize("fields", [{}, {"task_id": "gone"}])
def test_the_card_of_a_task_that_is_gone_says_so(fields: dict[str, str]) -> None:
    assert "not open any more" in str(checked_card(task_card(Tasks(), VIEWER, fields)))
