"""Who may knock: this machine only, and no page of another origin."""

from urllib.parse import urlsplit

from werkzeug.wrappers import Request

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_READING = frozenset({"GET", "HEAD"})


def objection(request: Request) -> str | None:
    """Why the simulator does not answer this request, or None.

    A name that does not mean this machine is refused, because a foreign page may point its own name at 127.0.0.1 (DNS
    rebinding). A write from a page of another origin is refused, because a browser sends it without asking."""
    host = request.environ.get("HTTP_HOST", "")
    if not is_loopback(f"//{host}"):
        return "The simulator answers on 127.0.0.1 and localhost only."
    if request.method not in _READING and _foreign(request, host):
        return "The simulator takes no writes from pages of another origin."
    return None


def is_loopback(url: str) -> bool:
    """Whether the host in `url` is this machine, by its literal name."""
    try:
        return urlsplit(url).hostname in _LOOPBACK
    except ValueError:
        return False


def _foreign(request: Request, host: str) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin != f"http://{host}"
    return request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}
