"""A secret shows itself to nobody who did not ask for it by name."""

import copy
import json
import pickle
import traceback

import msgspec
import orjson
import pytest

from numirror.shell.resources.secret import Secret

VALUE = "correct horse"


@pytest.mark.parametrize("show", [str, repr, "{}".format, "{!r}".format, "%s".__mod__, lambda s: str([s]), ascii])
def test_a_secret_is_shown_as_stars(show) -> None:
    shown = show(Secret(VALUE))
    assert "***" in shown
    assert VALUE not in shown


@pytest.mark.parametrize(
    "encode",
    [msgspec.json.encode, msgspec.msgpack.encode, msgspec.to_builtins, orjson.dumps, json.dumps, pickle.dumps],
)
@pytest.mark.parametrize("value", [VALUE, VALUE.encode()])
def test_no_encoder_takes_a_secret(encode, value) -> None:
    with pytest.raises(TypeError) as caught:
        encode({"secret": Secret(value)})
    assert VALUE not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("escape", [copy.copy, copy.deepcopy, vars, hash, bytes, iter, lambda s: s + "", sorted])
def test_a_secret_has_no_back_door(escape) -> None:
    with pytest.raises(TypeError):
        escape(Secret(VALUE))


@pytest.mark.parametrize("value", ["a", "", "ä\ud800", b"a", b""])
def test_only_reveal_gives_the_value(value) -> None:
    assert Secret(value).reveal() == value
    assert Secret(value) == Secret(value)


@pytest.mark.parametrize("other", [Secret("correct horsf"), Secret("correct hors"), Secret(b""), VALUE, None])
def test_a_secret_equals_only_a_secret_that_holds_the_same(other) -> None:
    assert Secret(VALUE) != other
