"""`numirror import …` as an operator types it."""

from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from numirror.cli import main
from numirror.shell.log import EventLog, Target, Tenant
from numirror.shell.log.freeze import head
from tests.log.conftest import Put
from tests.log.leaving import file_of


@pytest.fixture
def file(log: EventLog, ada: Tenant, put: Put, tmp_path: Path) -> Path:
    put(0)
    put(1)
    made = tmp_path / "ada.numirror"
    made.write_bytes(file_of(log, ada).getvalue())
    return made


def typed(url: str, *words: str) -> Result:
    result = CliRunner().invoke(main, ["import", *words], env={"IMPORT_DATABASE_URL": url})
    assert url not in result.output
    return result


def test_a_file_is_read_into_a_database_that_knew_nothing(
    log: EventLog, ada: Tenant, file: Path, own_database: str
) -> None:
    whole = log.verify(ada)
    result = typed(own_database, str(file), "--tenant", ada.tenant_id.upper())
    assert result.output == f"Added: 2 events. There before: 0. The last hash: {whole.head_hash.hex()}\n"
    assert log.verify(Tenant(ada.tenant_id, Target.parse(own_database))) == whole
    assert "Added: 0 events. There before: 2." in typed(own_database, str(file), "--tenant", ada.tenant_id).output


def test_what_is_wrong_is_a_sentence(log: EventLog, ada: Tenant, put: Put, file: Path, database: str) -> None:
    for url, tenant, said in (
        (database, "bob@example.com", "of another account"),
        ("nonsense", ada.tenant_id, "is not of the form"),
    ):
        result = typed(url, str(file), "--tenant", tenant)
        assert (result.exit_code, said in result.output) == (1, True)
    put(2)
    assert "Say so if you wish it" in typed(database, str(file), "--tenant", ada.tenant_id).output
    assert typed(database, str(file), "--tenant", ada.tenant_id, "--if-shorter").exit_code == 0
    assert head(log, Tenant("bob@example.com", ada.storage)) is None


def test_a_newer_database_is_left_alone(log: EventLog, ada: Tenant, file: Path, own_database: str) -> None:
    log.ensure(Tenant(ada.tenant_id, Target.parse(own_database)))
    with psycopg.connect(own_database, autocommit=True) as sql:
        sql.execute("insert into nu.migration values (99, 'pre', 'from the future')")
    assert "Update NuMirror" in typed(own_database, str(file), "--tenant", ada.tenant_id).output
    assert head(log, Tenant(ada.tenant_id, Target.parse(own_database))) is None
