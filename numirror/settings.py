"""Settings: one typed, frozen object from the environment. Nothing else of the product reads the environment."""

import os
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

from numirror.kernel.errors import NuMirrorError

_HIDDEN = "hidden"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsWrong(NuMirrorError):
    """A setting is missing or wrong. Its name stands in the message; mend it and start again."""


def _env(name: str, *, secret: bool = False, **limits: Any) -> msgspec.Meta:
    return msgspec.Meta(title=name, extra={_HIDDEN: secret}, **limits)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator sets. The title of each field is the variable's name."""

    environment: Annotated[Literal["local", "production"], _env("NU_ENVIRONMENT")] = "production"
    public_base_url: Annotated[str, _env("PUBLIC_BASE_URL")]
    oauth_client_id: Annotated[str, _env("GOOGLE_OAUTH_CLIENT_ID", min_length=1)]
    addon_service_account: Annotated[str, _env("GOOGLE_ADDON_SERVICE_ACCOUNT", min_length=3)]
    certs_url: Annotated[str, _env("GOOGLE_CERTS_URL")] = "https://www.googleapis.com/oauth2/v1/certs"
    sheets_url: Annotated[str, _env("GOOGLE_SHEETS_URL")] = "https://sheets.googleapis.com"
    drive_url: Annotated[str, _env("GOOGLE_DRIVE_URL")] = "https://www.googleapis.com"
    database_url: Annotated[str, _env("DATABASE_URL", secret=True)]
    redis_url: Annotated[str, _env("REDIS_URL", secret=True)]
    read_model_url: Annotated[str | None, _env("READ_MODEL_URL", secret=True)] = None
    master_key: Annotated[str, _env("LLM_MASTER_KEY", secret=True)]
    sheet_flush_seconds: Annotated[float, _env("SHEET_FLUSH_SECONDS", ge=0, le=3600)] = 30.0
    worker_processes: Annotated[int, _env("WORKER_PROCESSES", ge=1, le=64)] = 2
    connections: Annotated[int, _env("DATABASE_CONNECTIONS", ge=1, le=500)] = 40
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], _env("LOG_LEVEL")] = "INFO"

    def __repr__(self) -> str:
        return f"Settings({self.shown()})"

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """The settings of this process. Raises `SettingsWrong` with a sentence that names the variable."""
        given = {field: environ[name] for field, name in names().items() if environ.get(name)}
        for field in msgspec.structs.fields(cls):
            if field.required and field.name not in given:
                raise SettingsWrong(f"{names()[field.name]} is not set. See docs/settings.md for what it means.")
        settings = cls(**{field: _value(field, text) for field, text in given.items()})
        _check_urls(settings)
        return settings

    def shown(self) -> dict[str, str]:
        """Variable to value, secrets hidden; what `numirror settings` prints."""
        return {
            name: "***" if field in secrets() and getattr(self, field) else str(getattr(self, field) or "")
            for field, name in names().items()
        }


def _meta(annotation: object) -> msgspec.Meta:
    meta: msgspec.Meta = annotation.__metadata__[0]  # type: ignore[attr-defined]
    return meta


def names() -> dict[str, str]:
    """Field to variable."""
    return {name: str(_meta(hint).title) for name, hint in Settings.__annotations__.items()}


def secrets() -> frozenset[str]:
    """The fields whose values must not be shown."""
    return frozenset(n for n, hint in Settings.__annotations__.items() if (_meta(hint).extra or {})[_HIDDEN])


def _value(field: str, text: str) -> Any:
    try:
        return msgspec.convert(text, Settings.__annotations__[field], strict=False)
    except msgspec.ValidationError as error:
        reason = "" if field in secrets() else f" ({error})"
        raise SettingsWrong(f"{names()[field]} has a value that does not fit{reason}.") from None


def _check_urls(settings: Settings) -> None:
    for field in ("public_base_url", "certs_url", "sheets_url", "drive_url"):
        parts = urlsplit(getattr(settings, field))
        local = not settings.production and parts.scheme == "http" and parts.hostname in _LOOPBACK
        if not parts.netloc or not (parts.scheme == "https" or local) or parts.query or parts.fragment:
            raise SettingsWrong(f"{names()[field]} must be an https:// address without a query.")
    if settings.public_base_url.endswith("/"):
        raise SettingsWrong("PUBLIC_BASE_URL must not end with a slash: Google signs each address exactly.")
