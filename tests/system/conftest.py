"""The whole of NuMirror on real parts, as `make run` starts it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest

from local.stack import Stack
from tests.system.google import Google
from tests.system.town import Town
from tests.system.town import town as town_of


@pytest.fixture
def ada(stack: Stack) -> Google:
    """The example user in front of her own Sheet."""
    return Google(stack.addresses.page_url)


@pytest.fixture
def bob(stack: Stack) -> Google:
    return Google(stack.addresses.page_url, "bob@example.com")


@pytest.fixture
def sql(stack: Stack) -> Iterator[psycopg.Connection]:
    """The database as its owner sees it."""
    with psycopg.connect(stack.addresses.database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def town(database: str, redis_url: str, server_folder: Path) -> Iterator[Town]:
    """One web process and one worker, each with proxies before its servers, on fresh data."""
    with town_of(database, redis_url, Path(mkdtemp(prefix="town-", dir=server_folder))) as running:
        yield running
