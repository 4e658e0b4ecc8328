"""What the resources of a person point to: read by the guard's rules, shown without secrets, known by a fingerprint."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import redis

from numirror.kernel.errors import NuMirrorError
from numirror.shell.ai.providers import PROVIDERS, AiPlace, place_of
from numirror.shell.log import Target
from numirror.shell.resources.guard import redis_client
from numirror.shell.resources.guard.guard import Guard, fingerprint
from numirror.shell.resources.guard.targets import parse_ai_url, parse_database_url, parse_redis_url
from numirror.shell.resources.resolution import AiConfig, Kind, ServiceAccount, Url


class ProviderUnknown(NuMirrorError):
    """Of another provider NuMirror needs the https:// address too. Enter it, or choose one of the list."""


class Targets:
    """Reads the addresses that people bring. One that breaks a rule raises `TargetRefused`.

    `ai_urls` are the base URLs of the providers that are known by name.
    """

    def __init__(self, guard: Guard, ai_urls: Mapping[str, str]) -> None:
        self.guard = guard
        self._ai_urls = ai_urls

    def database(self, own: Url, owner: str) -> Target:
        """The Postgres of a tenant, not yet looked up."""
        return parse_database_url(own.url, owner)

    def redis(self, own: Url, owner: str) -> redis.Redis:
        """A client for the own Redis of a tenant, which dials the address that the guard has checked now."""
        target = parse_redis_url(own.url)
        return redis_client.connect(target, self.guard.admit(target.host, target.port, owner))

    def ai(self, config: AiConfig) -> tuple[AiPlace, str]:
        """Where an account is used, and the model that is asked. Raises `TargetRefused` and `ProviderUnknown`."""
        if config.base_url:
            return parse_ai_url(config.base_url), config.model
        provider = PROVIDERS.get(config.provider)
        if provider is None:
            raise ProviderUnknown
        return place_of(provider, self._ai_urls), config.model or provider.model

    def fingerprint(self, kind: Kind, value: Any) -> str | None:
        """What the owner's yes is compared with: where, and who is let in there. None where a rule is broken."""
        try:
            return self._fingerprint(value, kind)
        except (NuMirrorError, ValueError, KeyError, TypeError):
            return None

    def where(self, kind: Kind, value: Any) -> tuple[str, int, str]:
        """Host, port and name, as the owner may see them. Raises `TargetRefused`."""
        match kind:
            case "database":
                target = self.database(value, "")
                return target.host, target.port, target.dbname
            case "redis":
                own = parse_redis_url(value.url)
                return own.host, own.port, str(own.db)
            case "ai":
                return self.ai(value)[0].host if value.base_url else value.provider, 0, value.model
            case "google":
                return "", 0, email_of(value)

    def _fingerprint(self, value: Any, kind: Kind) -> str:
        match value:
            case Url() if kind == "database":
                return fingerprint(self.database(value, ""))
            case Url():
                return fingerprint(parse_redis_url(value.url))
            case AiConfig(base_url="", provider=provider):
                # The key too: it says whose account it is, and who holds that can read what is asked.
                return _digest("ai", provider, value.key)
            case AiConfig():
                return _digest("ai", fingerprint(parse_ai_url(value.base_url)), value.key)
            case ServiceAccount():
                return _digest("google", email_of(value))
        raise TypeError


def email_of(account: ServiceAccount) -> str:
    """The address of a service account, to share a Sheet with. Raises `ValueError`, `KeyError`, `TypeError`."""
    return str(json.loads(account.file)["client_email"])


def _digest(*parts: str) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()
