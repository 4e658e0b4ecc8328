"""A local Secret Manager: a real HTTP server that answers as Google's does, or as the test wishes."""

from __future__ import annotations

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from numirror.shell.resources.secret_manager import crc32c

VERSION = "projects/numirror/secrets/master-key/versions/latest"


def answer(secret: bytes, **changes: object) -> bytes:
    """What Google answers for `secret`; `changes` are to its payload."""
    payload = {"data": base64.b64encode(secret).decode(), "dataCrc32c": str(crc32c(secret))} | changes
    return json.dumps({"name": VERSION.replace("latest", "3"), "payload": payload}).encode()


def service_account(file: Path) -> Path:
    """Credentials as `GOOGLE_APPLICATION_CREDENTIALS` names them.

    Of another universe than Google's own, so that google-auth signs the tokens itself and asks nobody.
    """
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    fields = {"type": "service_account", "private_key": pem, "private_key_id": "1", "project_id": "numirror"}
    fields |= {"client_email": "nu@numirror.example.com", "token_uri": "http://127.0.0.1:1/", "client_id": "1"}
    file.write_text(json.dumps(fields | {"universe_domain": "example.com"}))
    return file


class SecretManager:
    """Answers each GET with `status`, `headers` and `body`. If `drips`, the header takes 3 seconds."""

    def __init__(self) -> None:
        self.status, self.body = 200, b""
        self.headers: dict[str, str] = {}
        self.drips = False
        self.over = threading.Event()
        self.asked: list[tuple[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> SecretManager:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(place: SecretManager) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place.asked.append((self.path, self.headers["Authorization"] or ""))
            self.send_response(place.status)
            if place.drips:
                self._drip()
            for name, value in ({"Content-Length": str(len(place.body))} | place.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(place.body)

        def _drip(self) -> None:
            self.flush_headers()
            self.wfile.write(b"X-Slow: ")
            for _ in range(60):
                if place.over.wait(0.05):
                    break
                self.wfile.write(b".")
            self.wfile.write(b"\r\n")

        def log_message(self, *_: object) -> None:
            pass

    return Handler
