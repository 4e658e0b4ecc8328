"""Friends, and the wall they share: everyone's posts lie in their own log, and travel as letters."""

from numirror.domains.social import cards, commands, decider, events, mirrors
from numirror.domains.social.decider.state import Social
from numirror.kernel.domain import Domain

DOMAIN = Domain(
    name="social",
    state=Social,
    state_version=1,
    decider=decider.DECIDER,
    events=events.EVENTS,
    commands=commands.COMMANDS,
    home=cards.wall_card,
    pages={
        "post": cards.post_card,
        "friends": cards.friends_card,
        "person": cards.person_card,
        "add": cards.add_card,
    },
    said=cards.said,
    title="Wall",
    icon="MULTIPLE_PEOPLE",
    news=cards.news,
    after=cards.after,
    tables=(mirrors.WALL_TABLE, mirrors.FRIENDS_TABLE),
    tabs=(mirrors.WALL_TAB, mirrors.FRIENDS_TAB),
    mail=decider.MAIL,
)
