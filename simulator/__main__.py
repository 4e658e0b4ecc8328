"""`python -m simulator`: serves on 127.0.0.1 until it is told to stop (Ctrl-C or SIGTERM)."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import msgspec
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from simulator.addon.manifest import ManifestWrong
from simulator.app import App, Settings
from simulator.bad_days import cut
from simulator.bad_days.kinds import BadDay
from simulator.files import FolderTaken, hold
from simulator.guard import is_loopback
from simulator.ports import HOST, chosen
from simulator.sheets_api.quota import GOOGLE, Limits

SERVICE_ACCOUNT = "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
CLIENT_ID = "simulator.apps.googleusercontent.com"
_FOLDER = Path(".simulator")


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request: an address may hold a token."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:
        """Nothing more is read from it either."""
        self.close_connection = True


class _Server(ThreadedWSGIServer):
    """Lets a connection that is to be reset go without a goodbye."""

    def shutdown_request(self, request: Any) -> None:
        if cut.is_marked(request):
            self.close_request(request)
        else:
            super().shutdown_request(request)


def main() -> int:
    """Serve; the exit code says whether the start went well."""
    given = _arguments()
    limits = GOOGLE if given.quota else Limits()
    settings = Settings(
        given.data, given.manifest, given.service_account, given.client_id, limits, given.bad_days, given.addon
    )
    try:
        settings.addon_now()
        hold(settings.data)
        server = _Server(HOST, chosen(given.port), _not_yet, _Quiet)
    except (ManifestWrong, FolderTaken) as error:
        return _fail(str(error))
    except (OSError, SystemExit):
        return _fail(f"Port {given.port} is in use or not allowed. Give another one with --port.")
    _serve(server, settings)
    return 0


def _serve(server: _Server, settings: Settings) -> None:
    base_url = f"http://{HOST}:{server.port}"
    server.app = App(settings, base_url)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"Simulator ready at {base_url}", flush=True)
    server.serve_forever()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="numirror simulator",
        description="A local Google and a local AI, on 127.0.0.1 only, for any add-on that speaks HTTP.",
    )
    add = parser.add_argument
    add("--addon", type=_address, metavar="URL", help="where the add-on answers: the addresses of its manifest are "
        "moved there. Without a manifest it is the address of its homepage")  # fmt: skip
    add("--manifest", type=Path, metavar="FILE", help="the add-on's deployment, JSON; read anew at each call")
    add("--port", type=int, help="of the page and of Google (8710, else a free one); 0 is a free one")
    add("--data", type=Path, metavar="FOLDER", default=_FOLDER, help=f"keeps everything ({_FOLDER})")
    add("--service-account", metavar="E-MAIL", default=SERVICE_ACCOUNT, help=f"who calls ({SERVICE_ACCOUNT})")
    add("--client-id", metavar="ID", default=CLIENT_ID, help=f"the add-on's OAuth client ({CLIENT_ID})")
    add(
        "--quota", action=argparse.BooleanOptionalAction, default=True, help="Google's limits of requests a minute (on)"
    )
    add("--bad-days", type=_days, metavar="JSON", default=(), help="troubles from the start, a list")
    return parser.parse_args()


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")) or (text.startswith("http://") and not is_loopback(text)):
        raise argparse.ArgumentTypeError("an address begins with https://, or with http:// on this machine")
    return text


def _days(text: str) -> tuple[BadDay, ...]:
    try:
        return msgspec.json.decode(text, type=tuple[BadDay, ...])
    except (msgspec.DecodeError, ValueError) as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _not_yet(environ: object, start_response: object) -> list[bytes]:
    return []


def _fail(sentence: str) -> int:
    print(f"simulator: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
