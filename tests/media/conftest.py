from collections.abc import Callable, Iterator

import pytest

from numirror.drawings import Drawer
from numirror.kernel.picture import Picture
from numirror.shell.media import Address, Pictures
from tests.asking import toy
from tests.asking.person import Person, environ, person

Drawn = list[tuple[str, tuple[Picture, ...]]]


@pytest.fixture
def ada(database: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Ada after a visit; her wishes are in the catalog, with a picture of them."""
    toy.install(lambda thing, name, value: monkeypatch.setattr(thing, name, value, raising=False))  # type: ignore[arg-type]
    one = person(environ(database, redis_url, "http://127.0.0.1:1/v1"))
    one.lend()
    return one


@pytest.fixture
def pictures(ada: Person) -> Pictures:
    return Pictures(ada.stores)


@pytest.fixture
def drawn() -> Iterator[Drawn]:
    """What was drawn, in order."""
    return []  # type: ignore[return-value]


@pytest.fixture
def drawer(ada: Person, pictures: Pictures, drawn: Drawn) -> Drawer:
    def draw(kind: str, seen: tuple[Picture, ...]) -> bytes:
        drawn.append((kind, seen))
        return f"{kind} {len(drawn)}".encode()

    return Drawer(pictures, ada.visits, ada.handler, draw)


@pytest.fixture
def at(ada: Person) -> Callable[..., Address]:
    """An address of Ada's: `at(what="none")`."""

    def at(name: str = "chart.png", domain: str = "wishes", position: int = 1, **fields: str) -> Address:
        return Address(ada.tenant_hash, domain, name, fields, position)

    return at
