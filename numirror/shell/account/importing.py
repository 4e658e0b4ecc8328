"""Reading an export back into a person's log, for whoever holds the link that the sidebar gave them."""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

import msgspec
import redis
import structlog

from numirror.kernel.errors import Refused
from numirror.shell.account.links import LinkOver, SignedLinks
from numirror.shell.log import InvalidEvent
from numirror.shell.log.archive import PIECE
from numirror.shell.log.errors import AnotherLog, AnothersExport, ChainBroken, ExportShorter, InvalidExport
from numirror.shell.log.restore_file import Preview, Restored, preview, restore_file
from numirror.shell.stores import Stores
from numirror.shell.trial import TrialFull
from numirror.shell.visits import RedisAway, Visit, Visits

__all__ = ["AnothersExport", "Import", "Imports", "InvalidEvent", "InvalidExport", "LinkOver", "Question", "Restored"]

log = structlog.get_logger()


class ReadOnly(Refused):
    """Your database is newer than this NuMirror, and is only read here. Import the file once this one is updated."""


class AnotherFile(Refused):
    """This is another file than the one that was looked at. Choose that one, or begin again with this one."""


class TrialTooSmall(TrialFull):
    """This file holds more than a trial may. Bring your own database (Connections, in the menu), and import it then."""


class Overtaken(Refused):
    """Your log changed while the file was looked at, so nothing was written. Import it again to see what it adds."""


class Question(msgspec.Struct, frozen=True):
    """The file holds `count` events, the log `here`, which is more: whether it is meant all the same.

    Who comes again with the very same file and with `yes` is not asked a second time.
    """

    count: int
    here: int
    yes: str


class Imports:
    """Opens the links that `Account.import_path` makes."""

    def __init__(self, stores: Stores, visits: Visits) -> None:
        self._stores = stores
        self._visits = visits
        self._links = SignedLinks(stores, "import")

    def open(self, tenant_hash: str, expires: int, seal: str, now: datetime) -> "Import":
        """Whose log it is. Raises `LinkOver`, also where they were forgotten since, `ReadOnly` and `RedisAway`."""
        self._links.check(tenant_hash, expires, seal, now)
        visit = self._visits.represent(tenant_hash)
        if visit is None:
            raise ReadOnly if self._is_read_only(tenant_hash) else LinkOver
        return Import(self._stores, self._visits, visit, now)

    def _is_read_only(self, tenant_hash: str) -> bool:
        try:
            lease = self._stores.lease(tenant_hash)
        except redis.RedisError:
            raise RedisAway from None
        return lease is not None and lease.is_read_only


class Import:
    """One look at a link, by `now`."""

    def __init__(self, stores: Stores, visits: Visits, visit: Visit, now: datetime) -> None:
        self._stores = stores
        self._visits = visits
        self._visit = visit
        self._now = now

    def read(self, file: BinaryIO, yes: str = "") -> Restored | Question:
        """Writes what the log lacks of the file, or asks first where the log is the longer one.

        The whole file is checked before anything is written; the same again does no harm. `yes` is what a `Question`
        gave. Raises what `restore_file` does, `AnotherFile`, `TrialTooSmall`, `TrialOver` and `Overtaken`.
        """
        if yes and not hmac.compare_digest(yes.encode("utf-8", "replace"), self._yes(file).encode()):
            raise AnotherFile
        seen = preview(self._stores.log, self._visit.tenant, file)
        if seen.would_add == 0:
            return self._restore(file, yes)
        self._check_trial(seen)
        self._announce()
        try:
            return self._restore(file, yes)
        finally:
            self._visits.close(self._visit, {})

    def _restore(self, file: BinaryIO, yes: str) -> Restored | Question:
        try:
            return restore_file(
                self._stores.log, self._visit.tenant, file, if_shorter=bool(yes), before_end=self._check_lent
            )
        except ExportShorter as shorter:
            return Question(shorter.count, shorter.here, self._yes(file))
        except (AnotherLog, ChainBroken):
            # A moment ago they were one log: somebody wrote into it, or erased it, before the first page.
            raise Overtaken from None

    def _yes(self, file: BinaryIO) -> str:
        """For this person and this file: no other file can be imported with it."""
        told = f"{self._visit.tenant_hash}/{_digest(file)}"
        return hmac.digest(self._stores.key_for("import-yes"), told.encode(), "sha256").hex()

    def _check_trial(self, seen: Preview) -> None:
        """Whether the log may become as long as it would: its last event is as one that is appended now."""
        try:
            if self._visit.trial:
                self._visit.trial.check(max(seen.count, seen.here) - 1, self._now)
        except TrialFull:
            raise TrialTooSmall from None

    def _announce(self) -> None:
        """Before the first event: where this process dies, the sweep knows where to look; and no older state is shown.

        Read models that an erased log has left behind have the same log's id: they would fit again, at the position
        that they were drawn at. An own Redis that is away keeps them until their time is over.
        """
        try:
            with self._stores.platform.pipeline(transaction=False) as pipe:
                self._stores.queue.visit(pipe, self._visit.tenant_hash)
                pipe.execute()
        except redis.RedisError:
            raise RedisAway from None
        self._visits.drop_models(self._visit)

    def _check_lent(self) -> None:
        """Who was erased a moment ago stays so: erasing takes the lease first. Raises `LinkOver` and `RedisAway`."""
        if self._visits.represent(self._visit.tenant_hash) is None:
            raise LinkOver


def _digest(file: BinaryIO) -> str:
    seen = sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        seen.update(piece)
    return seen.hexdigest()
