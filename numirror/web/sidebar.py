"""The sidebar's answers: which card a trigger, a click or a universal action leads to."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from numirror import catalog
from numirror.handle import Handled, Handler
from numirror.kernel.card import ASK_FOR_FILE, PAGE, SHOW, Show
from numirror.kernel.decider import Command
from numirror.kernel.domain import Domain, MenuEntry
from numirror.kernel.errors import Refused
from numirror.kernel.names import snake
from numirror.kernel.sheet import SheetView
from numirror.shell.reading import SheetReader
from numirror.shell.visits import DatabaseLost, Erased, GuestSheet, LogFrozen, NoDatabase, OtherMap, VaultOld, Visit
from numirror.web import cards, render
from numirror.web.actions import Action, ActionExpired, ActionSigner
from numirror.web.house.answer import HOUSE, PAGES, Answer
from numirror.web.house.commands import COMMANDS, MoveHere
from numirror.web.house.notes import begin_anew_card, other_map_card
from numirror.web.pages import Ask, Pages
from numirror.web.render import JSON

if TYPE_CHECKING:
    from numirror.web.house.actions import House

_OUTDATED = "This card was from before an update. Here is a fresh one."
_OURS = frozenset({"command_id", "now", "zone", "origin", "sheet", "me"})
"""Fields that no form and no button may set."""


_Wish = TypeVar("_Wish", bound=Command)


class Sidebar:
    """Answers requests of verified people with Google's envelopes."""

    def __init__(
        self, handler: Handler, house: "Callable[[], House]", reader: SheetReader, signer: ActionSigner, pages: Pages
    ) -> None:
        self._handler = handler
        self._house = house
        self._reader = reader
        self._signer = signer
        self._pages = pages

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
        return render.callback(render.push(self._pages.plain(ask, cards.help_card())))

    def connections(self, ask: Ask) -> JSON:
        """The universal action that shows whose database, whose keys."""
        return self._house_page(ask, {PAGE: "connections"})

    def open(self, ask: Ask, domain: Domain[Any], entry: MenuEntry) -> JSON:
        """A universal action that opens a page of a domain."""
        return self._show(ask, domain, Show(entry.page, entry.fields))

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
        if operation == SHOW:
            fields = {name: value for name, value in action.fields.items() if name != PAGE}
            return self._show(ask, domain, Show(action.fields[PAGE], {**_typed(ask), **fields}))
        return self._command(ask, domain, action)

    def _show(self, ask: Ask, domain: Domain[Any], show: Show) -> JSON:
        entered = self._handler.enter(ask.visitor, ask.place, command=False)
        if entered is None:
            return self._welcome(ask)
        visit, heads = entered
        try:
            sheet = self._read(ask, visit, domain, show.page, show.fields)
        except Refused as refusal:
            return render.callback(notification=str(refusal))
        return render.callback(render.push(self._pages.page(ask, visit, heads, domain, show, sheet)))

    def _read(self, ask: Ask, visit: Visit, domain: Domain[Any], name: str, fields: Mapping[str, str]) -> SheetView:
        """What a page or a command wants to know of the Sheet."""
        if name not in domain.reads:
            return SheetView()
        return self._reader.read(visit, ask.place, domain.reads[name] or fields.get("tab", ""))

    def _welcome(self, ask: Ask) -> JSON:
        return _fresh(self._pages.plain(ask, cards.welcome_card()), "")

    def _house_act(self, ask: Ask, action: Action, operation: str) -> JSON:
        if operation == snake(MoveHere):
            self._handler.move_here(ask.visitor, ask.place)
            return _fresh(self._home(ask), "This Sheet is your Discovery Map now.")
        wish = COMMANDS.get(operation)
        if wish is None and not (operation == SHOW and action.fields.get(PAGE) in PAGES):
            return _fresh(self._home(ask), _OUTDATED)
        if wish is None:
            return self._house_page(ask, action.fields)
        visit = self._handler.visit(ask.visitor, ask.place)
        if visit is None:
            return self._welcome(ask)
        return self._answered(ask, self._house().act(visit, ask.place, _wish(ask, action, wish)))

    def _house_page(self, ask: Ask, fields: Mapping[str, str]) -> JSON:
        visit = self._handler.visit(ask.visitor, ask.place)
        if visit is None:
            return self._welcome(ask)
        return render.callback(render.push(self._pages.house(ask, self._house().page(visit, ask.place, fields))))

    def _answered(self, ask: Ask, answer: Answer) -> JSON:
        if answer.card is None:
            return render.callback(notification=answer.sentence)
        lay = render.update if answer.replaces else render.push
        return render.callback(lay(self._pages.house(ask, answer.card)), notification=answer.sentence)

    def _command(self, ask: Ask, domain: Domain[Any], action: Action) -> JSON:
        entered = self._handler.enter(ask.visitor, ask.place, command=True)
        if entered is None:
            return self._welcome(ask)
        visit, heads = entered
        try:
            wish = catalog.COMMANDS[action.op][1]
            sheet = self._read(ask, visit, domain, snake(wish), {**_typed(ask), **action.fields})
            handled = self._handler.handle(visit, heads, domain, _wish(ask, action, wish, sheet))
        except LogFrozen:
            return _fresh(self._home(ask, anew=True), "Your log has just moved. Please try that again.")
        except Refused as refusal:
            # The card stays as it is, so nothing that was typed is lost.
            return render.callback(notification=str(refusal))
        return self._after(ask, visit, handled, domain)

    def _after(self, ask: Ask, visit: Visit, handled: Handled, domain: Domain[Any]) -> JSON:
        """The first card, and over it the page of the domain where the click led to."""
        heads, sentence = handled.heads, domain.said(handled.events)
        home = self._pages.home(ask, visit, heads)
        show = domain.after(handled.events) or Show(catalog.FIRST)
        if domain is catalog.HOME and show.page == catalog.FIRST:
            return _fresh(home, sentence)
        return _fresh(home, sentence, render.push(self._pages.page(ask, visit, heads, domain, show)))

    def _home(self, ask: Ask, *, anew: bool = False) -> JSON:
        try:
            entered = self._handler.enter(ask.visitor, ask.place, command=False, anew=anew)
        except GuestSheet:
            return self._pages.plain(ask, cards.guest_card())
        except OtherMap as other:
            return self._pages.house(ask, other_map_card(other.title, other.url))
        except Erased:
            return self._pages.house(ask, begin_anew_card())
        except VaultOld as old:
            return self._pages.house(ask, self._house().old_vault(str(old)))
        except NoDatabase as error:
            return self._pages.house(ask, self._house().bring_database(is_lost=isinstance(error, DatabaseLost)))
        if entered is None:
            return self._pages.plain(ask, cards.welcome_card())
        return self._pages.home(ask, *entered)


def _fresh(home: JSON, sentence: str, *over: JSON) -> JSON:
    """Back to the first card, drawn anew, and then `over` it."""
    return render.callback(render.pop_to_root(), render.update(home), *over, notification=sentence)


def _typed(ask: Ask) -> dict[str, str]:
    """What was typed or chosen, of inputs that hold one value."""
    return {name: value for name, value in ask.incoming.form.items() if isinstance(value, str)}


def _wish(ask: Ask, action: Action, command: type[_Wish], sheet: SheetView | None = None) -> _Wish:
    """The command that a click stands for. Raises `Refused` if what was typed does not fit."""
    known = frozenset(command.__struct_fields__)
    given = {name: value for name, value in {**ask.incoming.form, **action.fields}.items() if name in known - _OURS}
    place, me = ask.place, ask.visitor.tenant_id
    ours = {"command_id": action.command_id, "now": place.now, "zone": place.zone, "sheet": sheet, "me": me}
    try:
        return msgspec.convert({**given, **{k: v for k, v in ours.items() if k in known}}, command, strict=False)
    except msgspec.ValidationError:
        raise Refused("NuMirror could not read what was typed. Please check it and try again.") from None
