"""An AI that counts who asks, and answers as a test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, Any], dict[str, str]]


def told(text: str = "Granted.", asked: int = 1, replied: int = 1) -> Answer:
    message = {"role": "assistant", "content": text}
    return (
        200,
        {
            "model": "story-1",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": asked, "completion_tokens": replied, "total_tokens": asked + replied},
        },
        {},
    )


def no(status: int, **headers: str) -> Answer:
    return status, {"error": {"message": "no", "code": None}}, {k.replace("_", "-"): v for k, v in headers.items()}


class AiDouble:
    """`calls` are the bodies that came, `keys` who asked; `answer` says what to reply to the nth (from 0)."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.keys: set[str] = set()
        self.answer: Callable[[int], Answer] = lambda number: told()
        self.reached = threading.Event()
        self.over = threading.Event()
        self.url = ""
        self._lock = threading.Lock()

    def take(self, body: dict[str, Any]) -> Answer:
        with self._lock:
            self.calls.append(body)
            number = len(self.calls) - 1
        self.reached.set()
        return self.answer(number)


@contextmanager
def ai_double() -> Iterator[AiDouble]:
    double = AiDouble()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            double.keys.add(self.headers["Authorization"].removeprefix("Bearer "))
            status, answer, headers = double.take(body)
            sent = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(sent)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # whoever asked was killed

    server = Server(("127.0.0.1", 0), Door)
    double.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield double
    double.over.set()
    server.shutdown()
    server.server_close()
