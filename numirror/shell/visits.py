"""A visit: a verified person in front of a card, with the resources that are theirs.

Opening one costs one call to Redis, closing one after a command another. Google is asked only where there is no lease.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

import msgspec
import redis
import structlog

from numirror.kernel.errors import Away, NuMirrorError
from numirror.kernel.mirror import Tab, Table
from numirror.shell.entrance import Erased, GuestSheet, OtherMap, VaultOld
from numirror.shell.google.identity import Visitor
from numirror.shell.log import IdentityRefused, Tenant
from numirror.shell.log.errors import LogFrozen
from numirror.shell.mirrors import redis as read_models
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.resources import leases
from numirror.shell.resources.leases import TOKEN_LIVES, Lease
from numirror.shell.schema import prepare, schema_of
from numirror.shell.stores import DatabaseLost, NoDatabase, Stores, lane_key
from numirror.shell.trial import Trial
from numirror.shell.visit import Place, Visit

__all__ = [
    "DatabaseLost",
    "Erased",
    "GuestSheet",
    "LogFrozen",
    "NoDatabase",
    "OtherMap",
    "Place",
    "VaultOld",
    "Visit",
    "Visits",
]

_RENEW_BEFORE = timedelta(minutes=30)

log = structlog.get_logger()


class RedisAway(Away):
    """NuMirror's memory does not answer. Nothing was changed; please try again in a moment."""


class Visits:
    """Opens and closes visits. `streams` are those whose read models a card needs, with their state versions."""

    def __init__(
        self, stores: Stores, streams: Mapping[str, int], tabs: Sequence[Tab], tables: Sequence[Table]
    ) -> None:
        self._stores = stores
        self._streams = streams
        self._tabs = tabs
        self._tables = tables
        self._schema = schema_of(tables)

    def open(self, visitor: Visitor, place: Place, *, command: bool) -> Visit | None:
        """The visit, or None where there is no lease yet.

        With `command`, it is noted first that the log may grow: if this process dies right after the commit, the
        sweep knows where to look. Raises `IdentityRefused` if the address has a new owner, and `RedisAway`.
        """
        mine = self._stores.tenant_hash(visitor.tenant_id)
        try:
            sealed, *kept = self._fetch(mine, command)
            lease = self._stores.leases.open(mine, sealed)
            if lease is None:
                return None
            if lease.sub != visitor.sub:
                raise IdentityRefused
            name = self._stores.tenant_hash(lease.tenant_id)
            if name != mine:  # the address has changed: what is kept lies under the one before
                held, *kept = self._fetch(name, command)
                if held is None:
                    return None
            if lease.schema != self._schema and lease.storage.is_there:
                schema = self.prepare(self._stores.tenant(lease))
                if schema != lease.schema:
                    self._renew(lease, mine, place, schema)
            elif place.google_token and lease.google_token_expires - place.now < _RENEW_BEFORE:
                self._renew(lease, mine, place, lease.schema)
        except redis.RedisError:
            raise RedisAway from None
        lane, *packed = kept
        visit = self._visit(lease, self._models(lease, name, packed))
        return msgspec.structs.replace(visit, is_lane_closed=lane is not None, address=visitor.tenant_id)

    def represent(self, tenant_hash: str) -> Visit | None:
        """A visit for a worker, who acts for someone who is not there; None where nothing was lent for that.

        Raises `RedisAway`.
        """
        lease = self._lease(tenant_hash)
        if lease is None or not lease.is_writable:
            return None
        models = self._models(lease, self._stores.tenant_hash(lease.tenant_id), ())
        return msgspec.structs.replace(self._visit(lease, models), is_present=False)

    def connect(self, visitor: Visitor, place: Place, *, move: bool = False) -> Visit:
        """The visit of someone without a lease. Makes what is missing; see `connecting.connect`.

        With `move`, the open Sheet takes the place of another one that was their Discovery Map.
        """
        from numirror.shell import connecting  # much to load, and hardly ever needed

        mine = self._stores.tenant_hash(visitor.tenant_id)
        before = self._lease(mine)
        wish = Lease(
            tenant_id=visitor.tenant_id,
            sub=visitor.sub,
            yeses=before.yeses if before else 0,
            trial_until=place.now + timedelta(days=self._stores.settings.trial_days),
            spreadsheet_id=place.sheet_id or "",
            google_token=place.google_token or "",
            google_token_expires=place.now + TOKEN_LIVES,
            zone=place.zone,
            locale=place.locale,
            schema=self._schema,
        )
        lease = connecting.connect(self._stores, wish, place.now, self._tabs, self._tables, move=move)
        visit = msgspec.structs.replace(self._visit(lease, {}), address=visitor.tenant_id)
        another = self._lease(visit.tenant_hash)
        if another is not None and another.sub != visitor.sub:
            # Their address before is somebody else's by now.
            raise IdentityRefused
        try:
            self._stores.lend(lease, mine, visit.tenant_hash)
            self._wake(visit, {})
        except redis.RedisError:
            raise RedisAway from None
        return visit

    def prepare(self, tenant: Tenant) -> int:
        """As `schema.prepare`, with the tables of every domain."""
        return prepare(self._stores, tenant, self._tables)

    def lend(self, visit: Visit, lease: Lease) -> Visit:
        """The visit with other resources: the workers get them too, and are woken. Raises `RedisAway`."""
        renewed = msgspec.structs.replace(self._visit(lease, {}), address=visit.address)
        try:
            self._stores.lend(lease, *self._names(visit))
            self._stores.note_lane(visit.tenant_hash, is_closed=False)
            self._wake(renewed, {})
        except redis.RedisError:
            raise RedisAway from None
        return renewed

    def forget(self, visit: Visit) -> None:
        """Takes back what is kept between visits: the lease, and the read models wherever they are. Raises `RedisAway`.

        An own Redis that is away keeps its read models until their time is over; the rest is gone all the same.
        """
        from numirror.shell.letters import mailboxes, ways  # no card needs them

        mine = visit.tenant_hash
        across = (mailboxes.key(mine), ways.done_key(mine))
        lent = map(leases.key, self._names(visit))
        try:
            self._stores.platform.delete(*lent, lane_key(mine), *across, *read_models.keys(mine, self._streams))
        except redis.RedisError:
            raise RedisAway from None
        self.drop_models(visit)

    def drop_models(self, visit: Visit) -> None:
        """Nothing that was drawn before is shown. An own Redis that is away keeps it until its time is over."""
        try:
            with self._stores.models_of(visit.lease) as store:
                store.delete(*read_models.keys(visit.tenant_hash, self._streams))
        except (redis.RedisError, NuMirrorError) as error:
            log.warning("read models kept", error=type(error).__name__)

    def close(self, visit: Visit, models: Mapping[str, ReadModel]) -> None:
        """Hands fresh states to the read models and wakes the workers, in one call.

        The events are in the log already, so a failure here costs a little time only: the sweep finds them.
        """
        try:
            self._wake(visit, models)
        except (redis.RedisError, NuMirrorError) as error:
            log.warning("wake failed", error=type(error).__name__)

    def _names(self, visit: Visit) -> tuple[str, ...]:
        """The names that a lease lies under."""
        return visit.tenant_hash, *((self._stores.tenant_hash(visit.address),) if visit.address else ())

    def _lease(self, mine: str) -> Lease | None:
        try:
            return self._stores.lease(mine)
        except redis.RedisError:
            raise RedisAway from None

    def _fetch(self, mine: str, command: bool) -> Sequence[bytes | None]:
        """The sealed lease, whether the own lane is closed, and the read models that lie in the platform's Redis.

        One call.
        """
        together = self._stores.is_one_redis
        wanted = [leases.key(mine), lane_key(mine), *(read_models.keys(mine, self._streams) if together else ())]
        if command:
            with self._stores.platform.pipeline(transaction=False) as pipe:
                self._stores.queue.visit(pipe, mine)
                pipe.mget(wanted)
                got: Any = pipe.execute()[-1]
        else:
            got = self._stores.platform.mget(wanted)
        return cast(Sequence[bytes | None], got)

    def _models(self, lease: Lease, name: str, packed: Sequence[bytes | None]) -> Mapping[str, ReadModel]:
        """The read models from wherever they are kept. An own Redis that is away costs a fold, not the visit."""
        if lease.read_model.value is not None or not packed:
            try:
                with self._stores.models_of(lease) as store:
                    packed = read_models.load(store, read_models.keys(name, self._streams))
            except (redis.RedisError, NuMirrorError) as error:
                log.warning("read models away", error=type(error).__name__)
                return {}
        models = zip(self._streams, map(ReadModel.unpack, packed), strict=True)
        return {stream: model for stream, model in models if model is not None}

    def _renew(self, lease: Lease, mine: str, place: Place, schema: int) -> None:
        """Once in half an hour. The Sheet may have waited for a token, so the workers are woken too."""
        lease = msgspec.structs.replace(lease, schema=schema, zone=place.zone, locale=place.locale)
        if place.google_token:
            expires = place.now + TOKEN_LIVES
            lease = msgspec.structs.replace(lease, google_token=place.google_token, google_token_expires=expires)
        visit = self._visit(lease, {})
        self._stores.lend(lease, mine, visit.tenant_hash)
        self._wake(visit, {})

    def _wake(self, visit: Visit, models: Mapping[str, ReadModel]) -> None:
        stores, lent = self._stores, leases.key(visit.tenant_hash)
        together = visit.lease.read_model.value is None and stores.is_one_redis
        with stores.platform.pipeline(transaction=False) as pipe:
            stores.queue.wake(pipe, visit.tenant_hash)
            if together:
                keys = read_models.keys(visit.tenant_hash, {stream: self._streams[stream] for stream in models})
                read_models.save(pipe, dict(zip(keys, models.values(), strict=True)), beside=lent)
            pipe.execute()
        if models and not together:
            stores.keep(visit.lease, self._streams, models)

    def _visit(self, lease: Lease, models: Mapping[str, ReadModel]) -> Visit:
        stores, trial = self._stores, None
        if lease.storage.source == "trial":
            trial = Trial(stores.settings.trial_events, lease.trial_until)
        stored = stores.tenant(lease) if lease.storage.is_there else None
        return Visit(stores.tenant_hash(lease.tenant_id), lease, stored, models, trial)
