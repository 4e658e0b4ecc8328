"""The Lua scripts of a shard: what they must do at once, they do inside Redis, in one round trip."""

import re
from functools import cache
from importlib import resources
from string import Template
from typing import Final, Literal

from numirror.shell.queue.job import queue_name
from numirror.shell.queue.values import Kind

Name = Literal["visit", "wake", "take", "leave", "sweep"]

_PARTS: Final[dict[Name, tuple[str, ...]]] = {
    "visit": ("names", "visit"),
    "wake": ("names", "summon", "dirty", "wake"),
    "take": ("names", "summon", "release", "take"),
    "leave": ("names", "summon", "release", "leave"),
    "sweep": ("names", "summon", "dirty", "sweep"),
}
_SECONDS = ("claim", "pending", "listening", "nudge", "hold", "visit", "lease")
_COMMENT = re.compile(r"\s*--.*|^\s+", re.MULTILINE)


@cache
def script(name: Name, shard: int, kind: Kind) -> str:
    """The script with the keys of its kind and shard, and the times (in milliseconds) written in, without comments.

    So a call sends neither. It is sent whole each time: EVAL was no slower than EVALSHA when it was measured, and has
    no first time after a restart of Redis. The keys are not declared, as rq's own are not: it runs on no Redis Cluster.
    """
    values = {name: round(getattr(kind.times, name) * 1000) for name in _SECONDS}
    values |= {"shard": shard, "limit": kind.times.limit, "valid": kind.times.valid}
    text = "".join(_source(part) for part in _PARTS[name])
    return Template(_COMMENT.sub("", text)).substitute(values, keys=kind.keys, queue=queue_name(shard, kind))


def _source(name: str) -> str:
    return (resources.files(__package__) / "lua" / f"{name}.lua").read_text(encoding="utf-8")
