"""A seventh domain for a test: counters, in the five files of every domain."""

from numirror.domains.toy import cards, commands, decider, events, mirrors

from numirror.kernel.domain import Domain

DOMAIN = Domain(
    name="toy",
    state=decider.Toy,
    state_version=1,
    decider=decider.DECIDER,
    events=events.EVENTS,
    commands=commands.COMMANDS,
    home=cards.toy_card,
    pages={},
    said=cards.said,
    title="Toy",
    tables=(mirrors.TOYS_TABLE,),
    tabs=(mirrors.TOYS_TAB,),
)
