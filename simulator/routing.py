"""Which function answers which path. Paths are matched undecoded: `A1%3Aclear` is a range, `A1:clear` is a verb."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from werkzeug.wrappers import Request, Response

_NAME = re.compile(r"\{(\w+)(\.\.\.)?\}")


@dataclass(frozen=True, slots=True)
class Call:
    """One request, and the names read from its path."""

    request: Request
    names: dict[str, str]

    def query(self, name: str, default: str = "") -> str:
        return self.request.args.get(name, default)


Handler = Callable[[Call], Response]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: re.Pattern[str]
    handler: Handler


def route(method: str, path: str, handler: Handler) -> Route:
    """A route. In `path`, `{name}` takes one segment without a colon, `{name...}` takes all the rest."""
    pattern, end = "", 0
    for found in _NAME.finditer(path):
        taken = ".+" if found[2] else "[^/:]+"
        pattern += re.escape(path[end : found.start()]) + f"(?P<{found[1]}>{taken})"
        end = found.end()
    return Route(method, re.compile(pattern + re.escape(path[end:])), handler)


class Routes:
    """All routes, in order: the first that fits answers."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = tuple(routes)

    def find(self, request: Request) -> tuple[Handler, Call] | None:
        """The function for this request and its call, or None."""
        path = raw_path(request)
        for candidate in self._routes:
            found = candidate.path.fullmatch(path)
            if found and candidate.method == request.method:
                names = {name: unquote(text) for name, text in found.groupdict().items()}
                return candidate.handler, Call(request, names)
        return None


def raw_path(request: Request) -> str:
    """The path as the client wrote it."""
    target: str = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or request.path
    return target.partition("?")[0] if target.startswith("/") else urlsplit(target).path
