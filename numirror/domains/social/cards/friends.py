"""Friends in the sidebar."""

from collections.abc import Mapping

from numirror.domains.social.cards.words import when
from numirror.domains.social.commands import (
    AcceptRequest,
    AskFriend,
    Block,
    DeclineRequest,
    Unblock,
    Unfriend,
    WithdrawRequest,
)
from numirror.domains.social.decider.state import Person, Social, Standing
from numirror.domains.social.decider.texts import ADDRESS_LIMIT
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    DecoratedText,
    Do,
    Header,
    Paragraph,
    Section,
    Show,
    TextInput,
    Widget,
    sections_within,
)
from numirror.kernel.decider import Command
from numirror.kernel.domain import Viewer

_ROWS = 35

_SECTIONS: tuple[tuple[Standing, str], ...] = (
    ("asking", "They ask you"),
    ("friend", "Friends"),
    ("asked", "You asked"),
    ("blocked", "Blocked"),
)

_WISHES: Mapping[Standing, tuple[tuple[str, type[Command]], ...]] = {
    "friend": (("Unfriend", Unfriend), ("Block", Block)),
    "asked": (("Withdraw", WithdrawRequest), ("Block", Block)),
    "asking": (("Accept", AcceptRequest), ("Decline", DeclineRequest), ("Block", Block)),
    "declined": (("Accept", AcceptRequest), ("Block", Block)),
    "apart": (("Block", Block),),
    "blocked": (("Unblock", Unblock),),
}

_SINCE: Mapping[Standing, str] = {
    "friend": "friend since",
    "asked": "asked",
    "asking": "asks to be your friend since",
    "declined": "declined",
    "apart": "apart since",
    "blocked": "blocked",
}


def friends_card(state: Social, viewer: Viewer, _: Mapping[str, str]) -> Card:
    """Everyone, by how they stand to us."""
    sections = [
        Section(tuple(_row(person, viewer) for person in found), title)
        for standing, title in _SECTIONS
        if (found := state.standing(standing))
    ]
    empty = Section((Paragraph("Nobody yet. Ask somebody by their e-mail address."),))
    add = Section((Buttons((Button("Add a friend", Show("add"), colour=BLUE),)),))
    return Card("friends", Header("Friends"), (*(sections_within(_ROWS, sections, _in_the_tab) or (empty,)), add))


def person_card(state: Social, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """One person, and what can be done."""
    person = state.people.get(fields.get("person_id", ""))
    if person is None:
        return Card("person", Header("Person"), (Section((Paragraph("Go back to see how things are."),)),))
    known = {"person_id": person.person_id}
    wishes = tuple(Button(label, Do(command, known)) for label, command in _WISHES[person.standing])
    widgets: tuple[Widget, ...] = (DecoratedText(person.address, bottom_label=_since(person, viewer)), Buttons(wishes))
    return Card("person", Header("Person"), (Section(widgets),))


def add_card(_state: Social, _viewer: Viewer, _: Mapping[str, str]) -> Card:
    """Whom to ask."""
    ask = Button("Ask", Do(AskFriend, keep_input=True, requires=("address",)), colour=BLUE)
    hint = "As in their Google account. They see your request in NuMirror; nobody learns who uses it."
    address = TextInput("address", "E-mail address", hint=hint, limit=ADDRESS_LIMIT, kind="email")
    return Card("add", Header("Add a friend"), (Section((address, Buttons((ask,)))),))


def _row(person: Person, viewer: Viewer) -> DecoratedText:
    show = Show("person", {"person_id": person.person_id})
    return DecoratedText(person.address, bottom_label=_since(person, viewer), on_click=show)


def _since(person: Person, viewer: Viewer) -> str:
    return f"{_SINCE[person.standing]} {when(person.at, viewer)}"


def _in_the_tab(count: int) -> Paragraph:
    return Paragraph(f"{count:,} more are in the Friends tab.")
