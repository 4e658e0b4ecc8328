"""Stories: told by the person's AI, of a row of any tab."""

from numirror.domains.stories import cards, commands, events, mirrors
from numirror.domains.stories.decider import DECIDER, asking, state
from numirror.kernel.domain import Domain

DOMAIN = Domain(
    name="stories",
    state=state.Stories,
    state_version=1,
    decider=DECIDER,
    events=events.EVENTS,
    commands=commands.COMMANDS,
    home=cards.stories_card,
    pages={"story": cards.story_card, "pick": cards.pick_card, "all": cards.all_card},
    said=cards.said,
    title="Stories",
    icon="BOOKMARK",
    news=cards.news,
    after=cards.after,
    tables=(mirrors.STORIES_TABLE,),
    tabs=(mirrors.STORIES_TAB,),
    reads={"pick": "", "request_story": "", "tell_marked": ""},
    requests=asking.requests,
    reply=asking.reply,
)
