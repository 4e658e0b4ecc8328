"""What the sidebar shows of bingo, whatever there is to show."""

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest

from numirror.domains.bingo import DOMAIN
from numirror.domains.bingo.commands import TickSquare, UntickSquare, WriteGoals
from numirror.domains.bingo.decider import Bingo, Game, Mark, Past, Pending, draw, goals_needed
from numirror.domains.bingo.events import GameFinished, Goal, GoalsTaken, SeedCommitted, SquareTicked
from numirror.kernel.card import Card, Chip, Chips, Do, Show, TextInput
from numirror.kernel.domain import Viewer
from numirror.kernel.picture import Grid
from numirror.web import render
from tests.cards.checked import CALLS, checked
from tests.cards.strategies import NASTY

SUNDAY = date(2026, 11, 22)
VIEWER = Viewer(datetime(2026, 11, 22, 12, tzinfo=UTC), "Europe/Berlin")
PAST = Past("p", 5, SUNDAY, SUNDAY, 13, 2)


def game(size: int = 5, text: str = "Goal {n}", ticks: tuple[int, ...] = (), finished: date | None = None) -> Game:
    goals = tuple(Goal(text.replace("{n}", str(n))[:80], "tag" * (n % 2), n % 2 * 2 + 1) for n in range(60))
    squares = draw(bytes(32), goals_needed(size), size)
    marks = tuple(Mark(1, square in ticks or None) for square in range(size * size))
    return Game("g" * 16, size, "0" * 64, "word", goals, SUNDAY, squares, marks, finished_on=finished)


def judged(card: Card) -> str:
    calls = render.Calls(CALLS.url, CALLS.base_url, CALLS.sign, media=lambda name, _fields: f"/media/{name}")
    return str(checked(render.card(calls, card), "card"))


def test_letters_that_the_picture_lacks_are_told_beside_it() -> None:
    assert "lack letters" not in judged(DOMAIN.home(Bingo(game=game(text="Ёж {n} 🎉")), VIEWER))
    told = judged(DOMAIN.home(Bingo(game=game(text="クイズ {n}")), VIEWER))
    assert "letters of this (Japanese): “…” stands for them. Every word is among the whole goals." in told


def chips(card: Card) -> list[list[Chip]]:
    return [list(one.chips) for section in card.sections for one in section.widgets if isinstance(one, Chips)]


def inputs(card: Card) -> list[TextInput]:
    return [one for section in card.sections for one in section.widgets if isinstance(one, TextInput)]


def every_card(state: Bingo) -> str:
    return "".join(
        [judged(DOMAIN.home(state, VIEWER)), *(judged(page(state, VIEWER, {})) for page in DOMAIN.pages.values())]
    )


@pytest.mark.parametrize("size", [3, 5, 7])
def test_every_size_makes_cards_that_google_shows(size: int) -> None:
    every_card(Bingo(game=game(size), past=(PAST,) * 20))
    every_card(Bingo(game=game(size, ticks=tuple(range(49)), finished=SUNDAY), pending=Pending("x", "c" * 64)))


@pytest.mark.parametrize("text", [NASTY[0], NASTY[4], NASTY[9], "{n}" + "W" * 80])
def test_whatever_was_typed_makes_cards_that_google_shows(text: str) -> None:
    goals = tuple(Goal(text[:78] + f"{n:02d}", "t" * 40, 999) for n in range(100))
    every_card(Bingo(game=game(7, text)))
    every_card(Bingo(pending=Pending("x", "c" * 64), goals=goals))


def test_without_a_game_the_cards_say_what_to_do() -> None:
    shown = every_card(Bingo())
    for words in ("New game", "friend's code", "no game to prepare", "no game to share", "Go back to begin one"):
        assert words in shown
    assert "Go on with the new game" in every_card(Bingo(pending=Pending("x", "c" * 64)))


def test_a_new_game_shows_what_fixes_its_seed_and_not_the_seed() -> None:
    state = Bingo(pending=Pending("x", "c" * 64), goals=(Goal("Read", "reading", 3), Goal("Sing")))
    shown = judged(DOMAIN.pages["new"](state, VIEWER, {}))
    assert "c" * 64 in shown
    assert "Read #reading x3\\nSing" in shown


def test_goals_that_are_shown_to_be_changed_are_read_as_they_were() -> None:
    goals = (Goal("Read", "reading", 3), Goal("Call #mum", "phone"), Goal("Train #9"))
    state = Bingo(pending=Pending("x", "c" * 64), goals=goals)
    (shown,) = [one.value for one in inputs(DOMAIN.pages["new"](state, VIEWER, {})) if one.name == "goals"]
    when = {"command_id": UUID(int=1), "now": VIEWER.now, "zone": VIEWER.zone}
    assert DOMAIN.decider.decide(state, WriteGoals(**when, goals=shown)) == ()
    many = Bingo(pending=state.pending, goals=tuple(Goal(f"{n}" * 30) for n in range(10, 110)))
    assert [one.value for one in inputs(DOMAIN.pages["new"](many, VIEWER, {})) if one.name == "goals"] == [""]


def test_each_square_is_a_button_that_ticks_it_or_takes_the_tick_back() -> None:
    rows = chips(DOMAIN.home(Bingo(game=game(ticks=(0, 1))), VIEWER))
    assert [len(row) for row in rows] == [5] * 5
    first, third, middle = rows[0][0], rows[0][2], rows[2][2]
    assert first.label.startswith("✓ ")
    assert first.on_click == Do(UntickSquare, {"game_id": "g" * 16, "square": "0"})
    assert third.on_click == Do(TickSquare, {"game_id": "g" * 16, "square": "2"})
    assert (middle.label, middle.disabled) == ("✓ free", True)
    assert all(len(chip.label) <= 24 for row in rows for chip in row)


def test_a_finished_game_has_no_buttons_that_tick() -> None:
    card = DOMAIN.home(Bingo(game=game(finished=SUNDAY)), VIEWER)
    assert all(chip.disabled for row in chips(card) for chip in row)
    assert "New game" in judged(card)
    assert "'Finish'" not in judged(card)


def test_the_picture_is_the_card_with_its_lines() -> None:
    (grid,) = DOMAIN.media["card.png"](Bingo(game=game(3, ticks=(0, 1, 2, 5))), VIEWER, {})
    assert isinstance(grid, Grid)
    assert [[square.in_line for square in row] for row in grid.squares] == [[True] * 3, [False] * 3, [False] * 3]
    assert [square.is_ticked for square in grid.squares[1]] == [False, True, True]
    assert grid.squares[1][1].is_free
    assert DOMAIN.media["card.png"](Bingo(), VIEWER, {}) == ()


def test_the_standing_is_said_in_lines_and_squares() -> None:
    state = Bingo(game=game(3, ticks=(0, 1, 2)))
    assert DOMAIN.news(state, VIEWER) == "Bingo! 1 line, 4 of 9 squares ticked"
    assert DOMAIN.news(Bingo(game=game(3)), VIEWER) == "1 of 9 squares ticked"
    assert DOMAIN.news(Bingo(game=game(3, finished=SUNDAY)), VIEWER) == DOMAIN.news(Bingo(), VIEWER) == ""
    whole = msgspec.structs.replace(state.game or game(), marks=(Mark(0, True),) * 9)
    assert "Blackout" in DOMAIN.news(Bingo(game=whole), VIEWER)


def test_after_a_command_the_next_step_is_shown_and_something_is_said() -> None:
    committed = SeedCommitted(entity_id="g", commitment="c")
    taken = GoalsTaken(entity_id="goals", goals=(Goal("x"),))
    assert DOMAIN.after((committed,)) == DOMAIN.after((taken,)) == Show("new")
    for events in ((), (SquareTicked(entity_id="g", square=1),)):
        assert DOMAIN.after(events) is None
    finished = GameFinished(entity_id="g", ticked=(), on=SUNDAY)
    assert all(map(DOMAIN.said, ((), (committed,), (taken,), (finished,))))
