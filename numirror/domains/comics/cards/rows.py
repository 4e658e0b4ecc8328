"""What several cards show alike."""

from numirror.domains.comics.decider.state import Comic
from numirror.kernel.card import Button, Buttons, DecoratedText, Paragraph, Section, Show, shortened
from numirror.kernel.domain import Viewer
from numirror.kernel.wording import time_words

_TITLE_SHOWN = 120


def row(comic: Comic, viewer: Viewer) -> DecoratedText:
    """A comic in a list: a click opens it."""
    return DecoratedText(
        title(comic), bottom_label=status(comic, viewer), on_click=Show("comic", {"comic_id": comic.comic_id})
    )


def title(comic: Comic) -> str:
    """Its title; where there is none yet, what it is of."""
    return shortened(comic.title or comic.source, _TITLE_SHOWN) or "A comic"


def status(comic: Comic, viewer: Viewer) -> str:
    """How it stands with it, and since when."""
    since = time_words(comic.since, viewer.now, viewer.zone)
    if comic.status == "waiting":
        return f"waiting for your AI since {since}, try {comic.attempt}"
    return f"{comic.status} {since}"


def no_ai() -> Section:
    """Why nothing can be asked, and the way out."""
    text = Paragraph(
        "Scripts are written by an AI account of yours, and none is connected yet. You can write your own."
    )
    return Section((text, Buttons((Button("Connect an AI account", Show("house.ai")),))))
