"""A guard that must not ask for a name, and proof that it did not."""

from collections.abc import Iterator

import pytest

from numirror.shell.resources.guard.guard import Guard


class Unasked:
    """A resolver that notes who was asked for, and fails."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def address(self, name: str, owner: str) -> str:
        self.asked.append(name)
        raise AssertionError(f"asked for {name}")


@pytest.fixture
def deaf_guard() -> Iterator[Guard]:
    """A guard of production; fails if it asked the resolver for anything, and so could dial."""
    resolver = Unasked()
    yield Guard(resolve=resolver.address)
    assert resolver.asked == []
