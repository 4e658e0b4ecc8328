"""The values of a visit: where a request comes from, and what was lent for it."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from numirror.shell.log import Tenant
from numirror.shell.mirrors.redis import ReadModel
from numirror.shell.resources.leases import Lease
from numirror.shell.stores import DatabaseLost, NoDatabase
from numirror.shell.trial import Trial


class Place(msgspec.Struct, frozen=True):
    """Where and when a request comes from. The Sheet and the token are None until the person allowed their use."""

    now: datetime
    zone: str
    locale: str
    sheet_id: str | None
    google_token: str | None


class Visit(msgspec.Struct, frozen=True):
    """What was lent for a person, and the read models that were at hand, by stream. `trial` has the limits of one.

    `is_lane_closed` says that workers could not write the Sheet with the person's own service account, `is_present`
    that the person is there and no worker in their place. `address` is the one they have today, where they are there:
    their lease lies under that name too.
    """

    tenant_hash: str
    lease: Lease
    stored: Tenant | None
    models: Mapping[str, ReadModel]
    trial: Trial | None = None
    is_lane_closed: bool = False
    is_present: bool = True
    address: str = ""

    @property
    def tenant(self) -> Tenant:
        """Whose log it is, and where it lies. Raises `NoDatabase`, `DatabaseLost`."""
        if self.stored is None:
            raise DatabaseLost if self.lease.storage.source == "lost" else NoDatabase
        return self.stored
