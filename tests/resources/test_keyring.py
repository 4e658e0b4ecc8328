"""The master keys: either the variable is right, or the process does not start and says why."""

import base64

import pytest

from numirror.settings import SettingsWrong
from numirror.shell.resources.keyring import DEVELOPMENT_KEY, VARIABLE, Keyring


def encoded(value: bytes) -> str:
    return base64.b64encode(value).decode()


ONE, TWO = b"\x01" * 32, b"\xfb\xef\xbe" * 10 + b"\xfb\xef"
DEVELOPMENT = f"k1:{encoded(bytes(range(32)))}"

WRONG = {
    "nothing": "",
    "only an id": "k1",
    "no id": encoded(ONE),
    "an empty id": f":{encoded(ONE)}",
    "an id in capitals": f"K1:{encoded(ONE)}",
    "an id of 17 letters": f"{'k' * 17}:{encoded(ONE)}",
    "an id with a dot": f"k.1:{encoded(ONE)}",
    "an id with a digit of another script": f"k٣:{encoded(ONE)}",
    "31 bytes": f"k1:{encoded(ONE[:31])}",
    "33 bytes": f"k1:{encoded(ONE + ONE[:1])}",
    "no key": "k1:",
    "no base64": "k1:" + "?" * 44,
    "not ASCII": "k1:" + "ä" * 44,
    "base64 without its padding": f"k1:{encoded(ONE).rstrip('=')}",
    "base64 for URLs": f"k1:{base64.urlsafe_b64encode(TWO).decode()}",
    "base64 with a space": f"k1:{encoded(ONE)[:10]} {encoded(ONE)[10:]}",
    "base64 with unused bits set": f"k1:{encoded(ONE)[:-2]}F=",
    "hexadecimal": f"k1:{ONE.hex()}",
    "all zeros": f"k1:{encoded(bytes(32))}",
    "zeros in second place": f"k2:{encoded(ONE)},k1:{encoded(bytes(32))}",
    "one id twice": f"k1:{encoded(ONE)},k1:{encoded(TWO)}",
    "called like a source": f"file:{encoded(ONE)}",
    "called like a source in second place": f"k2:{encoded(ONE)},secretmanager:{encoded(TWO)}",
    "a comma too many": f"k1:{encoded(ONE)},",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_master_key_is_refused_with_a_sentence_that_names_the_variable(text: str) -> None:
    with pytest.raises(SettingsWrong, match=VARIABLE) as caught:
        Keyring.parse(text, production=False)
    assert str(caught.value).endswith((".", "-base64 32"))
    assert caught.value.__context__ is None
    for part in text.replace(",", ":").split(":"):
        assert len(part) < 20 or part not in str(caught.value)


@pytest.mark.parametrize("text", [DEVELOPMENT, f"k2:{encoded(ONE)},{DEVELOPMENT}"])
def test_production_refuses_the_development_key(text: str) -> None:
    assert Keyring.parse(text, production=False)["k1"] == DEVELOPMENT_KEY
    with pytest.raises(SettingsWrong, match=VARIABLE):
        Keyring.parse(text, production=True)


def test_the_first_key_is_the_newest_and_all_are_kept() -> None:
    keyring = Keyring.parse(f"k2:{encoded(TWO)}, k1:{encoded(ONE)}\n", production=True)
    assert (keyring.newest, keyring.oldest, keyring.kids) == ("k2", "k1", ("k2", "k1"))
    assert (keyring["k2"].reveal(), keyring["k1"].reveal()) == (TWO, ONE)


def test_a_keyring_shows_no_key() -> None:
    keyring = Keyring.parse(f"k1:{encoded(ONE)}", production=True)
    assert encoded(ONE) not in repr(keyring)
    assert repr(ONE) not in repr(keyring) + repr(keyring._keys)
