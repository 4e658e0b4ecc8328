"""Beginning a game: the seed first, then goals and size; or a friend's code."""

from collections.abc import Mapping

from numirror.domains.bingo.cards import words
from numirror.domains.bingo.commands import JoinGame, NewGame, StartGame, TakeGoals, WriteGoals
from numirror.domains.bingo.decider import SIZES, WORD_LIMIT, Bingo, Past, goals_needed
from numirror.domains.bingo.events import Goal
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    DecoratedText,
    Do,
    Header,
    Item,
    Paragraph,
    Section,
    Select,
    Show,
    TextInput,
)
from numirror.kernel.domain import Viewer
from numirror.kernel.wording import counted

_PAST_SHOWN = 5
_GOALS_SHOWN = 3_000
_USUAL = 5


def begin_section(state: Bingo) -> tuple[Section, ...]:
    """The ways into a game."""
    if state.pending is None:
        begin = Button("New game", Do(NewGame), colour=BLUE)
        text = "A seed is fixed first, then come your goals: so nobody can choose the card."
    else:
        begin = Button("Go on with the new game", Show("new"), colour=BLUE)
        text = "The seed of a new game is fixed and waits for your goals."
    join = (
        TextInput("code", "A friend's code", hint="The same card as theirs; each of you ticks for yourself."),
        Buttons((Button("Play the same card", Do(JoinGame, keep_input=True, requires=("code",))),)),
    )
    return (Section((Paragraph(text), Buttons((begin,)))), Section(join, "With a friend"))


def past_section(past: tuple[Past, ...]) -> tuple[Section, ...]:
    """The last games."""
    rows = tuple(_past_row(one) for one in past[:_PAST_SHOWN])
    return (Section(rows, "Games before", shown=1),) if rows else ()


def new_card(state: Bingo, _viewer: Viewer, _: Mapping[str, str]) -> Card:
    """Goals, size and a word; and what fixes the seed, to be shown to a friend before."""
    if state.pending is None or state.running:
        gone = Paragraph("There is no game to prepare. Go back to see how things are.")
        return Card("new", Header("New game"), (Section((gone,)),))
    return Card(
        "new",
        Header("New game", "The seed is fixed"),
        (_goals_section(state.goals), _start_section(len(state.goals)), _seed_section(state.pending.commitment)),
    )


def _goals_section(goals: tuple[Goal, ...]) -> Section:
    known = f"{counted(len(goals), 'goal')} taken." if goals else "No goals yet."
    hint = "One a line. Read a book #reading x3 is ticked by itself after three tasks with that tag."
    typed = "\n".join(_written(goal) for goal in goals)
    whole = typed if len(typed) <= _GOALS_SHOWN else ""  # a part would be taken for the whole
    return Section(
        (
            Paragraph(f"{known} Take the column Goal of the Bingo tab (with Tag and Count), or write them here."),
            Buttons((Button("Take those of the Bingo tab", Do(TakeGoals)),)),
            TextInput("goals", "Goals", value=whole, hint=hint, multiline=True),
            Buttons((Button("Take these", Do(WriteGoals, keep_input=True, requires=("goals",))),)),
        ),
        "Goals",
    )


def _start_section(count: int) -> Section:
    items = tuple(
        Item(f"{words.size_words(size)}: {goals_needed(size)} goals", str(size), selected=size == _usual(count))
        for size in SIZES
    )
    start = Button("Draw the card", Do(StartGame, keep_input=True), colour=BLUE)
    return Section(
        (
            Select("size", "Size", items),
            TextInput("word", "A word of yours (optional)", hint="It has its part in the draw.", limit=WORD_LIMIT),
            Buttons((start,)),
        ),
        "Draw",
    )


def _usual(count: int) -> int:
    """Five, or the largest size below that there are goals for."""
    fitting = [size for size in SIZES if size <= _USUAL and goals_needed(size) <= count]
    return fitting[-1] if fitting else _USUAL


def _seed_section(commitment: str) -> Section:
    told = "Send it to a friend before you choose goals, and anybody can check later that the seed was fixed first."
    return Section((DecoratedText(commitment, top_label="sha256 of the seed"), Paragraph(told)), "Proof", shown=0)


def _written(goal: Goal) -> str:
    return f"{goal.text} #{goal.tag} x{goal.count}" if goal.tag else goal.text


def _past_row(past: Past) -> DecoratedText:
    return DecoratedText(
        f"{words.size_words(past.size)}: {counted(past.lines, 'line')}, {past.ticked:,} ticked",
        bottom_label=f"{words.day_words(past.on)} to {words.day_words(past.finished_on)}",
    )
