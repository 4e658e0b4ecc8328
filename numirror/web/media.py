"""The picture or file behind a link in a card."""

from datetime import UTC, datetime
from http import HTTPStatus

import structlog
from flask import Response, request

from numirror.kernel.errors import NuMirrorError
from numirror.shell.media import Gallery, LinkOver, NotYet
from numirror.shell.media.links import TYPES, VALID_FOR
from numirror.web.answers import problem_response

_KEEP = f"private, max-age={int(VALID_FOR.total_seconds())}, immutable"
"""A link names the state that is shown: another state has another link."""

log = structlog.get_logger()


def show(gallery: Gallery, tenant_hash: str, expires: int, domain: str, name: str) -> Response:
    """The bytes, or what is wrong with the link; 503 where they come in a moment."""
    try:
        content = gallery.show(tenant_hash, expires, domain, name, request.args, datetime.now(UTC))
    except NuMirrorError as error:
        return _problem(error)
    kind = name.rpartition(".")[2]
    response = Response(content, mimetype=TYPES[kind])
    response.headers["Cache-Control"] = _KEEP
    if kind != "png":
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _problem(error: NuMirrorError) -> Response:
    log.info("no picture", error=type(error).__name__)
    match error:
        case NotYet():
            response = problem_response(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
            response.headers["Retry-After"] = "1"
            return response
        case LinkOver():
            return problem_response(HTTPStatus.GONE, str(error))
        case _:
            return problem_response(HTTPStatus.NOT_FOUND, str(error))
