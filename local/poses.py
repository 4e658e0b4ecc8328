"""What the pictures of the domains show: each pose begins at the first card and ends where the picture is taken."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

TAGGED = ("Run 5 km #sport", "Swim a mile #sport", "Weed the beds #garden")
GOALS = (
    "Move #sport x2", "Read a book", "Call grandma", "Cook something new", "A day offline", "Plant a tree",
    "Early to bed", "Write a letter",
)  # fmt: skip
GUEST = {"A1": "Name", "B1": "Likes", "A2": "Ada", "B2": "bees and long walks"}


def report(page: Page) -> None:
    """A week, beside the one before."""
    for title in TAGGED:
        _field(page, "New task").fill(title)
        _press(page, "Add")
        box = _sidebar(page).get_by_role("checkbox", name=title)
        box.click()
        expect(box).to_have_count(0)
    page.get_by_role("button", name="Extensions").click()
    page.get_by_role("menuitem", name="Weekly report").click()
    _drawn(page)
    _tab(page, "Reports", str(len(TAGGED)))


def wall(page: Page) -> None:
    """A friend is asked, and a post waits for whoever comes."""
    _go(page, "Wall")
    _press(page, "Add a friend")
    _field(page, "E-mail address").fill("bob@example.com")
    _press(page, "Ask")
    _press(page, "Back")
    _go(page, "Wall")
    _field(page, "New post").fill("The first bees are back. Who comes to see them on Sunday?")
    _press(page, "Post")
    _tab(page, "Wall", "The first bees are back")


def bingo(page: Page) -> None:
    """A game in which some squares are ticked."""
    _go(page, "Bingo")
    _press(page, "New game")
    _field(page, "Goals").fill("\n".join(GOALS))
    _press(page, "Take these")
    _field(page, "Size").select_option("3 by 3: 8 goals")
    _press(page, "Draw the card")
    for goal in GOALS[1:4]:
        _press(page, goal)
        expect(_sidebar(page).get_by_role("button", name=f"✓ {goal}")).to_be_visible()
    _drawn(page)
    _tab(page, "Bingo", GOALS[0].partition(" ")[0])


def story(page: Page) -> None:
    """A story of a row that somebody typed."""
    page.get_by_role("tab", name="Sheet1").click()
    for cell, text in GUEST.items():
        page.locator(f'table[data-tab] td[data-cell="{cell}"]').click()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    _go(page, "Stories")
    _press(page, "Tell a story")
    _field(page, "Tab").select_option("Sheet1")
    _field(page, "Row").select_option("2: Ada · bees and long walks")
    _press(page, "Tell it")
    _tab(page, "Stories", "told")
    _press(page, "Look again")


def comic(page: Page) -> None:
    """A comic of that story."""
    _go(page, "Comics")
    _press(page, "From a story")
    _press(page, "Draw it")
    _tab(page, "Comics", "Ada")
    _press(page, "Look again")
    _drawn(page)


POSES: tuple[Callable[[Page], None], ...] = (report, wall, bingo, story, comic)


def _sidebar(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Add-on")


def _field(page: Page, label: str) -> Locator:
    return _sidebar(page).get_by_label(label, exact=True)


def _press(page: Page, name: str) -> None:
    _sidebar(page).get_by_role("button", name=name, exact=True).click()
    expect(_sidebar(page)).to_have_attribute("aria-busy", "false")


def _go(page: Page, domain: str) -> None:
    _sidebar(page).get_by_role("button", name=re.compile(rf"^{domain}\b")).click()
    expect(_sidebar(page).get_by_role("heading", name=domain, level=2)).to_be_visible()


def _tab(page: Page, title: str, text: str) -> None:
    """Shows a tab once the mirror is drawn."""
    page.get_by_role("tab", name=title).click()
    expect(page.locator("table[data-tab]").get_by_text(text).first).to_be_visible()


def _drawn(page: Page) -> None:
    picture = _sidebar(page).get_by_role("img").first
    expect(picture).to_have_js_property("complete", value=True)
    picture.evaluate("image => image.decode()")
