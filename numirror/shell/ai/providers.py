"""Whom an AI may be asked from: the providers that NuMirror knows by name, and where any of them answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class AiPlace(Protocol):
    """Where an AI answers; the guard's `AiTarget` is one. `url` is the base URL of its OpenAI-compatible interface."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def url(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """An `AiPlace` that the operator has set; one that a user brings is the guard's to make."""

    host: str
    port: int
    url: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's base URL and the model that is asked where the user names none."""

    name: str
    base_url: str
    model: str


PROVIDERS: Mapping[str, Provider] = {
    one.name: one
    for one in (
        # https://developers.openai.com/api/reference/overview
        Provider("openai", "https://api.openai.com/v1", "gpt-4o-mini"),
        # https://openrouter.ai/docs/api-reference/overview
        Provider("openrouter", "https://openrouter.ai/api/v1", "openai/gpt-4o-mini"),
        # https://ai.google.dev/gemini-api/docs/openai
        Provider("gemini", "https://generativelanguage.googleapis.com/v1beta/openai", "gemini-2.5-flash"),
    )
}


def place_of(provider: Provider, base_urls: Mapping[str, str]) -> Place:
    """Where this provider answers; `base_urls` are the operator's own, by provider, and take its URL's place.

    Raises `ValueError` for a URL that is neither https nor, on this machine, http.
    """
    url = base_urls.get(provider.name, provider.base_url).rstrip("/")
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.username is not None or parts.query or not (parts.scheme == "https" or _is_local(parts.scheme, host)):
        raise ValueError("the base URL of an AI provider must be https://, or http:// on this machine")
    return Place(host, parts.port or (443 if parts.scheme == "https" else 80), url)


def speaks_tls(place: AiPlace) -> bool:
    """Whether connections are encrypted. Raises `ValueError` where they are not and leave this machine."""
    parts = urlsplit(place.url)
    if parts.scheme != "https" and not _is_local(parts.scheme, place.host):
        raise ValueError("an AI is asked over TLS only")
    return parts.scheme == "https"


def _is_local(scheme: str, host: str) -> bool:
    return scheme == "http" and host in _LOOPBACK
