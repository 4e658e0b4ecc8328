"""Comics: a script by the person's AI or by hand, drawn by us."""

from numirror.domains.comics import cards, commands, events, mirrors
from numirror.domains.comics.decider import DECIDER, asking, state
from numirror.kernel.domain import Domain

DOMAIN = Domain(
    name="comics",
    state=state.Comics,
    state_version=1,
    decider=DECIDER,
    events=events.EVENTS,
    commands=commands.COMMANDS,
    home=cards.comics_card,
    pages={"comic": cards.comic_card, "story": cards.story_card, "pick": cards.pick_card},
    said=cards.said,
    title="Comics",
    icon="EVENT_PERFORMER",
    news=cards.news,
    after=cards.after,
    tables=(mirrors.COMICS_TABLE, mirrors.LINES_TABLE),
    tabs=(mirrors.COMICS_TAB,),
    reads={"pick": "", "draw_row": "", "take_script": mirrors.COMICS_TAB.title},
    media={"page.png": cards.page, "comic.pdf": cards.book, "comic.cbz": cards.book},
    requests=asking.requests,
    reply=asking.reply,
)
