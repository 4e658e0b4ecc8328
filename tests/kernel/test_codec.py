"""Events to stored data and back."""

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from numirror import catalog
from numirror.domains.tasks.events import TaskAdded
from numirror.kernel.codec import Codec, EventBroken, UnknownEvent

ADDED = TaskAdded(entity_id="a", title="Buy milk", due=date(2026, 11, 23), on=date(2026, 11, 22))
CODEC = catalog.CODECS["tasks"]


def test_an_event_comes_back_as_it_was() -> None:
    stored = CODEC.encode(ADDED)
    assert stored.type == "tasks.task_added"
    assert CODEC.decode(stored.type, stored.schema_version, stored.data) == ADDED


def test_stored_data_is_canonical() -> None:
    assert CODEC.encode(ADDED).data == msgspec.json.encode(
        msgspec.json.decode(CODEC.encode(ADDED).data), order="sorted"
    )


def test_an_older_schema_version_is_upcast_step_by_step() -> None:
    class TaskAdded(globals()["TaskAdded"], frozen=True):  # type: ignore[misc]  # the same event, a version later
        schema_version = 3

    domain = replace(
        catalog.HOME,
        events=(TaskAdded,),
        upcasts={
            ("tasks.task_added", 1): lambda old: {**old, "title": old["name"]},
            ("tasks.task_added", 2): lambda old: {**old, "title": old["title"].upper()},
        },
    )
    old = b'{"entity_id":"a","name":"milk","due":null,"on":"2026-11-22"}'
    assert Codec(domain).decode("tasks.task_added", 1, old).title == "MILK"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "version"), [("tasks.task_sung", 1), ("tasks.task_added", 2)])
def test_an_event_of_a_newer_version_is_named_as_such(name: str, version: int) -> None:
    with pytest.raises(UnknownEvent, match="newer version"):
        CODEC.decode(name, version, b"{}")


@pytest.mark.parametrize("data", [b"{}", b'{"entity_id":"a","title":7}', b"[]", b'{"entity_id":"\xff"}', b"[" * 5000])
def test_an_event_that_nobody_wrote_so_is_named_as_such(data: bytes) -> None:
    with pytest.raises(EventBroken):
        CODEC.decode("tasks.task_added", 1, data)
