"""AI use: what the calls to the person's AI take and cost, and the cap of a day."""

from numirror.domains.account import cards, commands, decider, events, mirrors
from numirror.kernel.budget import Budget
from numirror.kernel.domain import Domain

DOMAIN = Domain(
    name="account",
    state=decider.Account,
    state_version=1,
    decider=decider.DECIDER,
    events=events.EVENTS,
    commands=commands.COMMANDS,
    home=cards.use_card,
    pages={},
    said=cards.said,
    title="AI use",
    icon="DOLLAR",
    news=cards.news,
    tables=(mirrors.CALLS_TABLE,),
)

BUDGET = Budget("account", commands.reserve, commands.settle, commands.release)
