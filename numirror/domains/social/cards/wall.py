"""The wall in the sidebar."""

from collections.abc import Mapping

from numirror.domains.social.cards.words import FACES, counted, reach, when
from numirror.domains.social.commands import (
    AcceptRequest,
    DeclineRequest,
    EditPost,
    PublishPost,
    React,
    RetractPost,
    TakeReactionBack,
)
from numirror.domains.social.decider.state import ALL, Post, Social, TheirPost
from numirror.domains.social.decider.texts import TEXT_LIMIT
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    Chip,
    Chips,
    DecoratedText,
    Do,
    Header,
    Item,
    Paragraph,
    Section,
    Select,
    Show,
    TextInput,
    Widget,
    shortened,
)
from numirror.kernel.domain import Viewer

_ROWS = 15
_REQUESTS = 3
_CHOICES = 99
_TEXT_SHOWN = 300

_Any = Post | TheirPost


def wall_card(state: Social, viewer: Viewer) -> Card:
    """Who asks, a line to post, and the newest posts."""
    friends = len(state.standing("friend"))
    sections = (*_requests(state), _new_post(state), _posts(state, viewer), _ways(state))
    return Card("wall", Header("Wall", "1 friend" if friends == 1 else f"{friends} friends"), sections)


def post_card(state: Social, viewer: Viewer, fields: Mapping[str, str]) -> Card:
    """One post: our own to edit or retract, a friend's to react to."""
    post_id = fields.get("post_id", "")
    if own := state.own.get(post_id):
        return _own_card(state, own, viewer)
    if theirs := state.theirs.get(post_id):
        return _their_card(theirs, viewer)
    gone = Paragraph("This post is not here any more. Older ones are in the Wall tab. Go back to see how things are.")
    return Card("post", Header("Post"), (Section((gone,)),))


def _requests(state: Social) -> tuple[Section, ...]:
    asking = state.standing("asking")
    if not asking:
        return ()
    widgets: list[Widget] = []
    for person in asking[:_REQUESTS]:
        known = {"person_id": person.person_id}
        accept = Button("Accept", Do(AcceptRequest, known, keep_input=True), colour=BLUE)
        decline = Button("Decline", Do(DeclineRequest, known, keep_input=True))
        widgets += [DecoratedText(person.address, bottom_label="asks to be your friend"), Buttons((accept, decline))]
    if len(asking) > _REQUESTS:
        widgets.append(Buttons((Button(f"Show {len(asking) - _REQUESTS} more", Show("friends")),)))
    return (Section(tuple(widgets), "Requests"),)


def _new_post(state: Social) -> Section:
    friends = state.standing("friend")[:_CHOICES]
    readers = (Item("All friends", ALL, selected=True), *(Item(one.address, one.person_id) for one in friends))
    to = (Select("only", "For", readers),) if friends else ()
    publish = Do(PublishPost, requires=("text",))
    text = TextInput("text", "New post", limit=TEXT_LIMIT, multiline=True)
    return Section((text, *to, Buttons((Button("Post", publish, colour=BLUE),))))


def _posts(state: Social, viewer: Viewer) -> Section:
    every: list[_Any] = [*state.own.values(), *state.theirs.values()]
    newest = sorted(every, key=lambda post: (post.at, post.post_id), reverse=True)
    rows: list[Widget] = [_row(state, post, viewer) for post in newest[:_ROWS]]
    if not rows:
        empty = "Nothing here yet. What you post waits for your friends, and also shows in the Wall tab of this Sheet."
        return Section((Paragraph(empty),), "Posts")
    if len(newest) > _ROWS:
        rows.append(Paragraph("Older posts are in the Wall tab."))
    return Section(tuple(rows), "Posts")


def _row(state: Social, post: _Any, viewer: Viewer) -> DecoratedText:
    return DecoratedText(
        shortened(post.text, _TEXT_SHOWN),
        top_label=f"{_who(post)}, {when(post.at, viewer)}",
        bottom_label=_under(state, post),
        on_click=Show("post", {"post_id": post.post_id}),
    )


def _who(post: _Any) -> str:
    if isinstance(post, TheirPost):
        return f"{post.author} to you" if post.is_private else post.author
    return f"You to {post.only}" if post.only else "You"


def _under(state: Social, post: _Any) -> str:
    edited = ("edited",) if post.is_edited else ()
    if isinstance(post, TheirPost):
        return " · ".join((*edited, *((f"you: {FACES[post.reaction]}",) if post.reaction in FACES else ())))
    reactions = counted(post.reactions.values())
    return " · ".join((reach(post, state.seen(post)), *edited, *((reactions,) if reactions else ())))


def _ways(state: Social) -> Section:
    add = Button("Add a friend", Show("add"), colour=None if state.people else BLUE)
    return Section((Buttons((add, Button("Friends", Show("friends")))),))


def _own_card(state: Social, post: Post, viewer: Viewer) -> Card:
    known = {"post_id": post.post_id}
    widgets: list[Widget] = [
        TextInput("text", "Your post", value=post.text, limit=TEXT_LIMIT, multiline=True),
        Buttons(
            (
                Button("Save", Do(EditPost, known, keep_input=True, requires=("text",))),
                Button("Retract", Do(RetractPost, known)),
            )
        ),
        Paragraph(_under(state, post)),
    ]
    reacted = [f"{FACES.get(what, '')} {who}" for who, what in sorted(post.reactions.items())]
    if reacted:
        widgets.append(Paragraph(shortened("\n".join(reacted))))
    return Card("post", Header(shortened(_who(post), 100), when(post.at, viewer)), (Section(tuple(widgets)),))


def _their_card(post: TheirPost, viewer: Viewer) -> Card:
    known = {"post_id": post.post_id}
    chips = tuple(Chip(face, Do(React, {**known, "reaction": name})) for name, face in FACES.items())
    widgets: list[Widget] = [Paragraph(post.text), Chips(chips)]
    if post.reaction in FACES:
        back = Button("Take it back", Do(TakeReactionBack, known))
        widgets.append(DecoratedText(f"You reacted with {FACES[post.reaction]}", control=back))
    header = Header(shortened(_who(post), 100), when(post.at, viewer) + (", edited" if post.is_edited else ""))
    return Card("post", header, (Section(tuple(widgets)),))
