"""Whose database, whose Redis, whose AI: the user's override in Meta, then their vault, then the operator's trial.

Pure: what the Discovery Map says comes in as an `OpenedMap`. An override counts only if the owner has said yes to its
target (threat model, section 2): until then it is a `Proposal`, and nothing is dialled.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

import msgspec

from numirror.shell.resources.bindings import FIELD, Bindings, Bound
from numirror.shell.resources.secret import Hidden

Kind = Literal["database", "redis", "ai", "google"]
Source = Literal["meta", "vault", "trial", "none", "lost"]
"""Where a resource comes from. One is lost where its owner brought one, and what they said of it can't be read now."""

DATABASE_URL, REDIS_URL = "DATABASE_URL", "REDIS_URL"
AI_PROVIDER, AI_KEY, AI_MODEL, AI_BASE_URL = "AI_PROVIDER", "AI_KEY", "AI_MODEL", "AI_BASE_URL"

_NO_OTHER: frozenset[Kind] = frozenset({"database", "ai"})
"""Where somebody's own is lost, the operator's does not step in: it would hold what they kept to themselves."""

T = TypeVar("T")


class Url(Hidden, frozen=True):
    """An address with what it needs to be let in."""

    url: str


class AiConfig(Hidden, frozen=True):
    """An account with an AI provider. An empty `base_url` or `model` is the provider's usual one."""

    provider: str
    key: str
    model: str = ""
    base_url: str = ""


class ServiceAccount(Hidden, frozen=True):
    """The JSON key file of a Google service account, as text."""

    file: str


class Resource(Hidden, Generic[T], frozen=True):
    """What is used, where it comes from, and when it was last seen to work. `value` is None where there is none.

    `milliseconds` is how long it took to answer then.
    """

    value: T | None
    source: Source
    checked_at: datetime | None = None
    milliseconds: float = 0.0

    @property
    def is_there(self) -> bool:
        """Whether there is one at all."""
        return self.source not in ("none", "lost")


TRIAL: Resource[Any] = Resource(None, "trial")
NONE: Resource[Any] = Resource(None, "none")


def lendable(resource: Resource[T]) -> Resource[T]:
    """What goes into a lease: the operator's own addresses need not travel."""
    return TRIAL if resource.source == "trial" else resource


class OpenedMap(Hidden, frozen=True):
    """What a Discovery Map says: the settings of `Meta`, the opened entries of `Vault` and the owner's yeses.

    `unreadable` names the entries that could not be opened: they have to be entered again. `is_theirs` says that the
    entries were sealed for this person, and not for whoever a copied Sheet belonged to.
    """

    settings: Mapping[str, str] = {}
    secrets: Mapping[str, bytes] = {}
    bindings: Bindings = Bindings()
    unreadable: tuple[str, ...] = ()
    is_theirs: bool = False

    def had(self, kind: Kind) -> bool:
        """Whether the person brought one of their own, be it readable or not."""
        unread = self.is_theirs and not {kind, FIELD}.isdisjoint(self.unreadable)
        return unread or kind in self.secrets or kind in self.bindings.bound


Fingerprint = Callable[[Kind, Any], str | None]
"""Of a value's target: what a binding is compared with; None for a value that can't be used at all."""


def resolve_storage_url(given: OpenedMap, fingerprint: Fingerprint, trial: str | None) -> Resource[Url]:
    """The Postgres that holds the user's log."""
    override = _url(given, DATABASE_URL)
    return _resolve("database", given, override, Url, fingerprint, Url(trial) if trial else None)


def resolve_read_model_url(given: OpenedMap, fingerprint: Fingerprint, trial: str | None) -> Resource[Url]:
    """The Redis that holds the user's read models."""
    override = _url(given, REDIS_URL)
    return _resolve("redis", given, override, Url, fingerprint, Url(trial) if trial else None)


def resolve_ai_config(given: OpenedMap, fingerprint: Fingerprint, trial: AiConfig | None) -> Resource[AiConfig]:
    """The account that stories are told with."""
    return _resolve("ai", given, ai_override(given), AiConfig, fingerprint, trial)


def resolve_google(given: OpenedMap, fingerprint: Fingerprint) -> Resource[ServiceAccount]:
    """The user's own service account; without one, workers use what they are lent."""
    return _resolve("google", given, None, ServiceAccount, fingerprint, None)


def ai_override(given: OpenedMap) -> AiConfig | None:
    """The account that is typed in the open in `Meta`: its key at least."""
    key = given.settings.get(AI_KEY)
    if not key:
        return None
    provider = given.settings.get(AI_PROVIDER, "openai")
    return AiConfig(provider, key, given.settings.get(AI_MODEL, ""), given.settings.get(AI_BASE_URL, ""))


def proposals(given: OpenedMap, fingerprint: Fingerprint) -> tuple[Kind, ...]:
    """The overrides in `Meta` that wait for the owner's yes."""
    overrides: dict[Kind, object] = {
        "database": _url(given, DATABASE_URL),
        "redis": _url(given, REDIS_URL),
        "ai": ai_override(given),
    }
    return tuple(
        kind
        for kind, value in overrides.items()
        if value is not None and _bound(kind, given, value, fingerprint) is None
    )


def _url(given: OpenedMap, key: str) -> Url | None:
    text = given.settings.get(key)
    return Url(text) if text else None


def _resolve(
    kind: Kind,
    given: OpenedMap,
    override: T | None,
    shape: type[T],
    fingerprint: Fingerprint,
    trial: T | None,
) -> Resource[T]:
    kept = _kept(given.secrets.get(kind), shape)
    for source, value in (("meta", override), ("vault", kept)):
        bound = None if value is None else _bound(kind, given, value, fingerprint)
        if bound is not None:
            return Resource(value, source, bound.checked_at, bound.milliseconds)  # type: ignore[arg-type]
    if kind in _NO_OTHER and given.had(kind):
        return Resource(None, "lost")
    return Resource(trial, "none" if trial is None else "trial")


def _kept(secret: bytes | None, shape: type[T]) -> T | None:
    try:
        return None if secret is None else msgspec.json.decode(secret, type=shape)
    except msgspec.DecodeError:
        return None


def _bound(kind: Kind, given: OpenedMap, value: object, fingerprint: Fingerprint) -> Bound | None:
    bound = given.bindings.bound.get(kind)
    if bound is None:
        return None
    made = fingerprint(kind, value)
    return bound if made is not None and made == bound.fingerprint else None
