"""Derived keys: one for each purpose, the same all through a rotation."""

from numirror.shell.queue import job_key
from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.purposes import key_for
from numirror.shell.resources.secret import Secret

K1, K2 = Secret(bytes(range(32))), Secret(bytes(range(32, 64)))


def test_purposes_share_no_key() -> None:
    keyring = Keyring({"k1": K1})
    keys = {key_for("tenant", keyring), key_for("actions", keyring), job_key(keyring), K1.reveal()}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 4


def test_a_new_master_key_in_front_changes_no_derived_key() -> None:
    assert key_for("actions", Keyring({"k2": K2, "k1": K1})) == key_for("actions", Keyring({"k1": K1}))
