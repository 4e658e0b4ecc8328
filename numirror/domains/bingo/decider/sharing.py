"""A game as a code to paste: the same seed, word and goals make the same card."""

import base64
import re
import zlib

import msgspec

from numirror.domains.bingo.decider.board import goals_needed
from numirror.domains.bingo.decider.state import SIZES, Game
from numirror.domains.bingo.decider.wording import checked, regular, tidied_word
from numirror.domains.bingo.events import Goal
from numirror.kernel.errors import Refused

CODE_LIMIT = 3_500
"""Characters of a code: it has to fit into one field of a card."""

_TEXT_LIMIT = 64 * 1024
"""Bytes of what a code unfolds to."""

_CODE = re.compile(r"bingo1\.([A-Za-z0-9_-]{1,3500})")
_SEED = re.compile(r"[0-9a-f]{64}")


class Shared(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    size: int
    seed: str
    word: str
    goals: tuple[Goal, ...]


class CodeUnreadable(Refused):
    """This is no code of a game, or a part of it is missing. Copy the whole of it, and paste it again."""


def code_of(game: Game) -> str | None:
    """The code of a game; None where its goals are too long for one."""
    packed = zlib.compress(msgspec.json.encode(Shared(game.size, game.seed, game.word, game.goals)), 9)
    code = "bingo1." + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return code if len(code) <= CODE_LIMIT else None


def read_code(code: str) -> Shared:
    """The game of a code that anybody may have written. Raises `Refused`."""
    shared = _unfolded("".join(code.split()))
    if shared is None or shared.size not in SIZES or not _SEED.fullmatch(shared.seed):
        raise CodeUnreadable
    if tidied_word(shared.word) != shared.word or checked(map(regular, shared.goals)) != shared.goals:
        raise CodeUnreadable
    if len(shared.goals) < goals_needed(shared.size):
        raise CodeUnreadable
    return shared


def _unfolded(code: str) -> Shared | None:
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    unpacking = zlib.decompressobj()
    try:
        packed = base64.urlsafe_b64decode(match[1] + "=" * (-len(match[1]) % 4))
        text = unpacking.decompress(packed, _TEXT_LIMIT)
        return msgspec.json.decode(text, type=Shared) if unpacking.eof else None
    except (ValueError, zlib.error):
        return None
