"""Thousands of databases: what an open one costs, what ten thousand leave behind, and what a dead one costs the others.

The two that count memory run in processes of their own (`python -m bench.targets`), with nothing else in them.
"""

import gc
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.row import Row
from local.postgres import Postgres
from numirror.shell.log import Connections, EventLog, LogAway, Target, Tenant
from numirror.shell.log.calls import run
from numirror.shell.log.read import TAIL

OPEN = 1_000
TENANTS = 10_000
WARM = 5_000
"""After so many tenants all that fills up is full: what comes later would go on for ever."""
TOTAL = 40
CALLS = 6_000
THREADS, SLICES, SLICE_SECONDS = 8, 8, 0.6
EVERY = 8
"""One call in so many goes to the mute database."""


class Held(NamedTuple):
    """What a process holds: kilobytes, threads, and connections."""

    kilobytes: float
    threads: int
    connections: int = 0


def rows() -> list[Row]:
    """The rows of this room, each printed as it is known."""
    with _server() as url:
        EventLog(Connections()).ensure(Tenant("nobody@example.com", Target.parse(url)))
        return [*open_targets(url), *passing_tenants(url), cache_hit(url), beside_a_mute_one(url)]


def open_targets(url: str, number: int = OPEN) -> list[Row]:
    """Each is dialled and has read one tail; beside it psycopg's pool, one a target, which has asked `SELECT 1`."""
    ours, pools = (_child(kind, url, number)[-1] for kind in ("ours", "pools"))
    print(f"an open target: {ours.kilobytes:.1f} kB and {ours.threads} threads more; "
          f"a ConnectionPool: {pools.kilobytes:.1f} kB, all {pools.threads} threads more")  # fmt: skip
    what = f"{number:,} open targets"
    return [
        Row.at_most(f"{what}, kB of the client each (at most)", ours.kilobytes, 40.0),
        Row.at_most(f"{what}, memory / one ConnectionPool each (at most)", ours.kilobytes / pools.kilobytes, 0.6),
        Row.at_most(f"{what}, threads more (at most)", ours.threads, 0.0),
    ]


def passing_tenants(url: str, number: int = TENANTS, warm: int = WARM) -> list[Row]:
    """Tenants with a target of their own, one after another, over few connections."""
    first, last = _child("passing", url, number, warm)
    grown = last.kilobytes - first.kilobytes
    print(f"{number:,} tenants: {grown:.0f} kB more after the last than after {warm:,}, "
          f"{last.connections} connections, {last.threads - first.threads} threads more")  # fmt: skip
    what = f"{number:,} tenants with targets of their own"
    return [
        Row.at_most(f"{what}, kB more for each after {warm:,} (at most)", grown / (number - warm), 0.1),
        Row.at_most(f"{what}, open connections (at most)", last.connections, TOTAL),
        Row.at_most(f"{what}, threads more (at most)", last.threads - first.threads, 0.0),
    ]


def cache_hit(url: str) -> Row:
    """Borrowing a connection that is open, above the same tail on it without asking anybody.

    One connection for both, call by call in turn: two of one server differ by more than what is measured.
    """
    connections, tenant = Connections(), Tenant("ada@example.com", _brought(url, 0))
    parameters = (tenant.tenant_id.encode(), b"0", b"50")
    with connections.use(tenant) as kept:
        run(kept, TAIL, parameters)
    more = []
    for turn in range(CALLS):
        taken = {}
        for borrows in (True, False) if turn % 2 == 0 else (False, True):
            begun = time.perf_counter()
            if borrows:
                with connections.use(tenant) as conn:
                    run(conn, TAIL, parameters)
            else:
                run(kept, TAIL, parameters)
            taken[borrows] = time.perf_counter() - begun
        more.append((taken[True] - taken[False]) * 1e6)
    print(f"a cache hit: {statistics.median(more):.1f} us above a bare tail")
    return Row.at_most("cache hit, us above a bare tail (at most)", statistics.median(more), 5.0)


def beside_a_mute_one(url: str) -> Row:
    """The 95th percentile of calls to a healthy database, with and without a mute one that is asked in between."""
    with _mute_server() as port:
        mute = msgspec.structs.replace(_brought(url, 1), host="127.0.0.1", port=port)
        ratios = []
        connections = Connections()
        healthy = Tenant("bob@example.com", Target.parse(url))
        _slice(connections, healthy, None)
        for turn in range(SLICES):
            order = (None, mute) if turn % 2 == 0 else (mute, None)
            taken = {other: _slice(connections, healthy, other) for other in order}
            ratios.append(taken[mute] / taken[None])
    ratio = statistics.median(ratios)
    print(f"beside a mute database: p95 {ratio:.2f} times as long ({min(ratios):.2f}-{max(ratios):.2f})")
    return Row.at_most("a healthy database beside a mute one / without it, p95 (at most)", ratio, 1.5)


def _slice(connections: Connections, healthy: Tenant, mute: Target | None) -> float:
    """The 95th percentile in seconds, over threads that ask the healthy one again and again."""
    log, taken, end = EventLog(connections), [], time.perf_counter() + SLICE_SECONDS

    def work() -> None:
        count = 0
        while (begun := time.perf_counter()) < end:
            log.tail(healthy, 0)
            taken.append(time.perf_counter() - begun)
            count += 1
            if mute and count % EVERY == 0:
                _ask(connections, mute)

    crew = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    return sorted(taken)[int(len(taken) * 0.95)]


def _ask(connections: Connections, mute: Target) -> None:
    try:
        connections.give(connections.take(mute))
    except LogAway:
        return
    raise AssertionError("a mute server was understood")


def _brought(url: str, number: int) -> Target:
    """The same database, as if it were the one that this tenant brought."""
    return msgspec.structs.replace(Target.parse(url), owner=f"u{number}@example.com")


@contextmanager
def _server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="numirror-bench-") as folder:
        Path(folder).chmod(0o711)
        with Postgres(Path(folder) / "postgres", settings={"max_connections": str(OPEN + 100)}) as postgres:
            yield postgres.socket_url_of("numirror")


@contextmanager
def _mute_server() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=500) as door:
        yield door.getsockname()[1]


def _child(*words: object) -> list[Held]:
    command = (sys.executable, "-W", "ignore", "-m", "bench.targets", *map(str, words))
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [Held(*held) for held in json.loads(said)]


def _held(connections: int = 0) -> Held:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Held(pages * os.sysconf("SC_PAGE_SIZE") / 1024, threading.active_count(), connections)


def _ours(url: str, number: int) -> list[Held]:
    connections = Connections(total=number + 1)
    log = EventLog(connections)
    log.tail(Tenant("first@example.com", _brought(url, -1)), 0)  # all that there is once in a process
    before = _held()
    for each in range(number):
        log.tail(Tenant(f"u{each}@example.com", _brought(url, each)), 0)
    assert connections.counts() == (number + 1, number + 1)
    return _each(before, number)


def _pools(url: str, number: int) -> list[Held]:
    from psycopg_pool import ConnectionPool

    pools = [ConnectionPool(url, min_size=1, max_size=2, open=True)]
    pools[0].wait(60)
    before = _held()
    pools += [ConnectionPool(url, min_size=1, max_size=2, open=True) for _ in range(number)]
    for pool in pools:
        pool.wait(60)
        with pool.connection() as conn:
            conn.execute("SELECT 1")
    return _each(before, number)


def _each(before: Held, number: int) -> list[Held]:
    after = _held()
    return [Held((after.kilobytes - before.kilobytes) / number, after.threads - before.threads)]


def _passing(url: str, number: int, warm: int) -> list[Held]:
    connections = Connections(total=TOTAL)
    log, most, seen = EventLog(connections), 0, []
    for each in range(1, number + 1):
        log.tail(Tenant(f"u{each}@example.com", _brought(url, each)), 0)
        most = max(most, connections.counts()[0])
        if each in (warm, number):
            seen.append(_held(most))
    return seen


if __name__ == "__main__":
    kind, place, *numbers = sys.argv[1:]
    kinds: dict[str, Callable[..., list[Held]]] = {"ours": _ours, "pools": _pools, "passing": _passing}
    measured = kinds[kind](place, *map(int, numbers))
    print(json.dumps(measured))
    sys.stdout.flush()
    os._exit(0)  # a thousand pools take their time to say goodbye
