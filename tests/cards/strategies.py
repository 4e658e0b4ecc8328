"""Any card that the types allow, with the worst a person can type in each text."""

from collections.abc import Callable
from datetime import UTC, timedelta, timezone
from itertools import count
from typing import get_args

from hypothesis import strategies as st

from numirror.kernel.card import (
    AskForFile,
    Button,
    Buttons,
    Card,
    CardAction,
    Checkbox,
    Chip,
    Chips,
    Click,
    Colour,
    DatePicker,
    DateTimePicker,
    DecoratedText,
    Divider,
    Do,
    FixedFooter,
    FooterButton,
    Grid,
    GridItem,
    Header,
    Icon,
    IconButton,
    Image,
    Input,
    Item,
    KnownIcon,
    Menu,
    MenuItem,
    OpenLink,
    Paragraph,
    Picture,
    Push,
    Section,
    Select,
    Show,
    SimpleClick,
    Switch,
    Text,
    TextInput,
    TimePicker,
    Widget,
    bold,
    coloured,
    italic,
    joined,
    link,
    sections_within,
    shortened,
    struck,
    underlined,
)
from numirror.kernel.decider import Command


class AddTask(Command, frozen=True):
    title: str = ""


NASTY = (
    "<script>alert(1)</script>",
    "AT&T &amp; <b>sons</b>",
    '"><img src=x onerror=alert(1)>',
    "👩‍👩‍👧‍👦 🏳️‍🌈",
    "\u202eمرحبا بالعالم",
    "line\r\nbreak\ttab",
    "\x00\x7f\ufffe",
    "x" * 10_000,
    "<" * 10_000,
    "😀" * 10_000,
    "{{7*7}} ${x} %s",
    " ",
)

typed = st.one_of(st.text(min_size=1, max_size=40), st.sampled_from(NASTY))
"""What a person typed, of any length."""

words = typed.map(shortened)
label = typed.map(lambda text: shortened(text, 200))
names = st.sampled_from(["title", "due", "task_id", "ümlaut", "a b"])
short = typed.map(lambda text: shortened(text, 80))
"""Four of them fit a click, whatever they are written in."""
fields = st.dictionaries(names, short, max_size=3)
addresses = st.sampled_from(["https://a.example/?b=1&c=%22", "https://a.example:8443", "/media/x", "/"])
pictures = st.builds(Picture, st.sampled_from(["https://a.example/i.png", "/media/1.jpg"]), label, st.booleans())
icons: st.SearchStrategy[Icon] = st.one_of(st.sampled_from(get_args(KnownIcon)), pictures)
colours = st.builds(Colour, *[st.integers(0, 255)] * 3)
texts: st.SearchStrategy[Text] = st.one_of(
    words,
    st.recursive(
        label,
        lambda inner: st.one_of(
            inner.map(bold),
            inner.map(italic),
            inner.map(underlined),
            inner.map(struck),
            st.builds(coloured, inner, colours),
            st.builds(link, inner, addresses),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: joined(*parts)),
        ),
        max_leaves=5,
    ),
)

actions = st.one_of(
    st.builds(Do, st.just(AddTask), fields, st.booleans()),
    st.builds(Show, short, fields, st.booleans()),
)

zones = st.sampled_from([UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=5, minutes=45))])


def inputs(name: str) -> st.SearchStrategy[Input]:
    items = st.builds(Item, label, label)
    on_change = st.one_of(st.none(), actions)
    return st.one_of(
        st.builds(
            TextInput,
            st.just(name),
            label,
            value=label,
            hint=st.one_of(st.just(""), label),
            limit=st.one_of(st.none(), st.integers(1, 500)),
            kind=st.sampled_from(["text", "integer", "float", "email"]),
            suggestions=st.lists(label, max_size=3).map(tuple),
            on_change=on_change,
        ),
        st.builds(TextInput, st.just(name), label, value=words.map(lambda text: text[:3_000]), multiline=st.just(True)),
        st.builds(DatePicker, st.just(name), label, st.one_of(st.none(), st.dates()), on_change),
        st.builds(DateTimePicker, st.just(name), label, st.one_of(st.none(), st.datetimes(timezones=zones)), on_change),
        st.builds(TimePicker, st.just(name), label, st.one_of(st.none(), st.times()), on_change),
        st.builds(
            Select,
            st.just(name),
            st.one_of(st.just(""), label),
            st.lists(items, min_size=1, max_size=4).map(tuple),
            st.sampled_from(["dropdown", "radio", "checkboxes", "switches"]),
            on_change,
        ),
    )


simple_clicks: st.SearchStrategy[SimpleClick] = st.one_of(
    actions,
    st.builds(OpenLink, addresses, st.booleans(), st.booleans()),
    st.just(AskForFile()),
    st.deferred(lambda: small_cards.map(Push)),
)
clicks: st.SearchStrategy[Click] = st.one_of(
    simple_clicks,
    st.lists(st.builds(MenuItem, label, simple_clicks, st.one_of(st.none(), icons)), min_size=1, max_size=2).map(
        lambda items: Menu(tuple(items))
    ),
)
small_cards: st.SearchStrategy[Card] = st.builds(
    Card, label, st.builds(Header, label), texts.map(lambda text: (Section((Paragraph(text),)),))
)
buttons = st.one_of(
    st.builds(Button, label, clicks, st.one_of(st.none(), icons), st.one_of(st.none(), colours), st.booleans()),
    st.builds(IconButton, icons, label, clicks, st.booleans()),
)


def rows(name: str) -> st.SearchStrategy[DecoratedText]:
    on_change = st.one_of(st.none(), actions)
    controls = st.one_of(
        st.none(),
        buttons,
        st.builds(Checkbox, st.just(name), label, st.booleans(), on_change),
        st.builds(Switch, st.just(name), label, st.booleans(), on_change),
    )
    return st.builds(
        DecoratedText,
        texts,
        st.one_of(st.just(""), label),
        st.one_of(st.just(""), label),
        st.one_of(st.none(), icons),
        controls,
        st.one_of(st.none(), clicks),
        st.booleans(),
    )


still: st.SearchStrategy[Widget] = st.one_of(
    st.builds(Paragraph, texts, st.one_of(st.none(), st.integers(1, 9))),
    st.just(Divider()),
    st.lists(buttons, min_size=1, max_size=3).map(lambda row: Buttons(tuple(row))),
    st.builds(Image, st.sampled_from(["https://a.example/i.png", "/1.jpeg"]), label, st.one_of(st.none(), clicks)),
    st.lists(st.builds(Chip, label, clicks, st.one_of(st.none(), icons)), min_size=1, max_size=3).map(
        lambda row: Chips(tuple(row))
    ),
    st.builds(
        Grid,
        st.lists(st.builds(GridItem, label, label, label, st.one_of(st.none(), pictures)), min_size=1, max_size=4).map(
            tuple
        ),
        st.integers(1, 5),
        st.one_of(st.none(), actions),
        st.one_of(st.just(""), label),
    ),
)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """A card with up to some sections of widgets of every kind; each input has a name of its own."""
    numbers = count()
    kinds = draw(
        st.lists(st.lists(st.sampled_from(["still", "row", "input"]), min_size=1, max_size=4), min_size=1, max_size=4)
    )
    made: dict[str, Callable[[], Widget]] = {
        "still": lambda: draw(still),
        "row": lambda: draw(rows(f"box_{next(numbers)}")),
        "input": lambda: draw(inputs(f"in_{next(numbers)}")),
    }
    sections = [
        Section(
            tuple(made[kind]() for kind in section),
            draw(st.one_of(st.just(""), texts)),
            draw(st.one_of(st.none(), st.integers(0, 3))),
        )
        for section in kinds
    ]
    footer_buttons = st.builds(FooterButton, label, clicks, colours)
    return Card(
        draw(label),
        draw(st.builds(Header, words.map(lambda text: text[:2_000]), label, st.one_of(st.none(), pictures))),
        sections_within(draw(st.integers(1, 40)), sections, lambda n: Paragraph(f"{n} more")),
        draw(st.one_of(st.none(), st.builds(FixedFooter, footer_buttons, st.one_of(st.none(), footer_buttons)))),
        draw(st.lists(st.builds(CardAction, label, simple_clicks), max_size=2).map(tuple)),
    )
