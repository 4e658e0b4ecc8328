"""The owner's yeses: sealed for one tenant, counted, replaced and taken back."""

from datetime import UTC, datetime

from numirror.shell.resources.bindings import FIELD, Bindings, Bound, opened, seal
from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.secret import Secret
from numirror.shell.resources.vault import Vault

VAULT = Vault(Keyring({"k1": Secret(bytes(range(1, 33)))}))
ONE = Bound("db.example.com", 5432, "ada", "f1", datetime(2026, 11, 23, 9, tzinfo=UTC), 14.0)
ADA = "ada@example.com"


def test_a_yes_comes_back_as_it_was() -> None:
    made = Bindings().having("database", ONE)
    assert opened(VAULT, ADA, seal(VAULT, ADA, made)) == made


def test_a_yes_is_for_one_person() -> None:
    assert opened(VAULT, "bob@example.com", seal(VAULT, ADA, Bindings().having("database", ONE))) is None


def test_another_entry_of_the_vault_is_no_yes() -> None:
    cell = VAULT.encrypt_secret(ADA, "database", b'{"counter":1,"bound":{}}')
    assert opened(VAULT, ADA, cell) is None


def test_a_seal_over_something_else_is_no_yes() -> None:
    assert opened(VAULT, ADA, VAULT.encrypt_secret(ADA, FIELD, b'{"counter":"x"}')) is None


def test_the_counter_grows_with_each_change() -> None:
    made = Bindings().having("database", ONE).having("redis", ONE).without("database")
    assert (made.counter, set(made.bound)) == (3, {"redis"})
