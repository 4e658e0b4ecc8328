"""Leases: sealed for one tenant and a limited time; a lost one is normal."""

from datetime import UTC, datetime

import msgspec
import pytest

from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.leases import LEASE_SECONDS, Lease, Leases, key
from numirror.shell.resources.resolution import AiConfig, Resource, Url
from numirror.shell.resources.secret import Secret
from numirror.shell.resources.vault import Vault

K1, K2 = Secret(bytes(range(32))), Secret(bytes(range(32, 64)))
NOW = 1_795_380_000.0
NAME = "dfd318494a9f5cda821b7f262c63b3d7"
ADA = Lease(
    tenant_id="ada@example.com",
    sub="10769150350006150715113082367",
    storage=Resource(Url("postgresql://ada:hunter2@db.example.com/ada"), "vault"),
    ai=Resource(AiConfig("openai", "sk-secret"), "meta", datetime(2026, 11, 22, 11, tzinfo=UTC), 14.0),
    spreadsheet_id="1AbC",
    google_token="ya29.secret",
    trial_until=datetime(2027, 1, 1, tzinfo=UTC),
    google_token_expires=datetime(2026, 11, 22, 12, tzinfo=UTC),
    zone="Europe/Berlin",
    locale="de-DE",
    schema=3,
)


def leases(*keys: str, now: float = NOW) -> Leases:
    ring = {"k1": K1, "k2": K2}
    return Leases(Vault(Keyring({kid: ring[kid] for kid in keys or ("k1",)})), clock=lambda: now)


def test_a_lease_comes_back_as_it_was() -> None:
    assert leases().open(NAME, leases().seal(NAME, ADA)) == ADA


def test_nothing_of_a_lease_can_be_read_without_the_key() -> None:
    sealed = leases().seal(NAME, ADA)
    assert sealed.startswith(b"nu1.k1.")
    for value in msgspec.to_builtins(ADA).values():
        assert str(value).encode() not in sealed or len(str(value)) < 3


def test_a_lease_opens_only_under_the_name_it_was_lent_to() -> None:
    assert leases().open("0" * 32, leases().seal(NAME, ADA)) is None


def test_a_lease_ends() -> None:
    sealed = leases().seal(NAME, ADA)
    assert leases(now=NOW + LEASE_SECONDS - 1).open(NAME, sealed) == ADA
    assert leases(now=NOW + LEASE_SECONDS).open(NAME, sealed) is None


def test_a_lease_outlives_a_change_of_keys_and_not_the_loss_of_its_key() -> None:
    sealed = leases("k1").seal(NAME, ADA)
    assert leases("k2", "k1").open(NAME, sealed) == ADA
    assert leases("k2").open(NAME, sealed) is None


@pytest.mark.parametrize("sealed", [None, b"", b"nonsense", b"\xff\xfe", b"nu1.k1." + b"A" * 60])
def test_a_lost_or_broken_lease_is_none(sealed: bytes | None) -> None:
    assert leases().open(NAME, sealed) is None


@pytest.mark.parametrize("plain", [b"{}", b"[]", b"no json", b'[2,9e9,{"tenant_id":"ada@example.com"}]', b"[1,9e9,{}]"])
def test_a_lease_of_another_format_counts_as_lost(plain: bytes) -> None:
    sealed = Vault(Keyring({"k1": K1})).encrypt_secret(NAME, "lease", plain).encode()
    assert leases().open(NAME, sealed) is None


def test_a_whole_lease_of_another_version_counts_as_lost() -> None:
    vault = Vault(Keyring({"k1": K1}))
    plain = vault.decrypt_secret(NAME, "lease", leases().seal(NAME, ADA).decode())
    assert plain.startswith(b"[2,")
    for version, found in ((b"[2,", ADA), (b"[1,", None), (b"[3,", None)):
        sealed = vault.encrypt_secret(NAME, "lease", plain.replace(b"[2,", version, 1)).encode()
        assert leases().open(NAME, sealed) == found


def test_a_cell_of_the_vault_is_no_lease() -> None:
    plain = Vault(Keyring({"k1": K1})).decrypt_secret(NAME, "lease", leases().seal(NAME, ADA).decode())
    cell = Vault(Keyring({"k1": K1})).encrypt_secret(NAME, "storage.postgres", plain)
    assert leases().open(NAME, cell.encode()) is None


def test_the_key_in_redis_names_nobody_and_keeps_a_tenant_in_one_slot() -> None:
    assert key(NAME) == "nu:{dfd318494a9f5cda821b7f262c63b3d7}:lease"


def test_a_lease_shows_nothing_of_itself() -> None:
    assert repr(ADA) == str(ADA) == "Lease(***)"
    assert repr([ADA]) == "[Lease(***)]"
    assert ADA.__rich_repr__() == []
