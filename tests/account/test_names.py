"""Host names are looked up for whoever brought them, so that one person's slow names are in nobody else's way."""

from collections.abc import Iterator

import msgspec
import pytest

from numirror.shell.resources.guard.refusals import TargetAway
from numirror.shell.resources.resolution import AiConfig, Kind, Resource, Url
from tests.account.conftest import Person

NAME = "own.example.com"
BROUGHT: dict[Kind, object] = {
    "database": Url(f"postgresql://me:secret@{NAME}/mine"),
    "redis": Url(f"rediss://:secret@{NAME}:6379/0"),
    "ai": AiConfig("other", "sk-any", "model", f"https://{NAME}/v1"),
}


@pytest.fixture
def owners(person: Person, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """For whom a name was looked up; none has an address."""
    seen: list[str] = []

    def resolve(name: str, owner: str) -> str:
        assert name == NAME
        seen.append(owner)
        raise TargetAway("name_unknown")

    person.visit()
    monkeypatch.setattr(person.stores.targets.guard, "_resolve", resolve)
    yield seen


@pytest.mark.parametrize("kind", BROUGHT)
def test_what_is_checked_is_looked_up_for_its_owner(person: Person, owners: list[str], kind: Kind) -> None:
    assert not person.account.use(person.visit(), person.place, kind, BROUGHT[kind]).ok
    assert set(owners) == {person.visitor.tenant_id}


def test_what_is_used_is_looked_up_for_its_owner(person: Person, owners: list[str]) -> None:
    own = Resource(Url(f"rediss://:secret@{NAME}:6379/0"), "vault")
    lease = msgspec.structs.replace(person.visit().lease, read_model=own)
    person.stores.lend(lease, person.stores.tenant_hash(lease.tenant_id))
    person.visit()
    assert set(owners) == {person.visitor.tenant_id}
