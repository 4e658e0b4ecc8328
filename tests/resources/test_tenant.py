"""Pseudonyms: stable through a rotation of keys, and no way back to the address."""

import hashlib
import re

from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.secret import Secret
from numirror.shell.resources.tenant import TenantHash

K1, K2 = Secret(bytes(range(32))), Secret(bytes(range(32, 64)))
ADA = "ada@example.com"


def test_a_pseudonym_is_128_bits_and_does_not_change() -> None:
    assert TenantHash(Keyring({"k1": K1}))(ADA) == "dfd318494a9f5cda821b7f262c63b3d7"
    assert re.fullmatch("[0-9a-f]{32}", TenantHash(Keyring({"k1": K1}))("ä"))


def test_tenants_have_different_pseudonyms() -> None:
    tenant_hash = TenantHash(Keyring({"k1": K1}))
    assert len({tenant_hash(f"{n}@example.com") for n in range(1000)}) == 1000


def test_a_new_key_in_front_renames_nobody() -> None:
    assert TenantHash(Keyring({"k2": K2, "k1": K1}))(ADA) == TenantHash(Keyring({"k1": K1}))(ADA)


def test_who_has_no_key_cannot_guess_a_pseudonym_from_an_address() -> None:
    pseudonym = TenantHash(Keyring({"k1": K1}))(ADA)
    assert pseudonym != TenantHash(Keyring({"k1": K2}))(ADA)
    for text in (ADA, "numirror/tenant/v1" + ADA):
        assert not hashlib.sha256(text.encode()).hexdigest().startswith(pseudonym)
