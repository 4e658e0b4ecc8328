"""Bingo: goals on a card that nobody could choose, ticked by hand or by the tasks that are done."""

from numirror.domains.bingo import cards, commands, decider, events, mirrors
from numirror.kernel.domain import Domain

DOMAIN = Domain(
    name="bingo",
    state=decider.Bingo,
    state_version=1,
    decider=decider.DECIDER,
    events=events.EVENTS,
    commands=commands.COMMANDS,
    home=cards.bingo_card,
    pages={"new": cards.new_card, "squares": cards.squares_card, "share": cards.share_card},
    said=cards.said,
    title="Bingo",
    icon="STAR",
    news=cards.news,
    after=cards.after,
    tables=(mirrors.SQUARES_TABLE,),
    tabs=(mirrors.BINGO_TAB,),
    reads={"take_goals": "Bingo"},
    media={"card.png": cards.picture},
)
