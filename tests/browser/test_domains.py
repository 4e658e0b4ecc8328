"""One journey through each domain, as a person takes it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from local.stack import Stack
from tests.browser.conftest import OpenWindow, new_user
from tests.browser.window import Window


@pytest.fixture
def window(newcomer: str, open_window: OpenWindow) -> Window:
    """Somebody who has just started."""
    made = open_window(newcomer)
    made.start()
    return made


def go(window: Window, domain: str) -> None:
    """From the first card to a domain, by its chip or by its line of news."""
    window.sidebar.get_by_role("button", name=re.compile(rf"^{domain}\b")).click()
    window.shows_card(domain)


def choose(window: Window, label: str, option: str) -> None:
    window.field(label).select_option(option)


def seen_in_tab(window: Window, tab: str, text: str) -> None:
    """The mirror is drawn by a worker, a little later."""
    window.show_tab(tab)
    expect(window.page.locator("table[data-tab]").get_by_text(text).first).to_be_visible()


def is_drawn(picture: Locator) -> None:
    """The picture has come, and it is one."""
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 300


def test_a_report_from_the_menu(window: Window) -> None:
    window.add("Run 5 km #sport")
    window.add("Water the plants #garden")
    window.tick("Run 5 km #sport")
    expect(window.toast).to_have_text("Done. It can be reopened below.")
    window.choose("Weekly report")
    window.shows_card("Weekly report")
    expect(window.sidebar.get_by_text("1 done")).to_be_visible()
    is_drawn(window.sidebar.get_by_role("img", name=re.compile("done", re.I)))
    window.sidebar.get_by_role("button", name="Why 1?").first.click()
    window.shows_card("Why 1 done?")
    expect(window.sidebar.get_by_text("Run 5 km #sport")).to_be_visible()
    window.page.get_by_role("tab", name="Reports").click()
    expect(window.cell("D2")).to_have_text("1")


def test_two_friends_and_a_wall(stack: Stack, open_window: OpenWindow) -> None:
    ada, bob = (open_window(new_user(stack)) for _ in range(2))
    for one in (ada, bob):
        one.start()
    go(ada, "Wall")
    ada.press("Add a friend")
    ada.field("E-mail address").fill(bob.email)
    ada.press("Ask")
    wait_for_news(bob, "Wall", "Accept")
    bob.press("Accept")
    wait_for_news(ada, "Wall", "1 friend")
    ada.field("New post").fill("Hello Bob, bees are back!")
    ada.press("Post")
    wait_for_news(bob, "Wall", "Hello Bob, bees are back!")
    seen_in_tab(bob, "Wall", "Hello Bob, bees are back!")
    wait_for_news(ada, "Wall", "seen by 1")


def wait_for_news(window: Window, domain: str, text: str) -> None:
    """Letters go round by workers: look again until it is there."""
    found = window.sidebar.get_by_text(text).first
    for _ in range(40):
        window.open()
        go(window, domain)
        if found.is_visible():
            return
    expect(found).to_be_visible()


def test_a_game_of_bingo(window: Window) -> None:
    window.add("Run 5 km #sport")
    go(window, "Bingo")
    window.press("New game")
    window.shows_card("New game")
    window.field("Goals").fill("\n".join(["Move #sport x1", *(f"Goal {number}" for number in range(1, 8))]))
    window.press("Take these")
    choose(window, "Size", "3 by 3: 8 goals")
    window.press("Draw the card")
    window.shows_card("Bingo")
    is_drawn(window.sidebar.get_by_role("img", name=re.compile("squares ticked")))
    window.press("Goal 1")
    expect(window.sidebar.get_by_role("button", name="✓ Goal 1")).to_be_visible()
    window.sidebar.get_by_role("button", name="Back").click()
    window.tick("Run 5 km #sport")
    go(window, "Bingo")
    expect(window.sidebar.get_by_role("button", name=re.compile("^✓ Move"))).to_be_visible()
    seen_in_tab(window, "Bingo", "Move")


def test_a_story_of_a_row_and_a_comic_of_the_story(window: Window) -> None:
    window.show_tab("Sheet1")
    for cell, text in {"A1": "Name", "B1": "Likes", "A2": "Ada", "B2": "bees and long walks"}.items():
        window.type(cell, text)
    go(window, "Stories")
    window.press("Tell a story")
    window.shows_card("Tell a story")
    choose(window, "Tab", "Sheet1")
    choose(window, "Row", "2: Ada · bees and long walks")
    choose(window, "Tone", "funny")
    window.press("Tell it")
    window.shows_card("Story of Sheet1, row 2")
    seen_in_tab(window, "Stories", "told")
    window.press("Look again")
    expect(window.sidebar.get_by_text("told", exact=False).first).to_be_visible()

    window.open()
    go(window, "Comics")
    window.press("From a story")
    window.shows_card("Draw a comic")
    window.press("Draw it")
    seen_in_tab(window, "Comics", "Ada")
    window.press("Look again")
    is_drawn(window.sidebar.get_by_role("img").first)
