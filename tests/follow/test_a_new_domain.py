"""A new domain is one folder and one line: shown by a toy that is put into a copy of the house."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
LINE, MORE = "    account.DOMAIN,\n)", "    account.DOMAIN,\n    toy.DOMAIN,\n)"
IMPORT = "from numirror.domains import account,"

LIVE = """
import json, sys
from uuid import uuid4
from numirror import catalog
from numirror.domains.toy.commands import Count
from numirror.kernel.domain import Viewer
from tests.follow.conftest import NOW, life_of, settled

ada = settled(life_of(json.loads(sys.argv[1])))
toy = catalog.BY_NAME["toy"]
for by in (2, 3):
    visit, heads = ada.enter()
    ada.handler.handle(visit, heads, toy, Count(command_id=uuid4(), now=NOW, zone="Etc/UTC", by=by))
ada.follow()
state = ada.enter()[1].states["toy"]
rows = ada.stores.projections.changed(ada.tenant, toy.tables[0], 0, 10)
page = toy.home(state, Viewer(NOW, "Etc/UTC")).sections[0].widgets[0].text
known = "Toys" in [tab.title for tab in catalog.TABS] and "toy.count" in catalog.COMMANDS
print(json.dumps([state.total, rows, page, known]))
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the house with one folder and one line more."""
    for part in ("numirror", "tests", "workers", "local"):
        shutil.copytree(REPOSITORY / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    shutil.copytree(Path(__file__).parent / "toy", tmp_path / "numirror/domains/toy")
    catalog = tmp_path / "numirror/catalog.py"
    text = catalog.read_text()
    assert LINE in text
    assert IMPORT in text
    catalog.write_text(text.replace(LINE, MORE).replace(IMPORT, f"{IMPORT} toy,"))
    return tmp_path


def test_a_folder_and_a_line_are_enough(house: Path, environ: dict[str, str]) -> None:
    known = {"PYTHONPATH": str(house), "PATH": os.environ["PATH"]}
    run = subprocess.run(
        [sys.executable, "-c", LIVE, json.dumps(environ)],
        cwd=house,
        env=known,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    total, rows, page, is_known = json.loads(run.stdout.splitlines()[-1])
    assert (total, page, is_known) == (5, "5", True)
    assert rows == [[{"toy_id": "counter", "total": 5}, 2]]
