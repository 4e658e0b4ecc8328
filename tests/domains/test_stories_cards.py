"""What the sidebar shows of stories, whatever there is to show."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from numirror.domains.stories.cards import after, all_card, news, pick_card, said, stories_card, story_card
from numirror.domains.stories.decider.state import Older, Stories, Story
from numirror.domains.stories.events import StoryAskedAgain, StoryDeleted, StoryRequested, StoryTold
from numirror.kernel.card import Item, Paragraph, Select, Show
from numirror.kernel.domain import Viewer
from numirror.kernel.sheet import SheetView
from tests.cards.checked import checked_card

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
VIEWER = Viewer(NOW, "Europe/Berlin", "uk-UA", has_ai=True)
HOSTILE = '</p><script>alert("1")</script>&\u202e😀 {{x}} ='
WAITS = Story("w", "i", "Guests", 2, "warm", "short", "en", (("Name", "Ada"),), NOW - timedelta(minutes=18))
TOLD = msgspec.structs.replace(WAITS, story_id="t", inputs="j", status="told", title="Ada", text="Once.", cells=())


def viewer(*rows: tuple[str, ...], title: str = "Guests", titles: tuple[str, ...] = ("Guests",)) -> Viewer:
    return Viewer(NOW, "Etc/UTC", "uk-UA", SheetView(titles, title, rows), has_ai=True)


def many(count: int) -> Stories:
    told = (msgspec.structs.replace(TOLD, story_id=f"t{n}", inputs=f"i{n}") for n in range(count))
    return Stories((WAITS, *told), tuple(Older(f"o{n}", "", "Old") for n in range(count)))


def selects(card: Any) -> dict[str, tuple[Item, ...]]:
    found = [widget for section in card.sections for widget in section.widgets if isinstance(widget, Select)]
    return {select.name: select.items for select in found}


@pytest.mark.parametrize("state", [Stories(), many(1), many(29)])
def test_every_number_of_stories_makes_cards_that_google_shows(state: Stories) -> None:
    checked_card(stories_card(state, VIEWER))
    checked_card(all_card(state, VIEWER, {}))


def test_the_first_card_says_how_to_begin_and_what_is_under_way() -> None:
    assert "Pick a row of any tab" in str(stories_card(Stories(), VIEWER))
    card = str(stories_card(many(29), VIEWER))
    for text in ("waiting for your AI since 12:42, try 1", "Show 16 more", "29 older ones", "29 told, 1 waiting"):
        assert text in card


@pytest.mark.parametrize(
    "draw", [lambda v: stories_card(Stories(), v), lambda v: pick_card(Stories(), v, {}), lambda v: story_card(
        Stories((WAITS,)), v, {"story_id": "w"}
    )]
)  # fmt: skip
def test_without_an_ai_account_the_way_there_is_shown_and_nothing_can_be_asked(draw: Any) -> None:
    card = str(checked_card(draw(Viewer(NOW, "Etc/UTC", sheet=viewer(("a",), ("b",)).sheet))))
    assert "house.show" in card
    assert "request_story" not in card


def test_a_told_story_is_shown_whole() -> None:
    text = "\n\n".join(["x" * 3_000, "y" * 2_000, "z" * 2_990])
    card = story_card(Stories((msgspec.structs.replace(TOLD, text=text),)), VIEWER, {"story_id": "t"})
    checked_card(card)
    parts = [widget.text for widget in card.sections[0].widgets if isinstance(widget, Paragraph)]
    assert "\n\n".join(str(part) for part in parts) == text


def test_a_story_without_an_empty_line_is_shown_whole_too() -> None:
    card = story_card(Stories((msgspec.structs.replace(TOLD, text="<&" * 4_000),)), VIEWER, {"story_id": "t"})
    checked_card(card)
    assert sum(len(str(getattr(widget, "text", ""))) for widget in card.sections[0].widgets) == 8_000


@pytest.mark.parametrize(
    ("story", "text"),
    [
        (WAITS, "asked by a worker"),
        (msgspec.structs.replace(WAITS, status="failed", why=HOSTILE), "retry_story"),
        (msgspec.structs.replace(WAITS, status="stopped"), "Nobody waits"),
        (msgspec.structs.replace(WAITS, status="stopped"), "Another try"),
        (msgspec.structs.replace(TOLD, title=HOSTILE, text=HOSTILE, tab=HOSTILE * 30, model=HOSTILE), "delete_story"),
    ],
)
def test_every_status_has_a_card_with_its_next_step(story: Story, text: str) -> None:
    assert text in str(checked_card(story_card(Stories((story,)), VIEWER, {"story_id": story.story_id})))


def test_a_try_is_estimated_where_one_is_offered_and_the_longest_row_where_many_are() -> None:
    for story in (WAITS, TOLD):
        assert "tokens" not in str(story_card(Stories((story,)), VIEWER, {"story_id": story.story_id}))
    lengths = [item.text for item in selects(pick_card(Stories(), viewer(("Name",), ("Ada",)), {}))["length"]]
    longer = [
        item.text for item in selects(pick_card(Stories(), viewer(("Name",), ("Ada",), ("B" * 300,)), {}))["length"]
    ]
    assert lengths[0].startswith("short: 150 words, about ")
    assert all(one != other for one, other in zip(lengths, longer, strict=True))


def test_the_card_of_a_story_that_is_gone_says_where_it_is() -> None:
    state = Stories((), (Older("o", "", "Old tale"),))
    assert "“Old tale” was told" in str(checked_card(story_card(state, VIEWER, {"story_id": "o"})))
    assert "not at hand" in str(checked_card(story_card(state, VIEWER, {})))


def test_first_the_tab_is_chosen() -> None:
    card = pick_card(Stories(), viewer(title="", titles=("Guests", HOSTILE)), {})
    assert [item.value for item in selects(card)["tab"]] == ["Guests", HOSTILE]
    crowded = pick_card(Stories(), viewer(title="", titles=tuple(f"Tab {n}" for n in range(150))), {})
    assert len(selects(crowded)["tab"]) == 100
    assert "Add one" in str(checked_card(pick_card(Stories(), viewer(title="", titles=()), {})))
    assert "no rows below" in str(checked_card(pick_card(Stories(), viewer(("Name",)), {})))


def test_marked_rows_come_first_and_can_all_be_told() -> None:
    card = pick_card(Stories(), viewer(("Name", "Story"), ("Ada", ""), ("Bo", "x"), ("Cy", "x")), {})
    assert [item.text for item in selects(card)["row"]] == ["✓ 3: Bo", "✓ 4: Cy", "2: Ada"]
    assert "Tell all marked (2)" in str(checked_card(card))


def test_rows_can_be_searched_and_at_most_a_hundred_are_listed() -> None:
    sheet = viewer(("Name",), *((f"Guest {n}",) for n in range(1_000)))
    card = pick_card(Stories(), sheet, {})
    assert len(selects(card)["row"]) == 100
    assert "900 more are found" in str(checked_card(card))
    assert [item.value for item in selects(pick_card(Stories(), sheet, {"search": "gUEST 99"}))["row"]] == [
        "101", *map(str, range(992, 1_002))
    ]  # fmt: skip
    assert "No row holds" in str(pick_card(Stories(), sheet, {"search": HOSTILE}))


@pytest.mark.parametrize(("locale", "chosen"), [("uk-UA", "uk"), ("de", "de"), ("sv_SE", "sv"), ("x", "en")])
def test_the_language_follows_the_persons(locale: str, chosen: str) -> None:
    sheet = SheetView((), "T", (("a",), (HOSTILE * 99,)))
    card = pick_card(Stories(), Viewer(NOW, "Etc/UTC", locale, sheet, has_ai=True), {})
    assert [item.value for item in selects(card)["language"] if item.selected] == [chosen]
    checked_card(card)


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (Stories(), ""),
        (Stories((WAITS,)), "1 story waits for your AI"),
        (Stories((WAITS, TOLD)), "New: Ada"),
        (Stories((msgspec.structs.replace(TOLD, status="failed"),)), "A story failed; see why"),
        (Stories((msgspec.structs.replace(TOLD, since=NOW - timedelta(days=2)),)), ""),
    ],
)
def test_news_are_what_is_new(state: Stories, line: str) -> None:
    assert news(state, VIEWER) == line


def test_a_command_leads_to_its_story() -> None:
    asked = StoryRequested(
        entity_id="a", inputs="i", tab="T", row=2, tone="warm", length="short", language="en", cells=(), at=NOW
    )
    assert after((asked,)) == after((StoryAskedAgain(entity_id="a"),)) == Show("story", {"story_id": "a"})
    assert after((asked, asked)) is after((StoryDeleted(entity_id="a"),)) is after(()) is None
    assert said((asked, asked)) == "Your AI is asked for 2 stories."
    assert "costs nothing" in said((StoryAskedAgain(entity_id="a"),))
    told = StoryTold(
        entity_id="a", attempt=1, title="Ada", text="x", model="m", input_tokens=0, output_tokens=0, micros=None, at=NOW
    )
    assert said((told,)) == "Told: Ada"
