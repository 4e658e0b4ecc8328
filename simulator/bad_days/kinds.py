"""What a bad day is, as it is asked for and as it is told."""

from typing import Literal

import msgspec

from simulator.bad_days.incidents import Incident

Api = Literal["sheets", "drive", "ai"]
Calls = Literal["reads", "writes"]
Kind = Literal[
    "unauthorized", "forbidden", "missing", "conflict", "tooMany", "internal", "unavailable",
    "slow", "hang", "reset", "lost", "stale", "meanwhile",
]  # fmt: skip

STATUSES: dict[Kind, int] = {
    "unauthorized": 401,
    "forbidden": 403,
    "missing": 404,
    "conflict": 409,
    "tooMany": 429,
    "internal": 500,
    "unavailable": 503,
}
"""Those that are an answer at once, without anything done."""


class BadDay(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """One trouble, for the calls it fits.

    `after` calls go well first; then `times` go wrong, or all until it is taken back. `seconds` is the wait of
    `slow` and the patience of `hang`; `retry_after` a header of the refusals, in seconds. `incident` is what somebody
    does right before a call is worked on (`meanwhile`).
    """

    kind: Kind
    api: Api | None = None
    calls: Calls | None = None
    after: int = 0
    times: int | None = None
    seconds: float = 3.0
    retry_after: int | None = None
    incident: Incident | None = None

    def __post_init__(self) -> None:
        if (self.kind == "meanwhile") != (self.incident is not None):
            raise ValueError("An `incident` belongs to `meanwhile`.")
        if self.after < 0 or (self.times is not None and self.times < 1) or not 0 <= self.seconds <= 600:
            raise ValueError("`after` is at least 0, `times` at least 1, `seconds` from 0 to 600.")

    def fits(self, api: Api, calls: Calls) -> bool:
        return self.api in (None, api) and self.calls in (None, calls)
