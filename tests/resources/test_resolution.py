"""Whose database, whose keys: Meta, then the vault, then the trial; and nothing without the owner's yes."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numirror.shell.resources.bindings import Bindings, Bound
from numirror.shell.resources.resolution import (
    AiConfig,
    Kind,
    OpenedMap,
    Resource,
    ServiceAccount,
    Url,
    lendable,
    proposals,
    resolve_ai_config,
    resolve_google,
    resolve_read_model_url,
    resolve_storage_url,
)

CHECKED = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINE, OTHER, TRIAL = "postgresql://mine", "postgresql://other", "postgresql://trial"
LOST: Resource[Any] = Resource(None, "lost")


def fingerprint(kind: Kind, value: Any) -> str | None:
    """Tells targets apart by their text; `broken` is none."""
    return None if getattr(value, "url", "") == "broken" else f"{kind} {msgspec.json.encode(value).decode()}"


def bound(**values: Any) -> Bindings:
    made = Bindings()
    for kind, value in values.items():
        print_of = fingerprint(kind, value) or ""  # type: ignore[arg-type]
        made = made.having(kind, Bound("h", 1, "n", print_of, CHECKED, 14.0))
    return made


def sealed(**values: Any) -> dict[str, bytes]:
    return {kind: msgspec.json.encode(value) for kind, value in values.items()}


def storage(said: OpenedMap, trial: str | None = TRIAL) -> Resource[Url]:
    return resolve_storage_url(said, fingerprint, trial)


def test_without_a_word_it_is_the_trial() -> None:
    assert storage(OpenedMap()) == Resource(Url(TRIAL), "trial")


def test_without_a_trial_there_is_none() -> None:
    assert storage(OpenedMap(), None) == Resource(None, "none")


def test_a_confirmed_override_comes_before_the_vault_and_the_vault_before_the_trial() -> None:
    vault = OpenedMap(secrets=sealed(database=Url(MINE)), bindings=bound(database=Url(MINE)))
    assert storage(vault) == Resource(Url(MINE), "vault", CHECKED, 14.0)
    both = OpenedMap({"DATABASE_URL": OTHER}, vault.secrets, bound(database=Url(OTHER)))
    assert storage(both) == Resource(Url(OTHER), "meta", CHECKED, 14.0)


def test_an_override_without_a_yes_is_a_proposal_and_not_used() -> None:
    said = OpenedMap({"DATABASE_URL": OTHER}, sealed(database=Url(MINE)), bound(database=Url(MINE)))
    assert storage(said).value == Url(MINE)
    assert proposals(said, fingerprint) == ("database",)


def test_a_vault_entry_without_a_yes_is_not_used() -> None:
    assert storage(OpenedMap(secrets=sealed(database=Url(MINE)))) == LOST


@pytest.mark.parametrize("unreadable", ["database", "resource.binding"])
def test_where_somebodys_own_can_not_be_read_the_trial_does_not_step_in(unreadable: str) -> None:
    said = OpenedMap(unreadable=(unreadable,), is_theirs=True)
    assert storage(said) == LOST
    assert storage(msgspec.structs.replace(said, is_theirs=False)).source == "trial", "a Sheet copied from another"
    assert resolve_ai_config(OpenedMap(bindings=bound(ai=Url(MINE))), fingerprint, AiConfig("openai", "k")) == LOST


def test_a_row_that_was_deleted_loses_the_database_and_not_the_log() -> None:
    assert storage(OpenedMap(bindings=bound(database=Url(MINE)))) == LOST


def test_read_models_can_be_drawn_anew_anywhere() -> None:
    said = OpenedMap(bindings=bound(redis=Url(MINE)))
    assert resolve_read_model_url(said, fingerprint, TRIAL).source == "trial"


def test_a_yes_for_one_kind_is_none_for_another() -> None:
    said = OpenedMap({"REDIS_URL": MINE}, bindings=bound(database=Url(MINE)))
    assert resolve_read_model_url(said, fingerprint, None).source == "none"


def test_a_target_that_breaks_a_rule_is_never_used() -> None:
    said = OpenedMap({"DATABASE_URL": "broken"}, bindings=Bindings(1, {"database": Bound("", 0, "", "", CHECKED, 0)}))
    assert storage(said) == LOST


@pytest.mark.parametrize("secret", [b"", b"{}", b"[]", b'{"url":1}', b"\xff"])
def test_a_secret_of_another_shape_counts_as_none(secret: bytes) -> None:
    assert storage(OpenedMap(secrets={"database": secret}, bindings=bound(database=Url(MINE)))) == LOST


def test_an_ai_account_is_one_value_with_its_destination() -> None:
    typed = {"AI_PROVIDER": "other", "AI_KEY": "sk-1", "AI_MODEL": "m", "AI_BASE_URL": "https://ai.example.com/v1"}
    config = AiConfig("other", "sk-1", "m", "https://ai.example.com/v1")
    assert resolve_ai_config(OpenedMap(typed, bindings=bound(ai=config)), fingerprint, None).value == config
    moved = OpenedMap({**typed, "AI_BASE_URL": "https://evil.example.com/v1"}, bindings=bound(ai=config))
    assert resolve_ai_config(moved, fingerprint, None).value is None


def test_no_key_no_account() -> None:
    assert proposals(OpenedMap({"AI_MODEL": "m"}), fingerprint) == ()


def test_the_own_service_account_comes_from_the_vault_only() -> None:
    account = ServiceAccount("{}")
    said = OpenedMap(secrets=sealed(google=account), bindings=bound(google=account))
    assert resolve_google(said, fingerprint).value == account


def test_of_a_trial_nothing_is_lent() -> None:
    assert lendable(storage(OpenedMap())) == Resource(None, "trial")
    own = Resource(Url(MINE), "vault")
    assert lendable(own) == own


@given(st.dictionaries(st.sampled_from(["DATABASE_URL", "REDIS_URL", "AI_KEY", "AI_PROVIDER", "x"]), st.text()))
def test_whatever_stands_in_meta_nothing_of_it_is_used_without_a_yes(settings: dict[str, str]) -> None:
    said = OpenedMap(settings)
    assert storage(said).source == "trial"
    assert resolve_read_model_url(said, fingerprint, None).source == "none"
    assert resolve_ai_config(said, fingerprint, None).source == "none"


@pytest.mark.parametrize("value", [Url(MINE), AiConfig("openai", "sk-1"), ServiceAccount("x"), OpenedMap({"a": MINE})])
def test_nothing_shows_what_it_holds(value: object) -> None:
    assert repr(Resource(value, "vault")) == "Resource(***)"
    assert repr(value) == f"{type(value).__name__}(***)"
