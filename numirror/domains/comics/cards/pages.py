"""A script as pages to draw."""

from collections.abc import Mapping
from hashlib import sha256

from numirror.domains.comics.decider.state import Comic, Comics
from numirror.domains.comics.events import Line, ScriptPanel
from numirror.kernel.domain import Viewer
from numirror.kernel.picture import Balloon, ComicPage, Figure, Panel

_FIGURES = 3
_SEED_BYTES = 4


def page(state: Comics, viewer: Viewer, fields: Mapping[str, str]) -> tuple[ComicPage, ...]:
    """The page `page` of the comic `comic_id`; none where it is gone."""
    return tuple(one for one in book(state, viewer, fields) if str(one.number) == fields.get("page"))


def book(state: Comics, _: Viewer, fields: Mapping[str, str]) -> tuple[ComicPage, ...]:
    """All pages of the comic `comic_id`; none where it is gone."""
    comic = state.get(fields.get("comic_id", ""))
    if comic is None:
        return ()
    return tuple(_page(comic, number) for number in range(1, comic.page_count + 1))


def _page(comic: Comic, number: int) -> ComicPage:
    panels = tuple(_panel(comic.comic_id, panel) for panel in comic.script if panel.page == number)
    return ComicPage(comic.title, number, comic.page_count, panels)


def _panel(comic_id: str, panel: ScriptPanel) -> Panel:
    cast: dict[str, Line] = {}
    for line in panel.lines:
        if line.speaker:
            cast.setdefault(line.speaker, line)
    return Panel(
        panel.scene,
        tuple(_figure(comic_id, line) for line in list(cast.values())[:_FIGURES]),
        tuple(Balloon(line.speaker, line.text, line.kind) for line in panel.lines if line.text),
        panel.sound,
        panel.caption,
    )


def _figure(comic_id: str, line: Line) -> Figure:
    """Of the same name in the same comic, the same seed: so they look the same on every page."""
    named = sha256(f"{comic_id}\n{line.speaker.casefold()}".encode()).digest()
    return Figure(line.speaker, int.from_bytes(named[:_SEED_BYTES]), line.pose, line.mood)
