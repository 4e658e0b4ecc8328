"""Real servers, alone: their data survives, and no second server touches it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from local import keys
from local.account import SOCKET_LIMIT
from local.child import Child, Program
from local.faults import ChildDied, FolderInUse
from local.postgres import Postgres
from local.valkey import Valkey


def test_a_fresh_database_is_owned_by_a_role_that_is_no_superuser(database: str) -> None:
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "select rolsuper, pg_get_userbyid(datdba) = current_user from pg_roles, pg_database"
            " where rolname = current_user and datname = current_database()"
        ).fetchone()
    assert row == (False, True)


def test_an_empty_redis_database_evicts_nothing(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as connection:
        assert connection.dbsize() == 0
        assert connection.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_postgres_keeps_what_was_committed_before_it_was_killed(data: Path) -> None:
    with Postgres(data) as killed:
        with psycopg.connect(killed.url, autocommit=True) as connection:
            connection.execute("create table kept as select 42 as answer")
            assert connection.execute("show fsync").fetchone() == ("on",)
        assert killed.child
        os.kill(killed.child.pid, signal.SIGKILL)
    with Postgres(data) as following, psycopg.connect(following.url) as connection:
        assert connection.execute("select answer from kept").fetchone() == (42,)


def test_postgres_takes_over_from_a_server_whose_run_was_killed(data: Path) -> None:
    with Postgres(data, settings={"fsync": "off"}) as first:
        assert first.child
        left_over = psutil.Process(first.child.pid)
        first._held.close()  # as the system does with the lock of a killed process
        with Postgres(data) as following, psycopg.connect(following.url) as connection:
            assert not left_over.is_running() or left_over.status() == psutil.STATUS_ZOMBIE
            assert connection.execute("select 1").fetchone() == (1,)


def test_valkey_keeps_what_was_written_before_it_was_killed(data: Path) -> None:
    with Valkey(data) as killed, redis.Redis.from_url(killed.url) as connection:
        connection.set("answer", 42)
        assert killed.child
        os.kill(killed.child.pid, signal.SIGKILL)
    with Valkey(data) as following, redis.Redis.from_url(following.url) as connection:
        assert connection.get("answer") == b"42"


@pytest.mark.parametrize("server", ["postgres", "valkey"])
def test_a_second_server_on_the_same_folder_is_refused(server: str, request: pytest.FixtureRequest) -> None:
    first: Postgres | Valkey = request.getfixturevalue(server)
    with pytest.raises(FolderInUse, match=f"in use by process {os.getpid()}"), type(first)(first.folder):
        pass
    assert first.ready()


def test_neither_server_lets_anybody_in_without_a_password(postgres: Postgres, valkey: Valkey) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host="127.0.0.1", port=postgres.port, user="postgres", dbname="postgres")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(postgres.socket_folder), port=postgres.port, user="postgres", dbname="postgres")
    with redis.Redis(port=valkey.port) as connection, pytest.raises(redis.AuthenticationError):
        connection.get("anything")


def test_a_long_path_still_has_a_unix_socket(data: Path) -> None:
    deep = data / ("d" * (SOCKET_LIMIT - 40)) / ("e" * 40)
    with Postgres(deep, settings={"fsync": "off"}) as server:
        assert server.socket_folder != server.folder
        with psycopg.connect(server.socket_url_of("numirror")) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    assert not server.socket_folder.exists()


def test_a_program_that_dies_is_reported_with_the_end_of_its_log(tmp_path: Path) -> None:
    words = ("/bin/sh", "-c", "echo the port is taken; exit 3")
    child = Child(Program(name="web", argv=words, env={}, cwd=tmp_path, log=tmp_path / "log"))
    with pytest.raises(ChildDied, match=r"(?s)^web stopped by itself \(exit status 3\).*the port is taken$"):
        child.await_ready(lambda: False, 30)


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "key"
    assert keys.kept(file) == keys.kept(file)
    assert file.stat().st_mode & 0o777 == 0o600
