"""A tiny HTTP server that plays the add-on: it keeps what it was sent and answers what a test laid ready."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    event: dict[str, Any]


@dataclass
class AddonDouble:
    """`answers` by path: status and body; everything else gets a good answer for a trigger."""

    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)

    def __enter__(self) -> AddonDouble:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, body: object, status: int = 200) -> None:
        self.answers[path] = (status, body if isinstance(body, bytes) else json.dumps(body).encode())

    def forget(self) -> None:
        self.answers.clear()
        self.received.clear()

    def manifest(self) -> dict[str, Any]:
        """A deployment whose URLs all lead here."""
        granted = {"runFunction": f"{self.url}/addon/granted"}
        home = {"runFunction": f"{self.url}/addon/home"}
        scopes = ["drive.file", "userinfo.email", "script.locale"]
        return {
            "oauthScopes": [f"https://www.googleapis.com/auth/{scope}" for scope in scopes],
            "addOns": {
                "common": {
                    "name": "NuMirror",
                    "homepageTrigger": {"runFunction": f"{self.url}/addon/common"},
                    "universalActions": [
                        {"label": "Help", "runFunction": f"{self.url}/addon/help"},
                        {"label": "Site", "openLink": "https://example.com/"},
                    ],
                },
                "sheets": {"homepageTrigger": home, "onFileScopeGrantedTrigger": granted},
            },
        }


GOOD_TRIGGER: dict[str, Any] = {
    "action": {"navigations": [{"pushCard": {"sections": [{"widgets": [{"divider": {}}]}]}}]}
}


def _handler(addon: AddonDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            addon.received.append(Received(self.path, dict(self.headers.items()), json.loads(body)))
            status, answer = addon.answers.get(self.path, (200, json.dumps(GOOD_TRIGGER).encode()))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status == 302:
                self.send_header("Location", "/addon/elsewhere")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
