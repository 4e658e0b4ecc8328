"""A game's code, for a friend to paste."""

from collections.abc import Mapping

from numirror.domains.bingo.decider import Bingo, code_of
from numirror.kernel.card import Card, Header, Paragraph, Section, TextInput, Widget
from numirror.kernel.domain import Viewer


def share_card(state: Bingo, _viewer: Viewer, _: Mapping[str, str]) -> Card:
    """The code, or why there is none."""
    return Card("share", Header("Play with a friend"), (Section(_widgets(state)),))


def _widgets(state: Bingo) -> tuple[Widget, ...]:
    if state.game is None:
        return (Paragraph("There is no game to share. Go back to begin one."),)
    code = code_of(state.game)
    if code is None:
        return (Paragraph("These goals are too long for a code. Begin a game with fewer or shorter ones to share it."),)
    return (
        Paragraph(
            "Send this code to a friend. Pasted into their Bingo it makes the same card; each of you ticks for"
            " yourself, in your own log. It holds the goals, so send it only to whom you would tell them."
        ),
        TextInput("shown_code", "Code", value=code, multiline=True),
    )
