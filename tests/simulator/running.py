"""The simulator as a process, and the clients that judge it: gspread, google-api-python-client, requests."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import gspread
import requests
from google.oauth2.credentials import Credentials
from requests.adapters import HTTPAdapter

ROOT = Path(__file__).parents[2]
SERVICE_ACCOUNT = "service-123456789@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
CLIENT_ID = "123-abc.apps.googleusercontent.com"
_START_SECONDS = 30


class Redirected(HTTPAdapter):
    """Sends what is meant for Google to the simulator."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base = urlsplit(base_url)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(str(request.url))
        request.url = urlunsplit((self._base.scheme, self._base.netloc, parts.path, parts.query, ""))
        return super().send(request, *args, **kwargs)


@dataclass
class Simulator:
    """One process; `stop` ends it, `start` begins it again on the same data."""

    data: Path
    manifest: Path
    extra: tuple[str, ...] = ()

    def start(self) -> Simulator:
        command = [sys.executable, "-m", "simulator", "--port", "0", "--data", str(self.data)]
        command += [
            "--manifest",
            str(self.manifest),
            "--service-account",
            SERVICE_ACCOUNT,
            "--client-id",
            CLIENT_ID,
            "--no-quota",
        ]
        self._process = subprocess.Popen(
            [*command, *self.extra], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.url = line_of(self._process).rpartition(" ")[2]
        assert self.url.startswith("http://127.0.0.1:")
        return self

    def stop(self, *, kill: bool = False) -> int:
        if kill:
            self._process.kill()
        else:
            self._process.terminate()
        code = self._process.wait(10)
        assert self._process.stdout
        self._process.stdout.close()
        return code

    def get(self, path: str, **query: Any) -> Any:
        return requests.get(self.url + path, params=query, timeout=10).json()

    def post(self, path: str, body: object) -> Any:
        return requests.post(self.url + path, json=body, timeout=40).json()

    def event(self, entry: str, **more: Any) -> Any:
        return self.post("/sim/event", {"entry": entry, **more})


@dataclass(frozen=True)
class Account:
    """A person with one Sheet."""

    simulator: Simulator
    email: str
    token: str
    sheet: str

    def grant(self, sheet: str | None = None) -> None:
        self.simulator.event("granted", user=self.email, spreadsheetId=sheet or self.sheet)

    def gspread(self) -> gspread.Client:
        session = requests.Session()
        session.mount("https://", Redirected(self.simulator.url))
        session.headers["Authorization"] = f"Bearer {self.token}"
        return gspread.Client(auth=None, session=session)

    def google(self, api: str, version: str) -> Any:
        """google-api-python-client, built from its own discovery documents.

        The endpoint takes the place of the whole base URL, which for Drive has a path."""
        from googleapiclient.discovery import build

        options = {"api_endpoint": self.simulator.url + ("/drive/v3/" if api == "drive" else "")}
        return build(api, version, credentials=Credentials(self.token), client_options=options, static_discovery=True)

    def call(self, method: str, path: str, body: object = None, **query: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(method, self.simulator.url + path, params=query, json=body, headers=headers, timeout=10)

    def values(self, range_: str, **query: Any) -> Any:
        return self.call("GET", f"/v4/spreadsheets/{self.sheet}/values/{range_}", **query).json()

    def put(self, range_: str, values: list[list[Any]], mode: str = "RAW", **query: Any) -> Any:
        path = f"/v4/spreadsheets/{self.sheet}/values/{range_}"
        return self.call("PUT", path, {"values": values}, valueInputOption=mode, **query).json()

    def batch(self, *requests_: object) -> Any:
        path = f"/v4/spreadsheets/{self.sheet}:batchUpdate"
        return self.call("POST", path, {"requests": requests_}).json()

    def resource(self, **query: Any) -> Any:
        return self.call("GET", f"/v4/spreadsheets/{self.sheet}", **query).json()


def line_of(process: subprocess.Popen[str]) -> str:
    """The next line that it prints."""
    assert process.stdout
    assert select.select([process.stdout], [], [], _START_SECONDS)[0], "The simulator did not start in time."
    return process.stdout.readline().strip()


def write_manifest(path: Path, manifest: object) -> Path:
    path.write_text(json.dumps(manifest))
    return path
