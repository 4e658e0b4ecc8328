"""The rules of tasks: given events, when a command, then events."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numirror.domains.tasks.commands import AddTask, CompleteTask, DeleteTask, RenameTask, ReopenTask, TaskCommand
from numirror.domains.tasks.decider import CLOSED_KEPT, DECIDER, OPEN_LIMIT, TITLE_LIMIT, Tasks
from numirror.domains.tasks.events import TaskAdded, TaskCompleted, TaskDeleted, TaskEvent, TaskRenamed, TaskReopened
from numirror.kernel.errors import Refused
from numirror.kernel.ids import entity_id

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
SPACE = UUID(int=7)
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


def when(number: int = 1, zone: str = "Etc/UTC") -> dict[str, object]:
    return {"command_id": uuid5(SPACE, str(number)), "now": NOW, "zone": zone}


def decided(given_events: list[TaskEvent], command: TaskCommand) -> tuple[TaskEvent, ...]:
    return DECIDER.decide(DECIDER.fold(DECIDER.initial, given_events), command)


def added(task_id: str = "a", title: str = "Buy milk", due: date | None = None) -> TaskAdded:
    return TaskAdded(entity_id=task_id, title=title, due=due, on=SUNDAY)


def test_a_task_is_added_with_its_title_tidied_and_its_id_from_the_command() -> None:
    command = AddTask(**when(), title="  Buy \n milk ", due=MONDAY)
    assert decided([], command) == (
        TaskAdded(entity_id=entity_id(command.command_id), title="Buy milk", due=MONDAY, on=SUNDAY),
    )


def test_the_day_of_an_event_is_the_day_of_the_person() -> None:
    (event,) = decided([added()], CompleteTask(**when(zone="Europe/Berlin"), task_id="a"))
    assert event == TaskCompleted(entity_id="a", on=MONDAY)


def test_the_same_add_twice_is_one_task() -> None:
    command = AddTask(**when(), title="Buy milk")
    assert decided(list(decided([], command)), command) == ()


@pytest.mark.parametrize("title", ["", "   ", "\n\t", "\u200b", "\u202e\u200d", "\x07", "\ufeff"])
def test_a_task_without_a_title_is_refused(title: str) -> None:
    with pytest.raises(Refused, match="needs a title"):
        decided([], AddTask(**when(), title=title))


def test_a_title_keeps_what_shows_and_drops_what_hides() -> None:
    (event,) = decided([], AddTask(**when(), title="Pay\u202e rent\x07 👩\u200d👧 \u200bשלום"))
    assert isinstance(event, TaskAdded)
    assert event.title == "Pay rent 👩\u200d👧 שלום"


def test_the_same_button_with_another_title_is_refused_and_drops_nothing_silently() -> None:
    events = list(decided([], AddTask(**when(), title="Buy milk")))
    with pytest.raises(Refused, match="added a task already"):
        decided(events, AddTask(**when(), title="Buy tea"))


@pytest.mark.parametrize("due", [date(1, 1, 1), date(1969, 12, 31), date(2200, 1, 1), date.max])
def test_a_due_date_lies_in_a_life(due: date) -> None:
    with pytest.raises(Refused, match="between 1970 and 2199"):
        decided([], AddTask(**when(), title="x", due=due))


def test_a_title_that_is_too_long_is_refused_and_says_both_lengths() -> None:
    with pytest.raises(Refused, match=f"{TITLE_LIMIT} characters; this one has {TITLE_LIMIT + 1}"):
        decided([], AddTask(**when(), title="x" * (TITLE_LIMIT + 1)))


def test_open_tasks_have_a_limit() -> None:
    many: list[TaskEvent] = [added(f"t{number}") for number in range(OPEN_LIMIT)]
    with pytest.raises(Refused, match="500 open tasks"):
        decided(many, AddTask(**when(), title="one more"))


def test_a_done_task_cannot_be_done_again() -> None:
    assert decided([added(), TaskCompleted(entity_id="a", on=SUNDAY)], CompleteTask(**when(), task_id="a")) == ()


def test_a_done_task_can_be_reopened_and_is_open_as_before() -> None:
    events: list[TaskEvent] = [added(due=MONDAY), TaskCompleted(entity_id="a", on=SUNDAY)]
    assert decided(events, ReopenTask(**when(), task_id="a")) == (TaskReopened(entity_id="a"),)
    state = DECIDER.fold(DECIDER.initial, [*events, TaskReopened(entity_id="a")])
    assert state == DECIDER.fold(DECIDER.initial, [added(due=MONDAY)])


def test_an_open_task_needs_no_reopening() -> None:
    assert decided([added()], ReopenTask(**when(), task_id="a")) == ()


def test_a_deleted_task_can_be_brought_back() -> None:
    events: list[TaskEvent] = [added(), TaskDeleted(entity_id="a", on=SUNDAY)]
    assert decided(events, ReopenTask(**when(), task_id="a")) == (TaskReopened(entity_id="a"),)


def test_deleting_twice_is_deleting_once() -> None:
    assert decided([added(), TaskDeleted(entity_id="a", on=SUNDAY)], DeleteTask(**when(), task_id="a")) == ()


def test_renaming_to_the_same_title_changes_nothing() -> None:
    assert decided([added()], RenameTask(**when(), task_id="a", title=" Buy  milk")) == ()


def test_a_rename_gives_the_new_title() -> None:
    assert decided([added()], RenameTask(**when(), task_id="a", title="Buy oat milk")) == (
        TaskRenamed(entity_id="a", title="Buy oat milk"),
    )


@pytest.mark.parametrize("command", [CompleteTask, DeleteTask, RenameTask])
def test_what_is_not_open_is_refused_with_the_next_step(command: type) -> None:
    fields = {"title": "x"} if command is RenameTask else {}
    with pytest.raises(Refused, match="Refresh"):
        decided([], command(**when(), task_id="nope", **fields))


def test_a_task_closed_long_ago_does_not_come_back() -> None:
    events: list[TaskEvent] = []
    for number in range(CLOSED_KEPT + 1):
        events += [added(f"t{number}"), TaskCompleted(entity_id=f"t{number}", on=SUNDAY)]
    with pytest.raises(Refused, match="too long ago"):
        decided(events, ReopenTask(**when(), task_id="t0"))


_COMMANDS = st.one_of(
    st.builds(lambda n, title: AddTask(**when(n), title=title), st.integers(0, 30), st.text(max_size=20)),
    *(
        st.builds(lambda n, cls=cls: cls(**when(), task_id=entity_id(uuid5(SPACE, str(n)))), st.integers(0, 30))
        for cls in (CompleteTask, ReopenTask, DeleteTask)
    ),
)


@given(st.lists(_COMMANDS, max_size=60))
def test_whatever_is_wished_a_task_is_in_one_place_and_a_repeated_wish_changes_nothing(
    wishes: list[TaskCommand],
) -> None:
    state: Tasks = DECIDER.initial
    for wish in wishes:
        try:
            state = DECIDER.fold(state, DECIDER.decide(state, wish))
        except Refused:
            continue
        assert DECIDER.decide(state, wish) == ()
        closed = [one.task.task_id for one in state.closed]
        assert len(closed) == len(set(closed)) <= CLOSED_KEPT
        assert not set(closed) & set(state.open)


@given(st.integers(0, 60 * 24 * 400))
def test_evolving_never_fails_on_events_about_unknown_tasks(minutes: int) -> None:
    day = (NOW + timedelta(minutes=minutes)).date()
    strangers = [
        TaskCompleted(entity_id="x", on=day),
        TaskReopened(entity_id="x"),
        TaskRenamed(entity_id="x", title="y"),
    ]
    assert DECIDER.fold(DECIDER.initial, strangers) == DECIDER.initial
