"""Real servers for every test that asks for one: started at the first wish, once a session, never shared by workers."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from psycopg import sql

from local.postgres import OWNER, Postgres
from local.stack import Stack
from local.valkey import Valkey

pytest_plugins = ("tests.cards.plugin",)

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    """A folder that PostgreSQL's account can reach, also when the tests run as root (tmp_path is closed to it)."""
    folder = Path(tempfile.mkdtemp(prefix="numirror-tests-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres(server_folder: Path) -> Iterator[Postgres]:
    """One PostgreSQL server; without fsync, as no test cuts the power."""
    with Postgres(server_folder / "postgres", settings={"fsync": "off"}) as server:
        yield server


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """The URL of a fresh database, owned by the role in the URL, cloned from the empty one and dropped afterwards."""
    name = f"test_{next(_numbers)}"
    fresh = sql.SQL("create database {} template {} owner {}").format(
        sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(OWNER)
    )
    with psycopg.connect(postgres.admin_url, autocommit=True) as connection:
        connection.execute(fresh)
        yield postgres.url_of(name)
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def valkey(server_folder: Path) -> Iterator[Valkey]:
    """One Valkey server."""
    with Valkey(server_folder / "valkey") as server:
        yield server


@pytest.fixture
def redis_url(valkey: Valkey) -> Iterator[str]:
    """The URL of an empty Redis database; emptied again afterwards."""
    with redis.Redis.from_url(valkey.url) as connection:
        connection.flushall()
        yield valkey.url
        connection.flushall()


@pytest.fixture(scope="session")
def stack(server_folder: Path) -> Iterator[Stack]:
    """The whole of NuMirror, as `make run` starts it."""
    with Stack(server_folder / "stack") as running:
        yield running
