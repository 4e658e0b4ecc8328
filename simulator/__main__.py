"""`python -m simulator`: serves on 127.0.0.1 until it is told to stop (Ctrl-C or SIGTERM)."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import msgspec
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from simulator.addon import manifest
from simulator.app import App, Settings
from simulator.bad_days import cut
from simulator.bad_days.kinds import BadDay
from simulator.sheets_api.quota import GOOGLE, Limits

HOST = "127.0.0.1"


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
    settings = Settings(given.data, given.manifest, given.service_account, given.client_id, limits, given.bad_days)
    try:
        manifest.read(settings.manifest)
        server = _Server(HOST, given.port, _not_yet, _Quiet)
    except manifest.ManifestWrong as error:
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
    parser = argparse.ArgumentParser(prog="python -m simulator", description="A local Google, on 127.0.0.1 only.")
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--data", type=Path, required=True, help="the folder that keeps everything")
    parser.add_argument("--manifest", type=Path, required=True, help="the add-on's deployment, a JSON file")
    parser.add_argument("--service-account", required=True, help="the account that calls the add-on")
    parser.add_argument("--client-id", required=True, help="the add-on's OAuth client")
    parser.add_argument("--quota", action="store_true", help="enforce Google's limits of requests a minute")
    parser.add_argument("--bad-days", type=_days, default=(), help="troubles from the start, a JSON list")
    return parser.parse_args()


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
