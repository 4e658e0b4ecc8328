"""The vault: what was sealed for one tenant and one field opens there, and nowhere else, and only unchanged."""

import base64
import re
import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from numirror.shell.resources import cipher
from numirror.shell.resources import vault as vaults
from numirror.shell.resources.keyring import Keyring
from numirror.shell.resources.secret import Secret
from numirror.shell.resources.vault import SealBroken, Vault

K1, K2 = Secret(bytes(range(32))), Secret(bytes(range(32, 64)))
TENANT, FIELD, PLAIN = "ada@example.com", "ai.openai", b'{"v":1}'
KNOWN = "nu1.k1.AAECAwQFBgcICQoLF3VNL_TLWnTnQwSL9kfBFfj3ugOI9Kk"
ALPHABET = string.ascii_letters + string.digits + "-_"

vault = Vault(Keyring({"k1": K1}))
rotated = Vault(Keyring({"k2": K2, "k1": K1}))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def assert_broken(sealed: str, tenant: str = TENANT, field: str = FIELD, by: Vault = vault) -> None:
    with pytest.raises(SealBroken) as caught:
        by.decrypt_secret(tenant, field, sealed)
    assert str(caught.value) == SealBroken.__doc__
    assert caught.value.__context__ is None


def test_the_known_answer_of_the_format() -> None:
    counting = Vault(Keyring({"k1": K1}), entropy=lambda length: bytes(range(length)))
    assert counting.encrypt_secret(TENANT, FIELD, PLAIN) == KNOWN
    assert vault.decrypt_secret(TENANT, FIELD, KNOWN) == PLAIN


@settings(deadline=None)
@given(texts, texts, st.binary(min_size=1, max_size=300))
def test_what_was_sealed_opens(tenant: str, field: str, value: bytes) -> None:
    sealed = rotated.encrypt_secret(tenant, field, value)
    assert re.fullmatch(r"nu1\.([a-z0-9]{1,16})\.([A-Za-z0-9_-]{39,40000})", sealed)
    assert rotated.decrypt_secret(tenant, field, sealed) == value


def test_the_same_secret_is_never_sealed_alike() -> None:
    assert len({vault.encrypt_secret(TENANT, FIELD, PLAIN) for _ in range(1000)}) == 1000


def test_the_newest_key_seals_and_the_older_ones_still_open() -> None:
    assert rotated.encrypt_secret(TENANT, FIELD, PLAIN).startswith("nu1.k2.")
    assert rotated.decrypt_secret(TENANT, FIELD, KNOWN) == PLAIN


def test_a_key_taken_from_the_ring_opens_no_more() -> None:
    assert_broken(rotated.encrypt_secret(TENANT, FIELD, PLAIN), by=vault)


def test_what_is_under_an_older_key_needs_resealing() -> None:
    assert rotated.needs_resealing(KNOWN)
    fresh = rotated.encrypt_secret(TENANT, FIELD, rotated.decrypt_secret(TENANT, FIELD, KNOWN))
    assert not rotated.needs_resealing(fresh)
    assert rotated.decrypt_secret(TENANT, FIELD, fresh) == PLAIN
    assert not vault.needs_resealing(KNOWN)


def test_what_is_under_a_lost_key_needs_resealing_and_does_not_open() -> None:
    lost = KNOWN.replace("k1", "k9")
    assert rotated.needs_resealing(lost)
    assert_broken(lost, by=rotated)


@pytest.mark.parametrize(
    "text", ["", "postgresql://localhost", KNOWN + "\n", "nu1.K1." + "A" * 50, "nu2.k1." + "A" * 50]
)
def test_what_is_not_sealed_can_not_be_resealed(text: str) -> None:
    assert not rotated.needs_resealing(text)
    assert vaults.key_id(text) is None


@settings(deadline=None)
@given(st.integers(0, len(KNOWN) - 1), st.characters())
def test_one_changed_character_breaks_the_seal(place: int, character: str) -> None:
    assume(character != KNOWN[place])
    assert_broken(KNOWN[:place] + character + KNOWN[place + 1 :])


@pytest.mark.parametrize("place", range(len(KNOWN)))
def test_every_other_letter_at_every_place_breaks_the_seal(place: int) -> None:
    for letter in ALPHABET.replace(KNOWN[place], ""):
        assert_broken(KNOWN[:place] + letter + KNOWN[place + 1 :])


def test_every_flipped_bit_breaks_the_seal() -> None:
    raw = base64.urlsafe_b64decode(KNOWN[7:] + "=")
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        assert_broken("nu1.k1." + base64.urlsafe_b64encode(flipped).decode().rstrip("="))


@settings(deadline=None)
@given(texts, texts)
def test_another_tenant_or_field_does_not_open_it(tenant: str, field: str) -> None:
    assume((tenant, field) != (TENANT, FIELD))
    assert_broken(KNOWN, tenant, field)


@pytest.mark.parametrize("tenant", ["bob@example.com", "Ada@example.com", "ada@example.com ", "", "\ud800"])
def test_a_cell_copied_to_another_tenant_does_not_open(tenant: str) -> None:
    assert_broken(KNOWN, tenant=tenant)


@pytest.mark.parametrize("field", ["ai.other", "lease", ""])
def test_a_cell_copied_to_another_row_does_not_open(field: str) -> None:
    assert_broken(KNOWN, field=field)


def test_a_cell_under_another_key_id_does_not_open_even_if_the_key_is_the_same() -> None:
    twins = Vault(Keyring({"k2": K1, "k1": K1}))
    assert_broken(KNOWN.replace(".k1.", ".k2."), by=twins)


def test_exactly_one_key_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[bytes] = []
    derive = vaults.cipher.derive
    monkeypatch.setattr(vaults.cipher, "derive", lambda key, *rest: tried.append(key) or derive(key, *rest))
    fresh = Vault(Keyring({"k2": K2, "k1": K1}))
    assert_broken(KNOWN[:-4] + "AAAA", by=fresh)
    assert tried == [K1.reveal()]
    assert_broken(KNOWN.replace("k1", "k0"), by=fresh)
    assert tried == [K1.reveal()]


STRANGE = {
    "nothing": "",
    "not sealed": "postgresql://localhost",
    "a newline at the end": KNOWN + "\n",
    "a newline within": KNOWN[:20] + "\n" + KNOWN[20:],
    "a space in front": " " + KNOWN,
    "padding": KNOWN + "=",
    "unused bits set": KNOWN[:-1] + "l",
    "the other alphabet": KNOWN.replace("_", "/"),
    "another format": KNOWN.replace("nu1", "nu2"),
    "capitals": KNOWN.replace("nu1", "NU1"),
    "a key id in capitals": KNOWN.replace("k1", "K1"),
    "a key id of 17 letters": KNOWN.replace("k1", "k" * 17),
    "no key id": KNOWN.replace("k1", ""),
    "an unknown key id": KNOWN.replace("k1", "k9"),
    "a part too many": KNOWN + ".x",
    "a part too few": KNOWN.replace(".k1", ""),
    "cut off": KNOWN[:-1],
    "no plain text": "nu1.k1." + "A" * 38,
    "an impossible length": "nu1.k1." + "A" * 41,
    "far too long": "nu1.k1." + "A" * 40_001,
    "letters of another script": KNOWN.replace("A", "А"),
    "a lone surrogate": KNOWN + "\ud800",
}


def test_at_least_nine_bad_cells_are_named() -> None:
    assert len(STRANGE) >= 9


@pytest.mark.parametrize("sealed", STRANGE.values(), ids=STRANGE.keys())
def test_strange_text_is_one_error(sealed: str) -> None:
    assert_broken(sealed)


def test_a_right_seal_of_nothing_does_not_open() -> None:
    scope = cipher.framed("nu1", "k1", TENANT)
    subkey = cipher.derive(K1.reveal(), b"numirror/vault/v1", scope)
    body = cipher.encrypt(subkey, bytes(12), b"", scope + cipher.framed(FIELD))
    assert_broken("nu1.k1." + base64.urlsafe_b64encode(bytes(12) + body).decode().rstrip("="))


@pytest.mark.parametrize("unchecked", ["AB", "AAB"])
def test_one_secret_has_one_spelling(unchecked: str) -> None:
    """Python reads both as the same bytes as `AA` and `AAA`."""
    assert base64.urlsafe_b64decode(unchecked + "==") == bytes(len(unchecked) - 1)
    with pytest.raises(ValueError, match="spelling"):
        vaults._decode(unchecked)


@settings(deadline=None)
@given(st.binary(max_size=100))
def test_encoding_can_be_read_back(raw: bytes) -> None:
    assert vaults._decode(vaults._encode(raw)) == raw


@settings(deadline=None)
@given(st.text(ALPHABET, max_size=12))
def test_what_decodes_is_what_encoding_makes(text: str) -> None:
    try:
        raw = vaults._decode(text)
    except ValueError:
        return
    assert vaults._encode(raw) == text


def test_the_longest_secret_opens() -> None:
    longest = b"x" * vaults.MAX_BYTES
    sealed = vault.encrypt_secret(TENANT, FIELD, longest)
    assert len(sealed.split(".")[2]) == 40_000
    assert vault.decrypt_secret(TENANT, FIELD, sealed) == longest


@pytest.mark.parametrize("value", [b"", b"x" * (vaults.MAX_BYTES + 1)])
def test_a_secret_that_could_not_be_opened_again_is_not_sealed(value: bytes) -> None:
    with pytest.raises(ValueError, match="bytes"):
        vault.encrypt_secret(TENANT, FIELD, value)
