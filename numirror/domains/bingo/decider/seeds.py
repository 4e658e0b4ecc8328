"""Where a seed comes from, and how it is fixed before it is shown.

The seed is the sha256 of the game's id, and that comes from the id of a click, which was drawn at random and signed
before anybody made the click: nobody chooses it. Its own sha256, the commitment, goes into the log first; then come
goals and a word, then the seed. Whoever knows the seed early can no longer change it, and whoever fixed it did not
know the word.
"""

from hashlib import sha256

_PURPOSE = b"numirror/bingo/v1/"


def seed_of(game_id: str) -> str:
    """The seed of a game, in hex."""
    return sha256(_PURPOSE + game_id.encode()).hexdigest()


def commitment_of(seed: str) -> str:
    """What fixes a seed and does not tell it, in hex."""
    return sha256(bytes.fromhex(seed)).hexdigest()


def drawing_seed(seed: str, word: str) -> bytes:
    """What the card is drawn by: the seed and the person's word."""
    return sha256(bytes.fromhex(seed) + word.encode()).digest()
