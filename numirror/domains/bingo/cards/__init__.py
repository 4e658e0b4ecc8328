"""Bingo in the sidebar."""

from numirror.domains.bingo.cards.answers import after, said
from numirror.domains.bingo.cards.beginning import new_card
from numirror.domains.bingo.cards.game import bingo_card, news, picture, squares_card
from numirror.domains.bingo.cards.sharing import share_card

__all__ = ["after", "bingo_card", "new_card", "news", "picture", "said", "share_card", "squares_card"]
