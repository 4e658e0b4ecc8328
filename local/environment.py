"""The settings that every program of the stack gets, by environment; nothing of the caller's own leaks in."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from local import keys
from local.orphans import MARK
from local.ports import HOST

CLIENT_ID = "numirror-local.apps.googleusercontent.com"
SERVICE_ACCOUNT = "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
KEPT = ("HOME", "LANG", "LC_ALL", "LOG_LEVEL", "PATH", "TMPDIR", "TZ", "USER", "WORKER_PROCESSES")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of one stack listen."""

    page: int  # port of the simulator: the page, and what stands for Google
    addon: int  # port of the product
    database: str
    redis: str

    @property
    def page_url(self) -> str:
        return f"http://{HOST}:{self.page}"

    @property
    def addon_url(self) -> str:
        return f"http://{HOST}:{self.addon}"


def environment(folder: Path, addresses: Addresses) -> Mapping[str, str]:
    """What the product, its workers and the simulator are started with."""
    google = addresses.page_url
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {
        MARK: str(folder),
        "PYTHONUNBUFFERED": "1",
        "NU_ENVIRONMENT": "local",
        "PUBLIC_BASE_URL": addresses.addon_url,
        "GOOGLE_OAUTH_CLIENT_ID": CLIENT_ID,
        "GOOGLE_ADDON_SERVICE_ACCOUNT": SERVICE_ACCOUNT,
        "GOOGLE_CERTS_URL": f"{google}/oauth2/v1/certs",
        "GOOGLE_SHEETS_URL": google,
        "GOOGLE_DRIVE_URL": google,
        "GOOGLE_TOKEN_URL": f"{google}/token",
        "AI_URLS": f"openai={google}/ai/v1",
        "NU_LOCAL_TARGETS": ",".join(_place(url) for url in (addresses.database, addresses.redis, google)),
        "DATABASE_URL": addresses.database,
        "REDIS_URL": addresses.redis,
        "TRIAL_AI_KEY": "offline-storyteller",
        "LLM_MASTER_KEY": keys.kept(folder / "master.key", _new_master_key),
        "SHEET_FLUSH_SECONDS": "2",
    }


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}"


def _new_master_key() -> str:
    return "k1:" + base64.b64encode(secrets.token_bytes(32)).decode()
