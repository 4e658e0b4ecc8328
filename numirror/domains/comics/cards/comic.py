"""One comic: its pages, its files, and the way to its script."""

from collections.abc import Mapping
from itertools import chain

from numirror.domains.comics.cards.rows import no_ai, status, title
from numirror.domains.comics.commands import DeleteComic, RetryComic, StopComic, TakeScript
from numirror.domains.comics.decider.asking import estimated
from numirror.domains.comics.decider.state import Comic, Comics
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    DecoratedText,
    Do,
    Drawn,
    Header,
    OpenFile,
    Paragraph,
    Section,
    Show,
    shortened,
)
from numirror.kernel.domain import Viewer
from numirror.kernel.estimate import estimate_words, source_words
from numirror.kernel.letters import lacking_words
from numirror.kernel.wording import counted

_ALT_LIMIT = 600


def comic_card(state: Comics, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """A comic to look at, or how it stands with it."""
    comic = state.get(fields.get("comic_id", ""))
    if comic is None:
        gone = Paragraph("This comic is not at hand any more. Go back to see how things are.")
        return Card("comic", Header("Comic"), (Section((gone,)),))
    sections = _written(comic) if comic.status == "written" else _unwritten(comic, viewer)
    return Card("comic", Header(title(comic), status(comic, viewer)), sections)


def _written(comic: Comic) -> tuple[Section, ...]:
    known = {"comic_id": comic.comic_id}
    edit = Paragraph("The script is in the Comics tab, a row for each line. Change it there, then have it read.")
    take = Button("Read my edits", Do(TakeScript, known), colour=BLUE)
    return (
        Section((*_lacking(comic), *(_page(comic, number) for number in range(1, comic.page_count + 1)))),
        Section((Buttons((Button("PDF", OpenFile("comic.pdf", known)), Button("CBZ", OpenFile("comic.cbz", known)))),)),
        Section((edit, Buttons((take,))), "Script"),
        Section((_source(comic), Buttons((Button("Delete", Do(DeleteComic, known)),)))),
    )


def _lacking(comic: Comic) -> tuple[Paragraph, ...]:
    """Told beside the pages: letters that they do not show."""
    shown = [(panel.caption, panel.sound, *(line.text for line in panel.lines)) for panel in comic.script]
    said = lacking_words([comic.title, *chain.from_iterable(shown)], "in the Comics tab")
    return (Paragraph(said),) if said else ()


def _page(comic: Comic, number: int) -> Drawn:
    return Drawn("page.png", _alt_text(comic, number), {"comic_id": comic.comic_id, "page": str(number)})


def _alt_text(comic: Comic, number: int) -> str:
    """The page for those who do not see it: what each panel shows and says."""
    texts = [f"Page {number} of {comic.page_count}."]
    for panel in comic.script:
        if panel.page == number:
            lines = (f"{line.speaker or 'A voice'}: {line.text}" for line in panel.lines if line.text)
            texts += [text for text in (panel.caption, panel.scene, *lines, panel.sound) if text]
    return shortened(" ".join(texts), _ALT_LIMIT)


def _unwritten(comic: Comic, viewer: Viewer) -> tuple[Section, ...]:
    lacks_ai = () if viewer.has_ai else (no_ai(),)
    return (
        Section((Paragraph(_how(comic)),)),
        *lacks_ai,
        Section((_source(comic), *_price(comic, viewer), _buttons(comic))),
    )


def _how(comic: Comic) -> str:
    if comic.status == "waiting":
        return "Your AI is asked for a script by a worker, mostly within a minute. You may close the sidebar."
    return comic.why if comic.status == "failed" else "Nobody waits for this comic any more."


def _price(comic: Comic, viewer: Viewer) -> tuple[DecoratedText, ...]:
    if comic.status == "waiting":
        return ()
    takes = estimate_words(estimated(comic.material, comic.panels), viewer.price)
    return (DecoratedText(takes, "Another try", source_words(viewer.price)),)


def _buttons(comic: Comic) -> Buttons:
    known = {"comic_id": comic.comic_id}
    delete = Button("Delete", Do(DeleteComic, known))
    if comic.status == "waiting":
        return Buttons((Button("Look again", Show("comic", known)), Button("Stop", Do(StopComic, known)), delete))
    return Buttons((Button("Try again", Do(RetryComic, known), colour=BLUE), delete))


def _source(comic: Comic) -> DecoratedText:
    panels, pages = len(comic.script) or comic.panels, comic.page_count or comic.pages
    extent = f"{panels} panels on {counted(pages, 'page')}"
    return DecoratedText(comic.source or "A comic", "From", ", ".join(one for one in (extent, comic.style) if one))
