"""The simulator as one WSGI application. Its state lives in one process, so there is one process."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from simulator.addon import manifest as manifests
from simulator.addon.event import Issuer
from simulator.addon.manifest import Manifest
from simulator.ai import doors as ai
from simulator.bad_days.doors import BadDays
from simulator.bad_days.kinds import BadDay
from simulator.bad_days.plan import Plan
from simulator.bad_days.weather import Weather
from simulator.changes import Changes
from simulator.control import Control
from simulator.drive.doors import Drive
from simulator.guard import objection
from simulator.identity import keys
from simulator.identity.granting import Granting
from simulator.identity.people import People
from simulator.identity.service_accounts import ServiceAccounts
from simulator.page import Page
from simulator.recordings import Recordings
from simulator.routing import Route, Routes
from simulator.sheets_api import quota as quotas
from simulator.sheets_api.doors import Sheets
from simulator.sheets_api.quota import Quota
from simulator.storage.file import new_file
from simulator.storage.store import Store
from simulator.wire import answer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST_BYTES = 10 * 1024 * 1024
_SEED = (("ada@example.com", "Ada", "My Discovery Map"), ("bob@example.com", "Bob", "Bob's Discovery Map"))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line says."""

    data: Path
    manifest: Path | None
    service_account: str
    client_id: str
    limits: quotas.Limits
    bad_days: tuple[BadDay, ...] = ()
    addon: str | None = None

    def addon_now(self) -> Manifest:
        """The add-on as its manifest has it at this moment. Raises `ManifestWrong`."""
        return manifests.read(self.manifest, self.addon)


class App:
    """Answers every request; `base_url` is where it is reached."""

    def __init__(self, settings: Settings, base_url: str) -> None:
        changes = Changes()
        store, plan = Store(settings.data / "files", changes.tell), Plan(settings.bad_days)
        self._weather = Weather(plan, store)
        self._routes = Routes((*BadDays(plan, store).routes(), *_doors(settings, base_url, changes, store)))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = MOST_BYTES
        return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        no = objection(request)
        if no:
            return answer({"error": no}, 403)
        found = self._routes.find(request)
        if found is None:
            return answer({"error": {"code": 404, "message": "Not Found", "status": "NOT_FOUND"}}, 404)
        handler, call = found
        try:
            return self._weather.answer(request, lambda: handler(call))
        except HTTPException as error:
            return answer({"error": error.description}, error.code or 500)
        except Exception as error:
            _report(error)
            return answer({"error": {"code": 500, "message": "Internal error encountered.", "status": "INTERNAL"}}, 500)


def _doors(settings: Settings, base_url: str, changes: Changes, store: Store) -> Iterator[Route]:
    people, quota = People(settings.data), Quota(settings.limits)
    _seed(people, store)
    issuer = Issuer(keys.kept(settings.data), settings.service_account, settings.client_id)
    control = Control(store, people, quota, issuer, settings.addon_now, base_url)
    yield from control.routes()
    yield from Recordings(control.send, settings.addon_now).routes()
    yield from ServiceAccounts(people, base_url).routes()
    yield from Granting(people).routes()
    yield from Page(store, changes).routes()
    yield from Sheets(store, people, quota).routes()
    yield from Drive(store, people).routes()
    yield from ai.routes()


def _seed(people: People, store: Store) -> None:
    """At the first start: two people, each with an empty Sheet that is not granted yet."""
    for email, name, title in _SEED:
        if people.by_email(email) is None:
            people.add(email, name)
            store.add(new_file(email, title))


def _report(error: Exception) -> None:
    """The kind of the error and its place; not its words, which may hold what a user wrote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    print(f"simulator: {type(error).__name__} at {place}", file=sys.stderr, flush=True)
