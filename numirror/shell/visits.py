"""A visit: a verified person in front of a card, with the resources that are theirs.

Opening one costs one call to Redis, closing one after a command another. Google is asked only where there is no lease.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
import redis
import structlog

from numirror.kernel.errors import Away
from numirror.kernel.mirror import Tab, Table
from numirror.shell import connecting
from numirror.shell.connecting import TOKEN_LIVES, GuestSheet
from numirror.shell.google.identity import Visitor
from numirror.shell.log import IdentityRefused, Tenant
from numirror.shell.mirrors import redis as read_models
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.resources import leases
from numirror.shell.resources.leases import Lease
from numirror.shell.stores import Stores

__all__ = ["GuestSheet", "Place", "Visit", "Visits"]

_RENEW_BEFORE = timedelta(minutes=30)

log = structlog.get_logger()


class RedisAway(Away):
    """NuMirror's memory does not answer. Nothing was changed; please try again in a moment."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a request comes from. The Sheet and the token are None until the person allowed their use."""

    now: datetime
    zone: str
    locale: str
    sheet_id: str | None
    google_token: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """Whose log it is, and the read models that were at hand, by stream."""

    tenant: Tenant
    tenant_hash: str
    models: Mapping[str, ReadModel]


class Visits:
    """Opens and closes visits. `streams` are those whose read models a card needs, with their state versions."""

    def __init__(
        self, stores: Stores, streams: Mapping[str, int], tabs: Sequence[Tab], tables: Sequence[Table]
    ) -> None:
        self._stores = stores
        self._streams = streams
        self._tabs = tabs
        self._tables = tables
        self._schema = connecting.schema_of(tables)

    def open(self, visitor: Visitor, place: Place, *, command: bool) -> Visit | None:
        """The visit, or None where there is no lease yet.

        With `command`, it is noted first that the log may grow: if this process dies right after the commit, the
        sweep knows where to look. Raises `IdentityRefused` if the address has a new owner, and `RedisAway`.
        """
        mine = self._stores.tenant_hash(visitor.tenant_id)
        try:
            sealed, models = self._fetch(mine, command)
            lease = self._stores.leases.open(mine, sealed)
            if lease is None:
                return None
            if lease.sub != visitor.sub:
                raise IdentityRefused
            if lease.schema != self._schema:
                connecting.prepare(self._stores, self._stores.tenant(lease), self._tables)
                self._renew(lease, mine, place)
            elif place.google_token and lease.google_token_expires - place.now < _RENEW_BEFORE:
                self._renew(lease, mine, place)
        except redis.RedisError:
            raise RedisAway from None
        return self._visit(lease, models)

    def connect(self, visitor: Visitor, place: Place) -> Visit:
        """The visit of someone without a lease. Makes what is missing; see `connecting.connect`."""
        wish = Lease(
            tenant_id=visitor.tenant_id,
            sub=visitor.sub,
            storage_url=None,
            read_model_url=None,
            spreadsheet_id=place.sheet_id or "",
            google_token=place.google_token or "",
            google_token_expires=place.now + TOKEN_LIVES,
            zone=place.zone,
            locale=place.locale,
            schema=self._schema,
        )
        lease = connecting.connect(self._stores, visitor, wish, self._tabs, self._tables)
        visit = self._visit(lease, {})
        try:
            self._stores.lend(lease, self._stores.tenant_hash(visitor.tenant_id), visit.tenant_hash)
            self._wake(visit, {})
        except redis.RedisError:
            raise RedisAway from None
        return visit

    def close(self, visit: Visit, models: Mapping[str, ReadModel]) -> None:
        """Hands fresh states to the read models and wakes the workers, in one call.

        The events are in the log already, so a failure here costs a little time only: the sweep finds them.
        """
        try:
            self._wake(visit, models)
        except redis.RedisError as error:
            log.warning("wake failed", error=type(error).__name__)

    def _fetch(self, mine: str, command: bool) -> tuple[bytes | None, Mapping[str, ReadModel]]:
        keys = read_models.keys(mine, self._streams)
        together = self._stores.models is self._stores.platform
        wanted = [leases.key(mine), *(keys if together else ())]
        if command:
            with self._stores.platform.pipeline(transaction=False) as pipe:
                self._stores.queue.visit(pipe, mine)
                pipe.mget(wanted)
                got = pipe.execute()[-1]
        else:
            got = self._stores.platform.mget(wanted)
        packed = got[1:] if together else self._stores.models.mget(keys)
        models = zip(self._streams, map(ReadModel.unpack, packed), strict=True)
        return got[0], {stream: model for stream, model in models if model is not None}

    def _renew(self, lease: Lease, mine: str, place: Place) -> None:
        """Once in half an hour. The Sheet may have waited for a token, so the workers are woken too."""
        lease = msgspec.structs.replace(lease, schema=self._schema, zone=place.zone, locale=place.locale)
        if place.google_token:
            expires = place.now + TOKEN_LIVES
            lease = msgspec.structs.replace(lease, google_token=place.google_token, google_token_expires=expires)
        visit = self._visit(lease, {})
        self._stores.lend(lease, mine, visit.tenant_hash)
        self._wake(visit, {})

    def _wake(self, visit: Visit, models: Mapping[str, ReadModel]) -> None:
        keys = read_models.keys(visit.tenant_hash, {stream: self._streams[stream] for stream in models})
        keyed = dict(zip(keys, models.values(), strict=True))
        stores = self._stores
        with stores.platform.pipeline(transaction=False) as pipe:
            if stores.models is stores.platform:
                read_models.save(pipe, keyed)
            elif keyed:
                read_models.save(stores.models, keyed)
            stores.queue.wake(pipe, visit.tenant_hash)
            pipe.execute()

    def _visit(self, lease: Lease, models: Mapping[str, ReadModel]) -> Visit:
        return Visit(self._stores.tenant(lease), self._stores.tenant_hash(lease.tenant_id), models)
