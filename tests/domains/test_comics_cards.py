"""What the sidebar and the pictures show of comics, whatever there is to show."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from numirror.domains.comics import DOMAIN
from numirror.domains.comics.cards import after, book, comic_card, comics_card, news, page, pick_card, said, story_card
from numirror.domains.comics.decider.state import Comic, Comics, Heard
from numirror.domains.comics.events import ComicAskedAgain, ComicDeleted, Line, ScriptEdited, ScriptPanel
from numirror.kernel.card import Drawn, Item, Select, Show
from numirror.kernel.domain import Viewer
from numirror.kernel.picture import Balloon, ComicPage, Figure, Panel
from numirror.kernel.sheet import SheetView
from numirror.web import render
from tests.cards.checked import BASE_URL, CALLS, checked

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
VIEWER = Viewer(NOW, "Europe/Berlin", has_ai=True)
HOSTILE = '</p><script>alert("1")</script>&\u202e😀 {{x}} ='
ID = "a" * 16
PANEL = ScriptPanel(1, "park", (Line("Ada", "Hi.", "shout", "waving", "happy"), Line("Bo")), "BANG", "Later")
WRITTEN = Comic(
    ID, "i", "Guests, row 2", NOW, "written", title="Ada", script=(PANEL, PANEL, msgspec.structs.replace(PANEL, page=2))
)
WAITS = Comic("w", "j", "Story: Ada", NOW - timedelta(days=3), panels=4, pages=1, style="noir")


def checked_card(card: Any) -> Any:
    """As in `tests.cards.checked`, with pictures of our own."""
    calls = render.Calls(
        url=f"{BASE_URL}/addon/act", base_url=BASE_URL, sign=CALLS.sign, media=lambda name, _: f"/media/{name}"
    )
    return checked(render.card(calls, card), "card")


def many(count: int) -> Comics:
    shown = tuple(msgspec.structs.replace(WRITTEN, comic_id=f"c{n}") for n in range(count))
    return Comics((WAITS, *shown), 7, tuple(Heard(f"s{n}", f"Tale {n}", "x") for n in range(count)))


def selects(card: Any) -> dict[str, tuple[Item, ...]]:
    found = [widget for section in card.sections for widget in section.widgets if isinstance(widget, Select)]
    return {select.name: select.items for select in found}


@pytest.mark.parametrize("state", [Comics(), many(1), many(19)])
def test_every_number_of_comics_makes_cards_that_google_shows(state: Comics) -> None:
    assert "A script of your own" in str(checked_card(comics_card(state, VIEWER)))
    checked_card(story_card(state, VIEWER, {}))


def test_the_first_card_says_what_is_under_way() -> None:
    card = str(comics_card(many(19), VIEWER))
    for text in ("waiting for your AI since Thu 19 Nov 2026, 13:00, try 1", "19 written, 1 waiting", "7 older ones"):
        assert text in card


def test_without_an_ai_account_one_can_still_write_a_script() -> None:
    bare = Viewer(NOW, "Etc/UTC", sheet=SheetView((), "Guests", (("Name",), ("Ada",))))
    assert "begin_script" in str(checked_card(comics_card(many(1), bare)))
    for card in (comics_card, lambda s, v: story_card(s, v, {}), lambda s, v: pick_card(s, v, {})):
        drawn = str(checked_card(card(many(1), bare)))
        assert "house.show" in drawn
        assert "draw_" not in drawn
    assert "house.show" in str(checked_card(comic_card(many(0), bare, {"comic_id": "w"})))


def test_a_written_comic_shows_its_pages_with_their_words_and_its_files() -> None:
    card = comic_card(Comics((WRITTEN,)), VIEWER, {"comic_id": ID})
    drawn = [widget for widget in card.sections[0].widgets if isinstance(widget, Drawn)]
    assert [widget.fields for widget in drawn] == [{"comic_id": ID, "page": "1"}, {"comic_id": ID, "page": "2"}]
    assert drawn[1].alt_text == "Page 2 of 2. Later park Ada: Hi. BANG"
    wordy = msgspec.structs.replace(WRITTEN, script=(ScriptPanel(1, "x" * 160, (Line("a", "y" * 140),) * 4),) * 3)
    (page_of_words,) = comic_card(Comics((wordy,)), VIEWER, {"comic_id": ID}).sections[0].widgets
    assert isinstance(page_of_words, Drawn)
    assert len(page_of_words.alt_text) == 600
    text = str(checked_card(card))
    for name in ("comic.pdf", "comic.cbz", "take_script", "delete_comic"):
        assert name in text


@pytest.mark.parametrize(
    ("comic", "text"),
    [
        (WAITS, "stop_comic"),
        (msgspec.structs.replace(WAITS, status="failed", why=HOSTILE, source=HOSTILE), "retry_comic"),
        (msgspec.structs.replace(WAITS, status="stopped"), "Nobody waits"),
        (
            msgspec.structs.replace(
                WRITTEN, title=HOSTILE, script=(ScriptPanel(1, HOSTILE * 9, (Line(HOSTILE, HOSTILE),)),)
            ),
            "PDF",
        ),
        (
            msgspec.structs.replace(
                WRITTEN, source="", script=tuple(ScriptPanel(n, "", (Line(),)) for n in range(1, 5))
            ),
            "Page 4",
        ),
    ],
)
def test_every_status_has_a_card_with_its_next_step(comic: Comic, text: str) -> None:
    assert text in str(checked_card(comic_card(Comics((comic,)), VIEWER, {"comic_id": comic.comic_id})))


def test_what_is_asked_of_an_ai_is_estimated_before_by_the_longest_that_can_be_chosen() -> None:
    offered = []
    for status in ("waiting", "failed", "stopped"):
        comic = msgspec.structs.replace(WAITS, status=status, why="Away.")
        card = str(comic_card(Comics((comic,)), VIEWER, {"comic_id": "w"}))
        offered += [status] if "Another try" in card and " tokens" in card else []
    assert offered == ["failed", "stopped"]
    few, many = (
        selects(story_card(Comics((), 0, (Heard("a", "A", "x"), Heard("b", "B", "y" * long))), VIEWER, {}))["panels"]
        for long in (1, 2_000)
    )
    assert few[1].text.startswith("4: about 1,")
    assert all(one.text != other.text for one, other in zip(few, many, strict=True))
    sheet = SheetView((), "T", (("Name",), ("Ada",), ("B" * 300,)))
    short = msgspec.structs.replace(sheet, rows=sheet.rows[:2])
    one, other = (
        str(selects(pick_card(Comics(), Viewer(NOW, "Etc/UTC", sheet=rows, has_ai=True), {}))["panels"])
        for rows in (short, sheet)
    )
    assert one != other


@pytest.mark.parametrize(
    ("panel", "scripts"),
    [
        (ScriptPanel(1, "漢字", (Line("漢字", "Grüße, Ёлка 👩\u200d🚀 № 1 „…“ 𝄞"),), "BANG", "Việt ả, Ελλάδα"), ""),
        (ScriptPanel(1, "park", (Line("Ada", "שלום, Ada 1"), Line("Bo", "مرحبا ١ Ada"))), ""),
        (ScriptPanel(1, "park", (Line("Ada", "漢字 かな"), Line("Bo", "ไทย"))), "Chinese, Japanese, Thai"),
        (ScriptPanel(1, "park", (), "쾅", "Ёлка مرحبا بالعالم"), "some Cyrillic, Korean"),
    ],
)
def test_letters_that_the_pages_lack_are_told_beside_them(panel: ScriptPanel, scripts: str) -> None:
    card = str(
        checked_card(comic_card(Comics((msgspec.structs.replace(WRITTEN, script=(panel,)),)), VIEWER, {"comic_id": ID}))
    )
    said = f"Pictures lack letters of this ({scripts}): “…” stands for them. Every word is in the Comics tab."
    assert (said in card, "lack letters" in card) == (bool(scripts), bool(scripts))
    named = msgspec.structs.replace(WRITTEN, title="漢字", script=(msgspec.structs.replace(panel, lines=()),))
    assert "Chinese" in str(comic_card(Comics((named,)), VIEWER, {"comic_id": ID}))


def test_the_card_of_a_comic_that_is_gone_says_so() -> None:
    assert "not at hand" in str(checked_card(comic_card(Comics(), VIEWER, {})))


def test_a_page_is_a_picture_of_its_panels() -> None:
    (drawn,) = page(Comics((WRITTEN,)), VIEWER, {"comic_id": ID, "page": "2"})
    (panel,) = drawn.panels
    assert (drawn.title, drawn.number, drawn.count) == ("Ada", 2, 2)
    assert panel.balloons == (Balloon("Ada", "Hi.", "shout"),)
    assert [(one.name, one.pose, one.mood) for one in panel.figures] == [
        ("Ada", "waving", "happy"), ("Bo", "standing", "calm"),
    ]  # fmt: skip
    assert (panel.scene, panel.sound, panel.caption) == ("park", "BANG", "Later")


def test_a_name_looks_the_same_on_every_page_and_another_way_in_another_comic() -> None:
    other = msgspec.structs.replace(WRITTEN, comic_id="b" * 16)
    faces: dict[str, set[int]] = {}
    for drawn in book(Comics((WRITTEN, other)), VIEWER, {"comic_id": ID}):
        for figure in (figure for panel in drawn.panels for figure in panel.figures):
            faces.setdefault(figure.name, set()).add(figure.seed)
    assert {len(seeds) for seeds in faces.values()} == {1}
    assert len(set.union(*faces.values())) == 2
    (elsewhere, *_) = book(Comics((WRITTEN, other)), VIEWER, {"comic_id": "b" * 16})
    assert elsewhere.panels[0].figures[0].seed not in faces["Ada"]


def test_a_panel_draws_three_figures_and_every_line_with_words() -> None:
    lines = (Line("a", "1"), Line("b", "2"), Line("c", "3"), Line("d", "4"))
    crowd = msgspec.structs.replace(
        WRITTEN, script=(ScriptPanel(1, "", lines), ScriptPanel(1, "", (Line(), Line("a"))))
    )
    (drawn,) = book(Comics((crowd,)), VIEWER, {"comic_id": ID})
    assert [(len(panel.figures), len(panel.balloons)) for panel in drawn.panels] == [(3, 4), (1, 0)]


@pytest.mark.parametrize(
    "fields", [{}, {"comic_id": ID}, {"comic_id": ID, "page": "3"}, {"comic_id": "w", "page": "1"}]
)
def test_there_is_no_picture_of_what_is_gone(fields: dict[str, str]) -> None:
    assert DOMAIN.media["page.png"](Comics((WRITTEN, WAITS)), VIEWER, fields) == ()
    assert DOMAIN.media["comic.pdf"](Comics((WAITS,)), VIEWER, fields) == ()


def test_a_row_is_chosen_of_a_tab() -> None:
    sheet = SheetView(("Guests", HOSTILE), "", ())
    first = pick_card(Comics(), Viewer(NOW, "Etc/UTC", sheet=sheet, has_ai=True), {})
    assert [item.value for item in selects(first)["tab"]] == ["Guests", HOSTILE]
    rows = SheetView((), HOSTILE, (("Name",), *((f"{HOSTILE} {n}",) for n in range(150))))
    viewer = Viewer(NOW, "Etc/UTC", sheet=rows, has_ai=True)
    assert "50 more" in str(checked_card(pick_card(Comics(), viewer, {})))
    found = pick_card(Comics(), viewer, {"search": "= 77"})
    assert [item.value for item in selects(found)["row"]] == ["79"]
    assert "No row holds" in str(checked_card(pick_card(Comics(), viewer, {"search": "nobody"})))
    for empty in (SheetView(), SheetView(tuple(f"Tab {n}" for n in range(150))), SheetView((), "T", (("Name",),))):
        checked_card(pick_card(Comics(), Viewer(NOW, "Etc/UTC", sheet=empty, has_ai=True), {}))


@pytest.mark.parametrize(
    ("comic", "line"),
    [
        (WRITTEN, "New: Ada"),
        (WAITS, "1 comic waits for your AI"),
        (msgspec.structs.replace(WRITTEN, status="failed"), "A comic failed; see why"),
        (msgspec.structs.replace(WRITTEN, inputs=""), ""),
        (msgspec.structs.replace(WRITTEN, since=NOW - timedelta(days=1)), ""),
    ],
)
def test_news_are_what_is_new_and_not_ones_own_doing(comic: Comic, line: str) -> None:
    assert news(Comics((comic,)), VIEWER) == line


def test_a_command_leads_to_its_comic_and_says_what_it_did() -> None:
    edited = ScriptEdited(entity_id=ID, panels=(), rows=1, unknown_rows=2)
    assert after((edited,)) == Show("comic", {"comic_id": ID})
    assert after((ComicDeleted(entity_id=ID),)) is after(()) is None
    assert said((edited,)) == "1 row is taken from the tab. 2 more belong to no panel and were left out."
    assert "costs nothing" in said((ComicAskedAgain(entity_id=ID),))


def test_pictures_are_plain_values() -> None:
    drawn = book(Comics((WRITTEN,)), VIEWER, {"comic_id": ID})
    assert msgspec.json.decode(msgspec.json.encode(drawn), type=tuple[ComicPage, ...]) == drawn
    assert {type(one) for one in drawn[0].panels[0].figures} == {Figure}
    assert isinstance(drawn[0].panels[0], Panel)
