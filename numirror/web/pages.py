"""Draws cards for those who asked: the pages of domains and of the house, with clicks that come back to us."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from numirror import catalog
from numirror.handle import Heads
from numirror.kernel.card import Card, Chip, Chips, DecoratedText, Section, Show, Widget
from numirror.kernel.domain import Domain, Viewer
from numirror.kernel.sheet import SheetView
from numirror.shell.ai.prices import price_for
from numirror.shell.google.identity import Visitor
from numirror.shell.visits import Place, Visit
from numirror.web import render
from numirror.web.actions import ActionSigner
from numirror.web.event import Incoming
from numirror.web.house.answer import HOUSE
from numirror.web.house.notes import notes
from numirror.web.render import JSON

MediaPath = Callable[[str, str, str, Mapping[str, str], datetime, int], str]
"""Tenant's hash, domain, name and fields of a picture, instant and log position, to the signed path of it."""


class Ask(msgspec.Struct, frozen=True):
    """A verified request: who asks, what was sent, and from where."""

    visitor: Visitor
    incoming: Incoming
    place: Place

    def viewer(self, visit: Visit, sheet: SheetView = SheetView()) -> Viewer:  # noqa: B008 frozen
        """For whom a domain draws."""
        place, lease = self.place, visit.lease
        return Viewer(place.now, place.zone, place.locale, sheet, lease.has_ai, price_for(lease.ai.value))


class Pages:
    """Renders cards. `base_url` is the public one; `media_path` signs the addresses of pictures and files."""

    def __init__(self, signer: ActionSigner, media_path: MediaPath, base_url: str) -> None:
        self._signer = signer
        self._media_path = media_path
        self._base_url = base_url

    def plain(self, ask: Ask, card: Card) -> JSON:
        """A card that belongs to no domain, and says nothing of anybody's."""
        return render.card(self._calls(ask, "", 0), card)

    def house(self, ask: Ask, card: Card) -> JSON:
        """A card of the house."""
        return render.card(self._calls(ask, HOUSE, 0), card)

    def home(self, ask: Ask, visit: Visit, heads: Heads) -> JSON:
        """The first card of all: today, what is new elsewhere, and what the house has to say."""
        viewer, domain = ask.viewer(visit), catalog.HOME
        calls = self._domain_calls(ask, visit, heads, domain)
        drawn = render.card(calls, domain.home(heads.states[domain.name], viewer))
        others = [other for other in catalog.DOMAINS if other is not domain]
        more = _elsewhere(others, heads, viewer)
        drawn["sections"] += [render.section(calls, section) for section in (*more, *notes(visit, ask.place))]
        return drawn

    def page(
        self,
        ask: Ask,
        visit: Visit,
        heads: Heads,
        domain: Domain[Any],
        show: Show,
        sheet: SheetView = SheetView(),  # noqa: B008 frozen
    ) -> JSON:
        """One page of a domain, with what it wanted to read of the Sheet."""
        state, viewer = heads.states[domain.name], ask.viewer(visit, sheet)
        first = show.page == catalog.FIRST
        card = domain.home(state, viewer) if first else domain.pages[show.page](state, viewer, show.fields)
        return render.card(self._domain_calls(ask, visit, heads, domain), card)

    def _domain_calls(self, ask: Ask, visit: Visit, heads: Heads, domain: Domain[Any]) -> render.Calls:
        def media(name: str, fields: Mapping[str, str]) -> str:
            return self._media_path(visit.tenant_hash, domain.name, name, fields, ask.place.now, heads.position)

        return msgspec.structs.replace(self._calls(ask, domain.name, heads.position), media=media)

    def _calls(self, ask: Ask, area: str, position: int) -> render.Calls:
        """How the buttons of one card call back.

        Inputs are named after the log position they were drawn at, so that the card after a command has empty ones.
        """
        stamp = self._signer.stamp(ask.visitor.tenant_id, ask.place.sheet_id, ask.place.now)
        return render.Calls(
            url=f"{self._base_url}/addon/act",
            base_url=self._base_url,
            sign=lambda op, fields: stamp.sign(op if "." in op else f"{area}.{op}", fields),
            input_suffix=f"_{position}",
        )


def _elsewhere(domains: Sequence[Domain[Any]], heads: Heads, viewer: Viewer) -> tuple[Section, ...]:
    """A line for each domain that has news, and a chip for each that has none."""
    news = {domain.name: domain.news(heads.states[domain.name], viewer) for domain in domains}
    lines: list[Widget] = [
        DecoratedText(news[domain.name], top_label=domain.title, icon=domain.icon, on_click=_door(domain))
        for domain in domains
        if news[domain.name]
    ]
    quiet = tuple(Chip(domain.title, _door(domain)) for domain in domains if not news[domain.name])
    widgets = (*lines, Chips(quiet)) if quiet else tuple(lines)
    return (Section(widgets, "More"),) if widgets else ()


def _door(domain: Domain[Any]) -> Show:
    return Show(f"{domain.name}.{catalog.FIRST}")
