"""What a card value can and cannot say."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from numirror.kernel.card import (
    BLUE,
    WIDGETS,
    AskForFile,
    Button,
    Buttons,
    Card,
    CardAction,
    CardTooLarge,
    Checkbox,
    Chip,
    Chips,
    Colour,
    DatePicker,
    DateTimePicker,
    DecoratedText,
    Do,
    FixedFooter,
    FooterButton,
    Grid,
    GridItem,
    Header,
    IconButton,
    Image,
    InvalidCard,
    Item,
    Menu,
    MenuItem,
    OpenLink,
    Paragraph,
    Picture,
    Section,
    Select,
    Show,
    Switch,
    TextInput,
    TimePicker,
    Widget,
    bold,
    coloured,
    italic,
    joined,
    link,
    plain,
    sections_within,
    shortened,
    struck,
)
from numirror.kernel.decider import Command

ASK = AskForFile()


class CompleteTask(Command, frozen=True):
    task_id: str


class AskForFileNow(Command, frozen=True):
    pass


def card_of(*widgets: Widget) -> Card:
    return Card("today", Header("Today"), (Section(widgets),))


def rows(count: int) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(f"row {n}") for n in range(count))


TOO_LARGE: list[tuple[str, Callable[[], object]]] = [
    ("41 widgets", lambda: card_of(*rows(41))),
    ("41 widgets over two sections", lambda: Card("a", Header("A"), (Section(rows(40)), Section(rows(1))))),
    ("11 card actions", lambda: Card("a", Header("A"), (Section(rows(1)),), card_actions=(CardAction("b", ASK),) * 11)),
    ("4 buttons in a row", lambda: Buttons((Button("a", ASK),) * 4)),
    ("101 items to choose from", lambda: Select("a", "A", (Item("a", "a"),) * 101)),
    ("101 chips", lambda: Chips((Chip("a", ASK),) * 101)),
    ("101 fields of a grid", lambda: Grid((GridItem("a", "A"),) * 101, columns=5)),
    ("101 items of a menu", lambda: Menu((MenuItem("a", ASK),) * 101)),
    ("an input of 4,001 characters", lambda: TextInput("a", "A" * 2_000, "b" * 2_000, "c")),
    ("101 suggestions", lambda: TextInput("a", "A", suggestions=("b",) * 101)),
    ("a text of 4,001 characters", lambda: Paragraph("a" * 4_001)),
    ("a marked text of 4,001 characters", lambda: DecoratedText(joined("a" * 4_000, bold("b")))),
    ("labels of 4,001 characters", lambda: DecoratedText("a", top_label="b" * 2_000, bottom_label="c" * 2_001)),
    ("a section header of 4,001 characters", lambda: Section(rows(1), "a" * 4_001)),
    ("a title of 4,001 characters", lambda: Header("a" * 4_001)),
    ("fields of 1,501 characters", lambda: Do(CompleteTask, {"task_id": "a" * 1_494})),
    ("page fields of 1,501 characters", lambda: Show("task", {"task_id": "a" * 1_494})),
]

INVALID: list[tuple[str, Callable[[], object]]] = [
    ("no section", lambda: Card("a", Header("A"), ())),
    ("no card name", lambda: Card("", Header("A"), (Section(rows(1)),))),
    ("no widget", lambda: Section(())),
    ("no title", lambda: Header("")),
    ("no text", lambda: Paragraph("")),
    ("no text in marks", lambda: DecoratedText(bold(""))),
    ("no lines", lambda: Paragraph("a", lines=0)),
    ("fewer than no widgets shown", lambda: Section(rows(1), shown=-1)),
    ("no button", lambda: Buttons(())),
    ("no text on a button", lambda: Button("", ASK)),
    ("no text on a footer button", lambda: FooterButton("", ASK)),
    ("an icon that says nothing", lambda: IconButton("STAR", "", ASK)),
    ("no label of a card action", lambda: CardAction("", ASK)),
    ("no label of a chip", lambda: Chip("", ASK)),
    ("no chips", lambda: Chips(())),
    ("no items of a menu", lambda: Menu(())),
    ("no text of a menu item", lambda: MenuItem("", ASK)),
    ("no fields of a grid", lambda: Grid((), columns=2)),
    ("no columns", lambda: Grid((GridItem("a", "A"),), columns=0)),
    ("no name of an input", lambda: TextInput("", "A")),
    ("no label of an input", lambda: TimePicker("a", "")),
    ("no name of a day", lambda: DatePicker("", "A")),
    ("no label of an instant", lambda: DateTimePicker("a", "")),
    ("no name of a choice", lambda: Select("", "A", (Item("a", "a"),))),
    ("no name of a checkbox", lambda: card_of(DecoratedText("a", control=Checkbox("")))),
    ("no items to choose from", lambda: Select("a", "A", ())),
    ("two radio buttons pressed", lambda: Select("a", "A", (Item("a", "a", True), Item("b", "b", True)), "radio")),
    ("several lines with suggestions", lambda: TextInput("a", "A", multiline=True, suggestions=("b",))),
    ("an input that takes nothing", lambda: TextInput("a", "A", limit=0)),
    ("an instant without a zone", lambda: DateTimePicker("a", "A", datetime(2026, 11, 22, 9))),  # noqa: DTZ001
    ("an instant as a day", lambda: DatePicker("a", "A", datetime(2026, 11, 22, tzinfo=UTC))),
    ("two inputs of one name", lambda: card_of(TextInput("a", "A"), DatePicker("a", "A", date(2026, 11, 22)))),
    (
        "a box and an input of one name",
        lambda: card_of(TextInput("a", "A"), DecoratedText("b", control=Checkbox("a"))),
    ),
    (
        "two boxes of one name and value",
        lambda: card_of(DecoratedText("a", control=Checkbox("c")), DecoratedText("b", control=Switch("c"))),
    ),
    ("a colour beyond white", lambda: Colour(256, 0, 0)),
    ("a field that is the operation", lambda: Do(CompleteTask, {"op": "a"})),
    ("a field that is the Sheet", lambda: Do(CompleteTask, {"sid": "a"})),
    ("a field that is the seal", lambda: Show("task", {"seal": "a"})),
    ("a page field named page", lambda: Show("task", {"page": "a"})),
    ("a picture that is an SVG", lambda: Picture("https://a.example/a.SVG", "A")),
    ("an image that is an SVG", lambda: Image("/media/a.svg?v=1", "A")),
]

REFUSED_ADDRESSES = [
    "http://a.example/",
    "https:///path",
    "https://",
    "//a.example/x",
    "/\\a.example/x",
    "javascript:alert(1)",
    "https://user@a.example/",
    "https://a.example\\@b.example/",
    "https://a.example/ x",
    "https://a.example/\n",
    'https://a.example/"onclick="x',
    "https://a.example/<b>",
    "https://äpfel.example/",
    "https://-a.example/",
    "data:text/html,x",
    "relative",
    "",
]


@pytest.mark.parametrize(("what", "make"), TOO_LARGE, ids=[what for what, _ in TOO_LARGE])
def test_a_card_holds_no_more_than_a_card_can(what: str, make: Callable[[], object]) -> None:
    with pytest.raises(CardTooLarge):
        make()


@pytest.mark.parametrize(("what", "make"), INVALID, ids=[what for what, _ in INVALID])
def test_a_card_that_google_would_not_show_cannot_be_made(what: str, make: Callable[[], object]) -> None:
    with pytest.raises(InvalidCard) as refusal:
        make()
    assert not isinstance(refusal.value, CardTooLarge)


@pytest.mark.parametrize("url", REFUSED_ADDRESSES)
def test_an_address_is_complete_and_https_or_our_own(url: str) -> None:
    for make in (OpenLink, lambda url: link("a", url), lambda url: Image(url, "A")):
        with pytest.raises(InvalidCard):
            make(url)


@pytest.mark.parametrize("url", ["https://a.example", "https://a.example:8443/a?b=%20&c#d", "/media/1.png", "/"])
def test_good_addresses_pass(url: str) -> None:
    assert OpenLink(url).url == url


def test_a_full_card_is_fine() -> None:
    footer = FixedFooter(FooterButton("Add", ASK, BLUE), FooterButton("Help", OpenLink("/help")))
    Card("a", Header("A"), (Section(rows(WIDGETS)),), footer, (CardAction("b", ASK),) * 10)


def test_boxes_share_a_name_if_their_values_differ() -> None:
    card_of(*(DecoratedText("a", control=Checkbox("done", value)) for value in "abc"))


def test_an_operation_of_our_own_cannot_be_a_command() -> None:
    with pytest.raises(InvalidCard):
        Do(type("Show", (Command,), {}, frozen=True))
    Do(AskForFileNow)


def test_sections_that_fit_stay_as_they_are() -> None:
    sections = (Section(rows(2), "A"), Section(rows(3), "B"))
    assert sections_within(5, sections, lambda n: Paragraph(f"{n} more")) == sections


def test_sections_that_do_not_fit_are_cut_from_the_end() -> None:
    cut = sections_within(4, [Section(rows(2), "A"), Section(rows(3), "B"), Section(rows(3), "C")])
    assert [(section.header, len(section.widgets)) for section in cut] == [("A", 2), ("B", 2)]


@pytest.mark.parametrize("limit", range(1, 8))
def test_what_is_left_out_is_counted(limit: int) -> None:
    sections = [Section(rows(2), "A"), Section(rows(6), "B")]
    cut = sections_within(limit, sections, lambda n: Paragraph(str(n)))
    widgets = [widget for section in cut for widget in section.widgets]
    assert len(widgets) == limit
    assert widgets[-1] == Paragraph(str(8 - (limit - 1)))


def test_a_short_text_stays_and_a_long_one_is_cut_to_the_limit() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "ab…"
    assert shortened("a bcd", 3) == "a…"
    assert len(shortened("a" * 10_000)) == 4_000


def test_marks_do_not_change_what_is_read() -> None:
    text = joined(
        "Buy ", bold(italic("milk")), coloured(" now", BLUE), " at ", link(struck("A&B"), "https://a.example")
    )
    assert plain(text) == "Buy milk now at A&B"
