"""Seeded secrets are looked for in everything that a run leaves behind: logs, Redis, tables, cells, cards."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from local.stack import Stack
from tests.system.google import Google, call
from tests.waiting import eventually

Json = dict[str, Any]

AI_KEY = "sk-leak-4f1d6a0c2b9e8d7f"
WRONG_PASSWORD = "wrong-5c3a9f71e2"
TITLE = "leak-title-8d2e41b7"


@dataclass(frozen=True)
class Remembering(Google):
    """A person who keeps every answer."""

    answers: list[str] = field(default_factory=list)

    def event(self, entry: str, **more: Any) -> Json:
        answer = super().event(entry, **more)
        self.answers.append(json.dumps(answer))
        return answer


@pytest.fixture
def mallory(stack: Stack) -> Remembering:
    call(f"{stack.addresses.page_url}/sim/users", {"email": "mallory@example.com"})
    return Remembering(stack.addresses.page_url, "mallory@example.com")


def test_no_secret_is_left_anywhere(mallory: Remembering, stack: Stack) -> None:
    secrets = seeded(mallory, stack)
    live(mallory, stack)
    places = {
        "logs": "\n".join(file.read_text(errors="replace") for file in (stack.folder / "logs").iterdir()),
        "redis": dump_of_redis(stack),
        "tables": dump_of_tables(stack),
        "cells": dump_of_cells(mallory),
        "cards": "\n".join(mallory.answers),
    }
    found = [(place, name) for place, text in places.items() for name, secret in secrets.items() if secret in text]
    assert found == []
    # What a person wrote may stand where it is theirs, and nowhere else; nor may their address.
    assert TITLE in places["cards"] and TITLE in places["tables"] and TITLE in places["cells"]
    assert TITLE not in places["logs"] and "mallory" not in places["logs"]
    assert "mallory" not in places["redis"]


def seeded(google: Google, stack: Stack) -> dict[str, str]:
    """Everything that must be found nowhere, by name."""
    sent = call(f"{google.url}/sim/event", {"user": google.user, "spreadsheetId": google.sheet_id, "entry": "home"})
    authorization = sent["request"]["authorizationEventObject"]
    return {
        "access token": google.token,
        "user token": authorization["userIdToken"].rpartition(".")[2],
        "system token": authorization["systemIdToken"].rpartition(".")[2],
        "ai key": AI_KEY,
        "wrong password": WRONG_PASSWORD,
        "database password": urlsplit(stack.addresses.database).password or "?",
        "redis password": urlsplit(stack.addresses.redis).password or "?",
        "master key": (stack.folder / "master.key").read_text().strip().partition(":")[2],
    }


def live(google: Google, stack: Stack) -> None:
    """A visit that meets every kind of secret, with good ends and bad ones."""
    google.click(google.event("granted"), "tasks.add_task", {"title": TITLE})
    place = urlsplit(stack.addresses.redis)
    wrong = f"redis://x:{WRONG_PASSWORD}@{place.hostname}:{place.port}/0"
    postgres = urlsplit(stack.addresses.database)
    wrong_database = f"postgresql://x:{WRONG_PASSWORD}@{postgres.hostname}:{postgres.port}/x"
    good = stack.addresses.redis.rpartition("/")[0] + "/7"
    for page, op, form in (
        ("redis", "use_redis", {"address": wrong}),
        ("redis", "use_redis", {"address": f"rediss://x:{WRONG_PASSWORD}@10.0.0.1/0"}),
        ("redis", "use_redis", {"address": good}),
        ("database", "use_database", {"address": wrong_database}),
        ("database", "use_database", {"address": f"mysql://x:{WRONG_PASSWORD}@h"}),
        ("ai", "use_ai", {"key": AI_KEY}),
        ("google", "use_service_account", {"file": json.dumps({"private_key": WRONG_PASSWORD})}),
    ):
        card = google.click(google.event("Connections"), "house.show", page=page)
        google.click(card, f"house.{op}", form)
    eventually(lambda: TITLE in str(google.rows("Tasks")))


def dump_of_redis(stack: Stack) -> str:
    """All keys and values of all databases."""
    found = []
    for number in range(16):
        with redis.Redis.from_url(stack.addresses.redis.rpartition("/")[0] + f"/{number}") as connection:
            found += [repr((key, _value(connection, key))) for key in connection.scan_iter()]
    return "\n".join(found)


def _value(connection: redis.Redis, key: bytes) -> Any:
    kind = connection.type(key)
    read: dict[bytes, Any] = {
        b"string": connection.get,
        b"hash": connection.hgetall,
        b"set": connection.smembers,
        b"list": lambda key: connection.lrange(key, 0, -1),
        b"zset": lambda key: connection.zrange(key, 0, -1, withscores=True),
        b"stream": connection.xrange,
        b"none": lambda _: None,
    }
    return read[kind](key)


def dump_of_tables(stack: Stack) -> str:
    """All that mallory's own rows hold, in every table."""
    with psycopg.connect(stack.addresses.database, autocommit=True) as sql, sql.transaction():
        sql.execute("select nu.enter('mallory@example.com')")
        names = [name for (name,) in sql.execute("select tablename from pg_tables where schemaname = 'nu'").fetchall()]
        mine = [name for name in names if name != "migration"]
        return "\n".join(str(sql.execute(f'select t::text from nu."{name}" as t').fetchall()) for name in mine)


def dump_of_cells(google: Google) -> str:
    """Every cell of the map."""
    url = f"{google.url}/v4/spreadsheets/{google.sheet_id}?includeGridData=true"
    return json.dumps(call(url, token=google.token))
