"""A real cluster of three nodes, each with a third of the slots."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import permutations
from pathlib import Path

import redis

from local import ports
from local.valkey import Valkey
from tests.waiting import eventually

_SLOTS = 16_384
_PASSWORD = "0123456789abcdef0123456789abcdef"  # of servers that live for a test


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The URL of one of its nodes, once all of them say that the cluster is whole."""
    with ExitStack() as held:
        buses = [ports.free_port() for _ in range(3)]
        nodes = [held.enter_context(_node(folder / str(number), bus)) for number, bus in enumerate(buses)]
        clients = [held.enter_context(redis.Redis.from_url(node.url)) for node in nodes]
        for number, client in enumerate(clients):
            first, last = number * _SLOTS // 3, (number + 1) * _SLOTS // 3 - 1
            client.execute_command("CLUSTER ADDSLOTSRANGE", first, last)
        for one, other in permutations(range(3), 2):
            clients[one].execute_command("CLUSTER MEET", ports.HOST, nodes[other].port, buses[other])
        eventually(lambda: all(_is_whole(client) for client in clients))
        yield nodes[0].url.replace("redis://", "redis+cluster://")


def _node(folder: Path, bus: int) -> Valkey:
    folder.mkdir(parents=True)
    (folder / "password").write_text(_PASSWORD)  # one for all, as a cluster has
    return Valkey(folder, settings={"cluster-enabled": "yes", "cluster-port": str(bus)})


def _is_whole(client: redis.Redis) -> bool:
    said: dict[str, str] = client.cluster("INFO")
    return said["cluster_state"] == "ok"
