"""The sidebar's answers: which card a trigger, a click or a universal action leads to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from numirror import catalog
from numirror.handle import Handler, Heads
from numirror.kernel.card import ASK_FOR_FILE, PAGE, SHOW, Card
from numirror.kernel.decider import Command
from numirror.kernel.domain import Domain, Viewer
from numirror.kernel.errors import Refused
from numirror.shell.google.identity import Visitor
from numirror.shell.visits import GuestSheet, LogFrozen, NoDatabase, OtherMap, Place, Visit
from numirror.web import cards, render
from numirror.web.actions import Action, ActionExpired, ActionSigner
from numirror.web.event import Incoming
from numirror.web.house.answer import HOUSE, PAGES, Answer
from numirror.web.house.commands import COMMANDS, MoveHere
from numirror.web.house.notes import notes, other_map_card
from numirror.web.render import JSON

if TYPE_CHECKING:
    from numirror.web.house.actions import House

_OUTDATED = "This card was from before an update. Here is a fresh one."
_FROM_COMMAND = frozenset({"command_id", "now", "zone", "origin"})
"""Fields that no form and no button may set."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A verified request: who asks, what was sent, and from where."""

    visitor: Visitor
    incoming: Incoming
    place: Place

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.place.now, self.place.zone, self.place.locale)


class Sidebar:
    """Answers requests of verified people with Google's envelopes."""

    def __init__(self, handler: Handler, house: "Callable[[], House]", signer: ActionSigner, base_url: str) -> None:
        self._handler = handler
        self._house = house
        self._signer = signer
        self._base_url = base_url

    def home(self, ask: Ask) -> JSON:
        """The homepage trigger."""
        return render.trigger(self._home(ask))

    def granted(self, ask: Ask) -> JSON:
        """The trigger after the person allowed NuMirror to use this Sheet."""
        return render.trigger(self._home(ask))

    def refresh(self, ask: Ask) -> JSON:
        """The universal action that reads the Discovery Map again and draws everything anew."""
        return _fresh(self._home(ask, anew=True), "")

    def help(self, ask: Ask) -> JSON:
        """The universal action that explains."""
        return render.callback(render.push(self._card(ask, cards.help_card())))

    def connections(self, ask: Ask) -> JSON:
        """The universal action that shows whose database, whose keys."""
        return self._house_page(ask, {PAGE: "connections"})

    def act(self, ask: Ask) -> JSON:
        """A click, or a changed input."""
        try:
            action = self._signer.check(
                ask.incoming.parameters, ask.visitor.tenant_id, ask.place.sheet_id, ask.place.now
            )
        except ActionExpired as error:
            return _fresh(self._home(ask), str(error))
        domain_name, _, operation = action.op.partition(".")
        if operation == ASK_FOR_FILE:
            return render.ask_for_file()
        if domain_name == HOUSE:
            return self._house_act(ask, action, operation)
        if action.op not in catalog.COMMANDS and action.fields.get(PAGE) not in catalog.PAGES.get(domain_name, ()):
            return _fresh(self._home(ask), _OUTDATED)
        domain = catalog.BY_NAME[domain_name]
        entered = self._handler.enter(ask.visitor, ask.place, command=operation != SHOW)
        if entered is None:
            return _fresh(self._card(ask, cards.welcome_card()), "")
        visit, heads = entered
        if operation == SHOW:
            return render.callback(render.push(self._page(ask, heads, domain, action.fields)))
        return self._handled(ask, visit, heads, domain, action)

    def _house_act(self, ask: Ask, action: Action, operation: str) -> JSON:
        wish = COMMANDS.get(operation)
        if wish is None and not (operation == SHOW and action.fields.get(PAGE) in PAGES):
            return _fresh(self._home(ask), _OUTDATED)
        if wish is MoveHere:
            self._handler.move_here(ask.visitor, ask.place)
            return _fresh(self._home(ask), "This Sheet is your Discovery Map now.")
        if wish is None:
            return self._house_page(ask, action.fields)
        visit = self._handler.visit(ask.visitor, ask.place)
        if visit is None:
            return _fresh(self._card(ask, cards.welcome_card()), "")
        return self._answered(ask, self._house().act(visit, ask.place, _wish(ask, action, wish)))

    def _house_page(self, ask: Ask, fields: Mapping[str, str]) -> JSON:
        visit = self._handler.visit(ask.visitor, ask.place)
        if visit is None:
            return _fresh(self._card(ask, cards.welcome_card()), "")
        return render.callback(render.push(self._house_card(ask, self._house().page(visit, ask.place, fields))))

    def _answered(self, ask: Ask, answer: Answer) -> JSON:
        if answer.card is None:
            return render.callback(notification=answer.sentence)
        lay = render.update if answer.replaces else render.push
        return render.callback(lay(self._house_card(ask, answer.card)), notification=answer.sentence)

    def _handled(self, ask: Ask, visit: Visit, heads: Heads, domain: Domain[Any], action: Action) -> JSON:
        try:
            handled = self._handler.handle(visit, heads, domain, _command(ask, action))
        except LogFrozen:
            return _fresh(self._home(ask, anew=True), "Your log has just moved. Please try that again.")
        except Refused as refusal:
            # The card stays as it is, so nothing that was typed is lost.
            return render.callback(notification=str(refusal))
        sentence = domain.said(handled.events)
        return _fresh(self._home_card(ask, visit, handled.heads), sentence)

    def _home(self, ask: Ask, *, anew: bool = False) -> JSON:
        try:
            entered = self._handler.enter(ask.visitor, ask.place, command=False, anew=anew)
        except GuestSheet:
            return self._card(ask, cards.guest_card())
        except OtherMap as other:
            return self._house_card(ask, other_map_card(other.title, other.url))
        except NoDatabase:
            return self._house_card(ask, self._house().first_database())
        if entered is None:
            return self._card(ask, cards.welcome_card())
        return self._home_card(ask, *entered)

    def _home_card(self, ask: Ask, visit: Visit, heads: Heads) -> JSON:
        domain = catalog.HOME
        card: Card = domain.home(heads.states[domain.name], ask.viewer)
        calls = self._calls(ask, f"{domain.name}.", heads.position)
        drawn = render.card(calls, card)
        drawn["sections"] += [render.section(calls, section) for section in notes(visit.lease, ask.place)]
        return drawn

    def _page(self, ask: Ask, heads: Heads, domain: Domain[Any], fields: Mapping[str, str]) -> JSON:
        page = domain.pages[fields[PAGE]]
        card = page(heads.states[domain.name], ask.viewer, fields)
        return render.card(self._calls(ask, f"{domain.name}.", heads.position), card)

    def _card(self, ask: Ask, card: Card) -> JSON:
        return render.card(self._calls(ask, ".", 0), card)

    def _house_card(self, ask: Ask, card: Card) -> JSON:
        return render.card(self._calls(ask, f"{HOUSE}.", 0), card)

    def _calls(self, ask: Ask, prefix: str, position: int) -> render.Calls:
        """How the buttons of one card call back.

        Inputs are named after the log position they were drawn at, so that the card after a command has empty ones.
        """
        stamp = self._signer.stamp(ask.visitor.tenant_id, ask.place.sheet_id, ask.place.now)
        return render.Calls(
            url=f"{self._base_url}/addon/act",
            base_url=self._base_url,
            sign=lambda op, fields: stamp.sign(prefix + op, fields),
            input_suffix=f"_{position}",
        )


def _fresh(home: JSON, sentence: str) -> JSON:
    """Back to the first card, drawn anew."""
    return render.callback(render.pop_to_root(), render.update(home), notification=sentence)


def _command(ask: Ask, action: Action) -> Command:
    """The command that a click on a domain's card stands for. Raises `Refused` if what was typed does not fit."""
    return _wish(ask, action, catalog.COMMANDS[action.op][1])


def _wish(ask: Ask, action: Action, command: type[Command]) -> Command:
    known = frozenset(command.__struct_fields__) - _FROM_COMMAND
    given = {name: value for name, value in {**ask.incoming.form, **action.fields}.items() if name in known}
    own = {"command_id": action.command_id, "now": ask.place.now, "zone": ask.place.zone}
    try:
        return msgspec.convert({**given, **own}, command, strict=False)
    except msgspec.ValidationError:
        raise Refused("NuMirror could not read what was typed. Please check it and try again.") from None
