"""Between a request and its answer stands the weather: on a bad day the answer is late, wrong, half or not at all."""

import threading
from collections.abc import Callable, Iterator

from werkzeug.wrappers import Request, Response

from simulator.bad_days import cut
from simulator.bad_days.answers import refusal
from simulator.bad_days.incidents import happen_if_possible
from simulator.bad_days.kinds import STATUSES, Api, BadDay, Calls
from simulator.bad_days.plan import Plan
from simulator.routing import raw_path
from simulator.storage.store import Store

_APIS: dict[str, Api] = {"/v4/": "sheets", "/drive/": "drive", "/upload/drive/": "drive", "/ai/": "ai"}
Work = Callable[[], Response]


class Weather:
    """Asks the plan at each call of an API; everything else, the control door above all, is always fair."""

    def __init__(self, plan: Plan, store: Store) -> None:
        self._plan = plan
        self._store = store
        self._lock = threading.Lock()
        self._since: threading.Event | None = None
        self._seen: dict[tuple[str, str], tuple[int, bytes, str | None]] = {}

    def answer(self, request: Request, work: Work) -> Response:
        """What comes of `work`, which is done or not, as the day is."""
        api = _api(request)
        taken = api and self._plan.take(api, _calls(request))
        if not api or not taken:
            return work()
        day, over = taken
        if day.kind in STATUSES:
            return refusal(day, api)
        return self._late_or_broken(request, work, day, over)

    def _late_or_broken(self, request: Request, work: Work, day: BadDay, over: threading.Event) -> Response:
        match day.kind:
            case "slow":
                over.wait(day.seconds)
            case "hang":
                over.wait(day.seconds)
                return _cut(request)
            case "lost":
                work()
                return _cut(request)
            case "reset":
                return _half(request, work())
            case "stale" if _calls(request) == "reads":
                return self._stale(request, work, over)
            case "meanwhile" if day.incident:
                happen_if_possible(self._store, day.incident)
        return work()

    def _stale(self, request: Request, work: Work, since: threading.Event) -> Response:
        """What the same read was answered the first time in these bad days."""
        named = request.headers.get("Authorization", ""), request.url
        with self._lock:
            if since is not self._since:
                self._since, self._seen = since, {}
            if named not in self._seen:
                fresh = work()
                self._seen[named] = fresh.status_code, fresh.get_data(), fresh.content_type
            status, body, kind = self._seen[named]
        return Response(body, status, content_type=kind)


def _api(request: Request) -> Api | None:
    path = raw_path(request)
    return next((api for start, api in _APIS.items() if path.startswith(start)), None)


def _calls(request: Request) -> Calls:
    return "reads" if request.method == "GET" else "writes"


def _cut(request: Request) -> Response:
    """No answer: the connection is reset."""
    return Response(_until_reset(request, b""))


def _half(request: Request, whole: Response) -> Response:
    """The head, and half of the body that it promises."""
    body = whole.get_data()
    broken = Response(_until_reset(request, body[: len(body) // 2]), whole.status_code)
    broken.headers["Content-Type"] = whole.headers["Content-Type"]
    broken.headers["Content-Length"] = str(len(body))
    return broken


def _until_reset(request: Request, part: bytes) -> Iterator[bytes]:
    if part:
        yield part
    cut.mark(request.environ["werkzeug.socket"])
    raise ConnectionResetError
