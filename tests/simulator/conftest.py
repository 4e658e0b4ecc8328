"""One simulator for all tests; each test has people of its own, so tests do not see each other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

from tests.simulator.addon_double import AddonDouble
from tests.simulator.running import Account, Simulator, write_manifest

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def the_addon() -> Iterator[AddonDouble]:
    with AddonDouble() as addon:
        yield addon


@pytest.fixture
def addon(the_addon: AddonDouble) -> AddonDouble:
    """The add-on's double with nothing received and no answers laid ready."""
    the_addon.forget()
    return the_addon


@pytest.fixture(scope="session")
def simulator(the_addon: AddonDouble, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    folder = tmp_path_factory.mktemp("simulator")
    manifest = write_manifest(folder / "manifest.json", the_addon.manifest())
    running = Simulator(folder / "data", manifest).start()
    yield running
    running.stop()


@pytest.fixture
def new_person(simulator: Simulator) -> Callable[[], Account]:
    """Makes a person with one Sheet that is not granted yet."""

    def make() -> Account:
        email = f"person{next(_numbers)}@example.com"
        made = simulator.post("/sim/users", {"email": email})
        return Account(simulator, email, made["user"]["accessToken"], made["spreadsheet"]["id"])

    return make


@pytest.fixture
def stranger(new_person: Callable[[], Account]) -> Account:
    """Someone who granted nothing."""
    return new_person()


@pytest.fixture
def person(new_person: Callable[[], Account]) -> Account:
    """Someone who granted the add-on their Sheet."""
    account = new_person()
    account.grant()
    return account
