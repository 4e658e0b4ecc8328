"""Whose database, whose Redis: the user's own if there is one, else the trial that the operator offers."""

from dataclasses import dataclass
from typing import Literal

Source = Literal["own", "trial"]


@dataclass(frozen=True, slots=True)
class Resource:
    """An address and where it comes from. It may hold a password: never log it."""

    url: str
    source: Source

    def __repr__(self) -> str:
        return f"Resource(***, {self.source})"


def resolve_storage_url(own: str | None, trial: str) -> Resource:
    """The Postgres that holds the user's log."""
    return _resolve(own, trial)


def resolve_read_model_url(own: str | None, trial: str) -> Resource:
    """The Redis that holds the user's read models."""
    return _resolve(own, trial)


def _resolve(own: str | None, trial: str) -> Resource:
    return Resource(own, "own") if own else Resource(trial, "trial")
