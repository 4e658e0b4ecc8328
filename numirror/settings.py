"""Settings: one typed, frozen object from the environment. Nothing else of the product reads the environment."""

import os
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

from numirror.kernel.errors import NuMirrorError

_HIDDEN = "hidden"
_LOCAL_TARGET = re.compile(r"(127\.0\.0\.1|localhost):\d{1,5}")
_AI_URL = re.compile(r"(openai|openrouter|gemini)=https?://[!-~]+")
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
    google_token_url: Annotated[str, _env("GOOGLE_TOKEN_URL")] = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address
    secret_manager_url: Annotated[str, _env("SECRET_MANAGER_URL")] = "https://secretmanager.googleapis.com"  # noqa: S105
    platform_account: Annotated[str | None, _env("PLATFORM_SERVICE_ACCOUNT", secret=True)] = None
    database_url: Annotated[str | None, _env("DATABASE_URL", secret=True)] = None
    trial_events: Annotated[int, _env("TRIAL_EVENTS", ge=1)] = 10_000
    trial_days: Annotated[int, _env("TRIAL_DAYS", ge=1)] = 90
    trial_ai_key: Annotated[str | None, _env("TRIAL_AI_KEY", secret=True)] = None
    trial_ai_provider: Annotated[Literal["openai", "openrouter", "gemini"], _env("TRIAL_AI_PROVIDER")] = "openai"
    trial_ai_model: Annotated[str, _env("TRIAL_AI_MODEL")] = ""
    redis_url: Annotated[str, _env("REDIS_URL", secret=True)]
    read_model_url: Annotated[str | None, _env("READ_MODEL_URL", secret=True)] = None
    master_key: Annotated[str, _env("LLM_MASTER_KEY", secret=True)]
    ai_urls: Annotated[str, _env("AI_URLS")] = ""
    local_targets: Annotated[str, _env("NU_LOCAL_TARGETS")] = ""
    sheet_flush_seconds: Annotated[float, _env("SHEET_FLUSH_SECONDS", ge=0, le=3600)] = 30.0
    worker_processes: Annotated[int, _env("WORKER_PROCESSES", ge=1, le=64)] = 2
    ask_processes: Annotated[int, _env("ASK_PROCESSES", ge=1, le=64)] = 1
    draw_processes: Annotated[int, _env("DRAW_PROCESSES", ge=1, le=64)] = 1
    connections: Annotated[int, _env("DATABASE_CONNECTIONS", ge=1, le=500)] = 40
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], _env("LOG_LEVEL")] = "INFO"

    def __repr__(self) -> str:
        return f"Settings({self.shown()})"

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def local_pairs(self) -> frozenset[tuple[str, int]]:
        """Host and port on this computer that people may name as their own, in a local environment."""
        pairs = (one.strip().rpartition(":") for one in self.local_targets.split(",") if one.strip())
        return frozenset((host, int(port)) for host, _, port in pairs)

    @property
    def ai_base_urls(self) -> dict[str, str]:
        """Provider to base URL, where it is another one than the provider's own."""
        pairs = (one.strip().partition("=") for one in self.ai_urls.split(",") if one.strip())
        return {provider: url for provider, _, url in pairs}

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """The settings of this process. Raises `SettingsWrong` with a sentence that names the variable."""
        given = {field: environ[name] for field, name in names().items() if environ.get(name)}
        for field in msgspec.structs.fields(cls):
            if field.required and field.name not in given:
                raise SettingsWrong(f"{names()[field.name]} is not set. See docs/settings.md for what it means.")
        settings = cls(**{field: _value(field, text) for field, text in given.items()})
        _check_urls(settings)
        _check_redis(settings)
        _check_lists(settings)
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
    for field in ("public_base_url", "certs_url", "sheets_url", "drive_url", "google_token_url", "secret_manager_url"):
        parts = urlsplit(getattr(settings, field))
        local = not settings.production and parts.scheme == "http" and parts.hostname in _LOOPBACK
        if not parts.netloc or not (parts.scheme == "https" or local) or parts.query or parts.fragment:
            raise SettingsWrong(f"{names()[field]} must be an https:// address without a query.")
    if settings.public_base_url.endswith("/"):
        raise SettingsWrong("PUBLIC_BASE_URL must not end with a slash: Google signs each address exactly.")


def is_cluster(url: str) -> bool:
    """Whether this names a Redis Cluster, by one of its nodes: `redis+cluster://` or `rediss+cluster://`."""
    return urlsplit(url).scheme in ("redis+cluster", "rediss+cluster")


def _check_redis(settings: Settings) -> None:
    if is_cluster(settings.redis_url):
        raise SettingsWrong("REDIS_URL must be one Redis, as jobs need it whole; READ_MODEL_URL may be a cluster.")


def _check_lists(settings: Settings) -> None:
    pairs = [one.strip() for one in settings.local_targets.split(",") if one.strip()]
    if pairs and settings.production:
        raise SettingsWrong("NU_LOCAL_TARGETS is for a local environment: nobody's own database is on this computer.")
    if not all(_LOCAL_TARGET.fullmatch(one) for one in pairs):
        raise SettingsWrong("NU_LOCAL_TARGETS is a list such as 127.0.0.1:5432,127.0.0.1:6379.")
    if not all(_AI_URL.fullmatch(one.strip()) for one in settings.ai_urls.split(",") if one.strip()):
        raise SettingsWrong("AI_URLS is a list such as openai=https://ai.example.com/v1.")
