"""The rules of bingo."""

from numirror.domains.bingo.decider.board import Line, all_lines, draw, goals_needed, lines
from numirror.domains.bingo.decider.deciding import DECIDER
from numirror.domains.bingo.decider.seeds import commitment_of, drawing_seed, seed_of
from numirror.domains.bingo.decider.sharing import CODE_LIMIT, Shared, code_of, read_code
from numirror.domains.bingo.decider.state import PAST_KEPT, SIZES, Bingo, Game, Mark, Past, Pending
from numirror.domains.bingo.decider.wording import GOAL_LIMIT, GOALS_LIMIT, WORD_LIMIT, cells_goal

__all__ = [
    "CODE_LIMIT",
    "DECIDER",
    "GOALS_LIMIT",
    "GOAL_LIMIT",
    "PAST_KEPT",
    "SIZES",
    "WORD_LIMIT",
    "Bingo",
    "Game",
    "Line",
    "Mark",
    "Past",
    "Pending",
    "Shared",
    "all_lines",
    "cells_goal",
    "code_of",
    "commitment_of",
    "draw",
    "drawing_seed",
    "goals_needed",
    "lines",
    "read_code",
    "seed_of",
]
