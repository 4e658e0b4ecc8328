"""Goals out of what people type: in lines, or in the rows of a tab."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from numirror.domains.bingo.events import Goal
from numirror.kernel.errors import Refused
from numirror.kernel.mirror import Cell
from numirror.kernel.sheet import SheetView
from numirror.kernel.tags import tags_of
from numirror.kernel.words import tidied

GOAL_LIMIT = 80
TAG_LIMIT = 40
GOALS_LIMIT = 100
"""With the longest texts, one event stays below the 64 KiB that the log takes."""

COUNT_LIMIT = 999
WORD_LIMIT = 40

_TYPED = re.compile(r"(?P<text>.*?)(?:\s+#(?P<tag>\S+)(?:\s+[x×]?\s*(?P<count>[0-9]{1,3}))?)?")


def typed_goals(text: str) -> tuple[Goal, ...]:
    """The goals of some lines, such as `Read a book #reading x3`. Raises `Refused`."""
    return checked(_typed(tidied(line)) for line in text.splitlines())


def sheet_goals(sheet: SheetView) -> tuple[Goal, ...]:
    """The goals of a tab with a column Goal, and Tag and Count if it has them. Raises `Refused`."""
    header = [cell.strip().casefold() for cell in sheet.rows[0]] if sheet.rows else []
    if "goal" not in header:
        raise Refused("The Bingo tab has no column Goal. Write Goal above your goals, and take them again.")
    places = {name: header.index(name) for name in ("goal", "tag", "count") if name in header}
    cells = ({name: _cell(row, place) for name, place in places.items()} for row in sheet.rows[1:])
    return checked(_row_goal(row["goal"], row.get("tag", ""), row.get("count", "")) for row in cells)


def cells_goal(cells: Sequence[Cell | None]) -> Goal | None:
    """The goal that the cells of a line say, Goal, Tag and Count, so that equal ones are one; None without a text."""
    text, tag, count = (*("" if cell is None else str(cell).strip() for cell in cells), "", "", "")[:3]
    goal = _row_goal(text, tag, count)
    return msgspec.structs.replace(goal, text=goal.text.casefold()) if goal.text else None


def checked(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """The goals that have a text, each once. Raises `Refused` for none, too many, or one that is too long."""
    found = tuple({goal.text.casefold(): goal for goal in goals if goal.text}.values())
    if not found:
        raise Refused("There is no goal yet. Write one a line, or one a row below Goal in the Bingo tab.")
    if len(found) > GOALS_LIMIT:
        raise Refused(f"A game has at most {GOALS_LIMIT} goals; these are {len(found):,}. Take some out, please.")
    longest = max(len(goal.text) for goal in found)
    if longest > GOAL_LIMIT:
        raise Refused(f"A goal has at most {GOAL_LIMIT} characters; one has {longest:,}. Make it shorter, please.")
    return found


def regular(goal: Goal) -> Goal:
    """The goal as it would have been typed, which a made-up one may differ from."""
    return _goal(goal.text, goal.tag, str(goal.count))


def tidied_word(text: str) -> str:
    """The person's word for the draw. Raises `Refused`."""
    word = tidied(text)
    if len(word) > WORD_LIMIT:
        raise Refused(f"The word has at most {WORD_LIMIT} characters; this one has {len(word):,}.")
    return word


def _typed(line: str) -> Goal:
    match = _TYPED.fullmatch(line)
    goal = _goal(match["text"], match["tag"] or "", match["count"] or "") if match else Goal(line)
    return goal if goal.tag else Goal(line)


def _row_goal(text: str, tag: str, count: str) -> Goal:
    """A tag may have a cell of its own, or stand in the goal as if it was typed."""
    return _goal(text, tag, count) if tag else _typed(tidied(text))


def _goal(text: str, tag: str, count: str) -> Goal:
    known = next(_known_tags(tag), "")
    number = int(count) if count.isascii() and count.isdecimal() and len(count) <= 3 else 1
    return Goal(tidied(text), known, min(max(number, 1), COUNT_LIMIT) if known else 1)


def _known_tags(tag: str) -> Iterator[str]:
    return (found for found in tags_of("#" + tidied(tag).lstrip("#")) if len(found) <= TAG_LIMIT)


def _cell(row: tuple[str, ...], place: int) -> str:
    return row[place].strip() if place < len(row) else ""
