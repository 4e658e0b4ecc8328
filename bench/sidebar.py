"""Opening the sidebar through gunicorn, beside a bare Flask endpoint on the same kind of server.

Both run at once, on the same Postgres and the same Valkey; slices of load alternate between them.
"""

import base64
import json
import os
import statistics
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import redis

from bench.load import Request, load
from bench.row import Row
from local.child import Child
from local.ports import free_port
from local.programs import Programs
from local.stack import Stack

CONNECTIONS = 16
PAIRS = 14
SLICE_SECONDS = 1.0
TASKS = 6
GOAL_RATE, GOAL_P99 = 0.70, 1.5
_USER = "ada@example.com"


def rows() -> list[Row]:
    """Rate and p99 of the product over those of the floor."""
    with tempfile.TemporaryDirectory(prefix="numirror-bench-") as folder:
        Path(folder).chmod(0o711)
        with Stack(Path(folder) / "stack") as stack:
            opening = _prepare(stack)
            with _floor(stack, opening) as floor:
                return _measure(_request(stack, opening), floor)


def _prepare(stack: Stack) -> dict[str, Any]:
    """A person with some tasks, and the event of their next opening with what it is answered."""
    card = _event(stack, "granted")["response"]
    for number in range(TASKS):
        action = _button(card, "tasks.add_task")
        name = next(found["name"] for found in _objects(card) if found.get("label") == "New task")
        title = f"Task {number} with a title of an ordinary length"
        form = {name: {"stringInputs": {"value": [title]}}}
        card = _event(stack, action["function"], parameters=action["parameters"], formInputs=form)["response"]
    return _event(stack, "home")


def _request(stack: Stack, opening: dict[str, Any]) -> Request:
    token = opening["request"]["authorizationEventObject"]["systemIdToken"]
    return _post(stack.addresses.addon, "/addon/home", json.dumps(opening["request"]).encode(), token)


def _post(port: int, path: str, body: bytes, token: str) -> Request:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Request(port, head.encode() + body)


@contextmanager
def _floor(stack: Stack, opening: dict[str, Any]) -> Iterator[Request]:
    """The floor on a server of its own, of the same kind."""
    with redis.Redis.from_url(stack.addresses.redis) as connection:
        keys = [key.decode() for key in connection.scan_iter("nu:{*}:lease")]
        keys += [key.decode() for key in connection.scan_iter("nu:{*}:tasks:v1")]
    port = free_port()
    answer = json.dumps(opening["response"], separators=(",", ":"), ensure_ascii=False).encode()
    environment = {
        **os.environ,
        "FLOOR_REDIS": stack.addresses.redis,
        "FLOOR_POSTGRES": stack.addresses.database,
        "FLOOR_KEYS": json.dumps(keys),
        "FLOOR_ANSWER": base64.b64encode(answer).decode(),
        "FLOOR_TENANT": _USER,
        "FLOOR_AFTER": str(TASKS),
    }
    program = Programs(stack.folder, replace(stack.addresses, addon=port), environment).web()
    argv = (*program.argv[:-1], "bench.floor:app")
    child = Child(replace(program, name="floor", argv=argv, log=stack.folder / "logs" / "floor.log"))
    try:
        child.await_ready(lambda: _listens(port), 30)
        yield _post(port, "/card", json.dumps(opening["request"]).encode(), "x")
    finally:
        child.stop()


def _measure(product: Request, floor: Request) -> list[Row]:
    for request in (product, floor):
        load(request, CONNECTIONS, SLICE_SECONDS)  # afterwards all that can be warm is warm
    rates, tails = [], []
    for turn in range(PAIRS):
        order = (product, floor) if turn % 2 == 0 else (floor, product)
        taken = {request: load(request, CONNECTIONS, SLICE_SECONDS) for request in order}
        rates.append(len(taken[product]) / len(taken[floor]))
        tails.append(_p99(taken[product]) / _p99(taken[floor]))
    return [
        Row.at_least("open the sidebar / bare endpoint, rate", statistics.median(rates), GOAL_RATE),
        Row.at_most("open the sidebar / bare endpoint, p99 (at most)", statistics.median(tails), GOAL_P99),
    ]


def _p99(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.99)]


def _event(stack: Stack, entry: str, **more: Any) -> dict[str, Any]:
    body = json.dumps({"user": _USER, "entry": entry, **more}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{stack.addresses.page_url}/sim/event", body, headers)
    with urllib.request.urlopen(request, timeout=40) as answer:
        found: dict[str, Any] = json.load(answer)
    if found["status"] != 200 or found["problems"]:
        raise ValueError(f"{entry} was answered with {found['status']}: {found['problems']}")
    return found


def _button(card: Any, op: str) -> dict[str, Any]:
    for found in _objects(card):
        if {"key": "op", "value": op} in found.get("parameters", []):
            return {**found, "parameters": {one["key"]: one["value"] for one in found["parameters"]}}
    raise ValueError(f"no {op} in the card")


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _listens(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
