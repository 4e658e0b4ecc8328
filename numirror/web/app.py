"""The Flask application."""

import secrets
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars
from werkzeug.exceptions import HTTPException

from numirror import catalog
from numirror.handle import Handler, visits_of
from numirror.settings import Settings
from numirror.shell.google.identity import Verifier
from numirror.shell.logs import configure
from numirror.shell.media import Gallery, MediaLinks, Pictures
from numirror.shell.reading import SheetReader
from numirror.shell.stores import Stores
from numirror.shell.visits import Visits
from numirror.web.actions import ActionSigner
from numirror.web.answers import Front, Kind, json_response, problem_response
from numirror.web.event import BODY_LIMIT
from numirror.web.exports import download
from numirror.web.media import show
from numirror.web.pages import Ask, Pages
from numirror.web.render import JSON
from numirror.web.sidebar import Sidebar

if TYPE_CHECKING:
    from numirror.shell.account.leaving import Exports
    from numirror.web.house.actions import House
    from numirror.web.imports import Uploads

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}

log = structlog.get_logger()


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready for gunicorn. Reads the environment if no settings are given; raises `SettingsWrong`."""
    settings = settings or Settings.read()
    configure(settings.log_level)
    stores = Stores(settings)
    visits = visits_of(stores)
    signer = ActionSigner(stores.key_for("actions"))
    links = MediaLinks(stores.key_for("media"))
    sidebar = Sidebar(
        Handler(stores.log, visits),
        cache(partial(_house, stores, visits)),
        SheetReader(settings.sheets_url),
        signer,
        Pages(signer, links.path, settings.public_base_url),
    )
    verifier = Verifier(
        client_id=settings.oauth_client_id,
        service_account=settings.addon_service_account,
        certs_url=settings.certs_url,
    )
    front = Front(verifier, settings.public_base_url, stores.tenant_hash)
    app = flask_app(sidebar, front, cache(partial(_exports, stores)))
    picture = partial(show, Gallery(links, Pictures(stores)))
    upload = partial(_import, cache(partial(_uploads, stores, visits)))
    app.add_url_rule("/import/<tenant_hash>/<int:expires>/<seal>", "import", upload, methods=["GET", "POST"])
    app.add_url_rule("/media/<tenant_hash>/<int:expires>/<domain>/<name>", "media", picture)
    return app


def _house(stores: Stores, visits: Visits) -> "House":
    """Loaded at the first click on it: most processes start for cards of domains."""
    from numirror.shell.account.account import Account
    from numirror.web.house.actions import House

    return House(Account(stores, visits, _exports(stores)))


def _exports(stores: Stores) -> "Exports":
    from numirror.shell.account.leaving import Exports

    return Exports(stores, catalog.TABS)


def _uploads(stores: Stores, visits: Visits) -> "Uploads":
    """Loaded at the first import, as few people ever make one."""
    from numirror.shell.account.importing import Imports
    from numirror.web.imports import Uploads

    return Uploads(Imports(stores, visits))


def flask_app(sidebar: Sidebar, front: Front, exports: "Callable[[], Exports]") -> Flask:
    """The routes, and what surrounds every answer."""
    app = Flask("numirror", static_folder=str(Path(__file__).parent / "static"), static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.before_request(_begin)
    app.after_request(_end)
    app.register_error_handler(HTTPException, _http_problem)
    replies: dict[str, tuple[Kind, Callable[[Ask], JSON]]] = {
        "home": ("trigger", sidebar.home),
        "granted": ("trigger", sidebar.granted),
        "act": ("callback", sidebar.act),
        "refresh": ("callback", sidebar.refresh),
        "connections": ("callback", sidebar.connections),
        "help": ("callback", sidebar.help),
    }
    for domain, number, entry in catalog.MENU:
        replies[f"menu/{domain.name}/{number}"] = ("callback", partial(sidebar.open, domain=domain, entry=entry))
    for name, (kind, reply) in replies.items():
        app.add_url_rule(f"/addon/{name}", name, partial(_answer, front, kind, reply), methods=["POST"])
    app.add_url_rule("/export/<tenant_hash>/<int:expires>/<seal>", "export", partial(download, exports))
    app.add_url_rule("/health", "health", _health)
    return app


def _answer(front: Front, kind: Kind, reply: Callable[[Ask], JSON]) -> Response:
    return front.answer(kind, g.reference, reply)


def _import(uploads: "Callable[[], Uploads]", tenant_hash: str, expires: int, seal: str) -> Response:
    return uploads().answer(tenant_hash, expires, seal)


def _health() -> Response:
    """That this process serves. It asks nobody else, so a slow database takes no web process away."""
    return json_response({"status": "ok"})


def _begin() -> None:
    g.started = time.perf_counter()
    g.reference = secrets.token_hex(5)
    bind_contextvars(reference=g.reference)


def _end(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    milliseconds = round((time.perf_counter() - g.started) * 1000, 1)
    # The rule, not the path: that of a link holds its seal.
    path = request.url_rule.rule if request.url_rule else None
    log.info("request", path=path, status=response.status_code, ms=milliseconds)
    clear_contextvars()
    return response


def _http_problem(error: HTTPException) -> Response:
    return problem_response(error.code or 500, error.description or "")
