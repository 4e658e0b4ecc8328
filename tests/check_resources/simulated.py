"""The simulator for tests of checks: no add-on is called, so its manifest may name one that is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.addon_double import AddonDouble
from tests.simulator.running import Simulator, write_manifest


@pytest.fixture(scope="session")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    folder = tmp_path_factory.mktemp("simulator")
    with AddonDouble() as addon:
        running = Simulator(folder / "data", write_manifest(folder / "manifest.json", addon.manifest())).start()
    yield running
    running.stop()
