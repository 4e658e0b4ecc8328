"""The card of the game that is on, or was last, with its squares to tick."""

from collections.abc import Mapping

from numirror.domains.bingo.cards import words
from numirror.domains.bingo.cards.beginning import begin_section, past_section
from numirror.domains.bingo.commands import FinishGame, TickSquare, UntickSquare
from numirror.domains.bingo.decider import Bingo, Game
from numirror.kernel.card import (
    Button,
    Buttons,
    Card,
    Chip,
    Chips,
    DecoratedText,
    Do,
    Drawn,
    Header,
    Paragraph,
    Section,
    Show,
    sections_within,
)
from numirror.kernel.domain import Viewer
from numirror.kernel.letters import lacking_words
from numirror.kernel.picture import Grid, Square

_CHIP = 22
_ROWS = 35


def bingo_card(state: Bingo, _viewer: Viewer) -> Card:
    """The first card: the game, or how to begin one; and the games before."""
    game = state.game
    sections = (
        *((_game_section(game),) if game else ()),
        *(() if state.running else begin_section(state)),
        *past_section(state.past),
    )
    return Card("bingo", Header("Bingo", words.standing(game) if game else "Goals on a card"), sections)


def squares_card(state: Bingo, _viewer: Viewer, _: Mapping[str, str]) -> Card:
    """Every square with its whole goal, one a row."""
    game = state.game
    if game is None:
        return Card("squares", Header("Squares"), (Section((Paragraph("There is no game. Go back to begin one."),)),))
    rows = tuple(_row(game, square) for square in range(len(game.squares)) if game.goal(square))
    sections = sections_within(_ROWS, (Section(rows),), lambda more: Paragraph(f"{more:,} more are in the Bingo tab."))
    return Card("squares", Header("Squares", words.standing(game)), sections)


def picture(state: Bingo, _viewer: Viewer, _: Mapping[str, str]) -> tuple[Grid, ...]:
    """The card as a picture; none while there is no game."""
    game = state.game
    if game is None:
        return ()
    size, in_line = game.size, frozenset(square for line in game.lines for square in line.squares)
    squares = [_square(game, square, in_line) for square in range(size * size)]
    rows = tuple(tuple(squares[start : start + size]) for start in range(0, size * size, size))
    return (Grid(title="Bingo", subtitle=words.standing(game), squares=rows),)


def news(state: Bingo, _viewer: Viewer) -> str:
    """How the game stands that is on."""
    return words.standing(state.running) if state.running else ""


def _game_section(game: Game) -> Section:
    """A button for each square, row by row. Each is a click of its own: a double click is one tick."""
    size, squares = game.size, range(len(game.squares))
    rows = tuple(
        Chips(tuple(_chip(game, square) for square in squares[start : start + size]))
        for start in range(0, size * size, size)
    )
    drawn = Drawn("card.png", words.standing(game), on_click=Show("squares"))
    lacking = lacking_words([goal.text for goal in game.goals], "among the whole goals")
    told = (Paragraph(lacking),) if lacking else ()
    return Section(
        (drawn, *told, *rows, _ways(game)), f"{words.size_words(game.size)}, since {words.day_words(game.on)}"
    )


def _ways(game: Game) -> Buttons:
    whole, share = Button("Whole goals", Show("squares")), Button("Share", Show("share"))
    if game.finished_on is not None:
        return Buttons((whole, share))
    return Buttons((whole, share, Button("Finish", Do(FinishGame, {"game_id": game.game_id}))))


def _chip(game: Game, square: int) -> Chip:
    tick = "✓ " if game.is_ticked(square) else ""
    label = tick + words.square_words(game, square, _CHIP)
    click = _click(game, square) or Show("squares")
    return Chip(label, click, disabled=isinstance(click, Show))


def _click(game: Game, square: int) -> Do | None:
    """Ticks a square, or takes the tick back; nothing on the free middle, and when the game is over."""
    if game.goal(square) is None or game.finished_on is not None:
        return None
    command = UntickSquare if game.is_ticked(square) else TickSquare
    return Do(command, {"game_id": game.game_id, "square": str(square)})


def _row(game: Game, square: int) -> DecoratedText:
    goal, click = game.goal(square), _click(game, square)
    place = f"row {square // game.size + 1}, column {square % game.size + 1}"
    if goal and goal.tag:
        place += f"; {game.marks[square].progress:,} of {goal.count:,} done with #{goal.tag}"
    is_ticked = game.is_ticked(square)
    text = ("✓ " if is_ticked else "") + (goal.text if goal else "free")
    control = Button("Untick" if is_ticked else "Tick", click) if click else None
    return DecoratedText(text, bottom_label=place, control=control)


def _square(game: Game, square: int, in_line: frozenset[int]) -> Square:
    goal = game.goal(square)
    return Square(
        text=goal.text if goal else "free",
        is_ticked=game.is_ticked(square),
        is_free=goal is None,
        in_line=square in in_line,
    )
