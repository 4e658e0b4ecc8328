"""The quota of the Sheets API (https://developers.google.com/workspace/sheets/api/limits)."""

import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from typing import Literal

import msgspec

from simulator.sheets.errors import TooMany
from simulator.wire import Json

Use = Literal["Read", "Write"]
_MINUTE = 60.0


class Limits(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Requests a minute, for all people together and for each; None means no limit."""

    project: int | None = None
    user: int | None = None


GOOGLE = Limits(project=300, user=60)


class Quota:
    """Counts the reads and the writes of the last minute."""

    def __init__(self, limits: Limits) -> None:
        self._lock = threading.Lock()
        self._limits = limits
        self._used: dict[tuple[Use, str], deque[float]] = {}
        self._ever: Counter[tuple[Use, str]] = Counter()

    def set(self, limits: Limits) -> None:
        """New limits; what was used is forgotten."""
        with self._lock:
            self._limits = limits
            self._used.clear()

    def spend(self, use: Use, email: str) -> None:
        """Count one request. Raises `TooMany` when the minute is used up; a refused request is not counted."""
        with self._lock:
            everyone, own = self._recent(use, ""), self._recent(use, email)
            _check(use, everyone, self._limits.project, "minute")
            _check(use, own, self._limits.user, "minute per user")
            moment = time.monotonic()
            everyone.append(moment)
            own.append(moment)
            self._ever[use, email] += 1

    def ever(self, email: str) -> dict[str, int]:
        """The reads and the writes of a person since the start."""
        with self._lock:
            return _counts(self._ever, email)

    def shown(self) -> Json:
        """The limits, and what was used in the last minute: by all together, and by each."""
        with self._lock:
            used = {key: len(self._recent(*key)) for key in list(self._used)}
        people = sorted({who for _, who in used if who})
        return {
            "limits": msgspec.to_builtins(self._limits),
            "used": _counts(used, ""),
            "people": {who: _counts(used, who) for who in people},
        }

    def _recent(self, use: Use, who: str) -> deque[float]:
        times = self._used.setdefault((use, who), deque())
        while times and times[0] < time.monotonic() - _MINUTE:
            times.popleft()
        return times


def _counts(used: Mapping[tuple[Use, str], int], who: str) -> dict[str, int]:
    return {"reads": used.get(("Read", who), 0), "writes": used.get(("Write", who), 0)}


def _check(use: Use, times: deque[float], limit: int | None, span: str) -> None:
    if limit is None or len(times) < limit:
        return
    metadata = {
        "service": "sheets.googleapis.com",
        "consumer": "projects/1",
        "quota_metric": f"sheets.googleapis.com/{use.lower()}_requests",
        "quota_limit": f"{use}RequestsPerMinute{'PerUser' if 'user' in span else 'PerProject'}",
        "quota_limit_value": str(limit),
    }
    raise TooMany(
        f"Quota exceeded for quota metric '{use} requests' and limit '{use} requests per {span}' of service "
        "'sheets.googleapis.com' for consumer 'project_number:1'.",
        [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": metadata,
            }
        ],
    )
