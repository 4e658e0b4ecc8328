"""The only jobs that a worker runs: signed by us, whole and unaltered, and naming a function it was given.

rq imports and calls whatever a job names, as function or as callback, and a value that it cannot read stops the
worker. So each field is checked against what `numirror.shell.queue` writes before rq sees it. A job that does not
match is treated as one that does not exist: rq passes over those without a word, and clears them away.
"""

import json
import logging
import time
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from rq import Queue as RqQueue
from rq.exceptions import NoSuchJobError
from rq.job import JOB_ID_PATTERN, Job, JobStatus

from numirror.shell.queue import FOLLOW, Kind, fixed, signed

_TIMES = ("created_at", "enqueued_at", "started_at", "ended_at", "last_heartbeat")
_KNOWN = frozenset((*fixed(FOLLOW), *_TIMES, "origin", "status", "worker_name", "ttl", "data", "meta"))
_LONGEST = 512  # bytes of a value; ours are shorter

log = logging.getLogger(__name__)


class JobRefused(Exception):
    """A job in Redis was not written by us."""


class SignedJob(Job):
    """A job that has proved to be ours. Subclass it with the key, the kind and the functions that may be called."""

    signing_key: ClassVar[bytes]
    kind: ClassVar[Kind] = FOLLOW
    functions: ClassVar[Mapping[str, Callable[..., object]]]

    @classmethod
    def fetch(cls, id: str, connection: Any = None, serializer: Any = None) -> Job:  # noqa: A002
        """As rq's. Raises NoSuchJobError also for an id that is none."""
        if not JOB_ID_PATTERN.fullmatch(id.partition(":")[0]):
            raise NoSuchJobError("not a job id")
        return super().fetch(id, connection=connection, serializer=serializer)

    def restore(self, raw_data: Mapping[bytes, bytes]) -> None:
        """Take the fields from Redis. Raises NoSuchJobError if any is not as we write it."""
        try:
            self._check({name.decode(): value for name, value in raw_data.items()})
            super().restore(raw_data)
        except Exception as error:
            reason = str(error) if isinstance(error, JobRefused) else type(error).__name__
            log.warning("job refused", extra={"job": self.id, "reason": reason})
            raise NoSuchJobError("refused") from None

    @property
    def func(self) -> Callable[..., object]:
        """The function, from those we were given; nothing is imported by name."""
        return self.functions[str(self.func_name)]

    def _check(self, fields: Mapping[str, bytes]) -> None:
        if not fields.keys() <= _KNOWN:
            raise JobRefused("a field that we do not write")
        if any(len(value) > _LONGEST for value in fields.values()):
            raise JobRefused("a value longer than ours")
        if any(fields.get(name, b"").decode() != value for name, value in fixed(self.kind).items()):
            raise JobRefused("a setting that is not ours")
        JobStatus(fields["status"].decode())
        for name in _TIMES:
            if fields.get(name):
                datetime.fromisoformat(fields[name].decode())
        self._check_call(_inflated(fields["data"]), json.loads(fields["meta"]))

    def _check_call(self, call: bytes, meta: Any) -> None:
        match meta:
            case {"until": int(until), "signature": str(signature), **rest} if not rest:
                pass
            case _:
                raise JobRefused("no signature")
        if not signed(self.signing_key, call, until, signature):
            raise JobRefused("a signature that is not ours")
        if until < time.time():
            raise JobRefused("too old")
        match json.loads(call):
            case [str(name), None, list(), {**rest}] if name in self.functions and not rest:
                return
        raise JobRefused("a function that may not be called")


class SignedQueue(RqQueue):
    """A queue whose entries may be anything; those that are no job id are dropped."""

    @classmethod
    def lmove(cls, connection: Any, queue_key: str, timeout: int | None) -> Any:
        """Pop the next job id, as rq's. An entry that is not text would stop the worker for good."""
        while found := super().lmove(connection, queue_key, timeout):
            _, entry = found
            if JOB_ID_PATTERN.fullmatch(entry.decode("ascii", "replace")):
                return found
            log.warning("job refused", extra={"reason": "not a job id"})
            connection.lrem(f"{queue_key}:intermediate", 1, entry)
        return None


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    call = inflater.decompress(data, _LONGEST)
    if not inflater.eof or inflater.unused_data:
        raise JobRefused("data longer than ours")
    return call
