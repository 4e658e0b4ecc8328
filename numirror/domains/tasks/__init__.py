"""Tasks: what is to be done, and today."""

from numirror.domains.tasks import cards, commands, decider, events, mirrors
from numirror.kernel.domain import Domain

DOMAIN = Domain(
    name="tasks",
    state=decider.Tasks,
    state_version=1,
    decider=decider.DECIDER,
    events=events.EVENTS,
    commands=commands.COMMANDS,
    home=cards.today_card,
    pages={"task": cards.task_card, "all": cards.all_card},
    said=cards.said,
    tables=(mirrors.TASKS_TABLE,),
    tabs=(mirrors.TASKS_TAB,),
)
