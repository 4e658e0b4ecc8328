"""A person at work in a Sheet: gestures of the spreadsheet half of the page."""

from typing import Any

import requests
from playwright.sync_api import Locator, expect

from tests.browser.window import Window


class Worksheet:
    """A window with an empty Sheet of its own, and short names for what one does there."""

    def __init__(self, window: Window, url: str) -> None:
        self.window, self.page, self.url = window, window.page, url
        self.page.goto(window.address())
        expect(window.cell("A1")).to_be_visible()
        state = requests.get(f"{url}/sim/state", timeout=10).json()
        self.sheet = next(one["id"] for one in state["spreadsheets"] if one["owner"] == window.email)

    def edit(self, *requests_: Any, values: list[list[Any]] | None = None, tab: int = 0) -> None:
        """What somebody else does to the Sheet meanwhile."""
        typed = [{"sheetId": tab, "row": 0, "column": 0, "values": values}] if values else []
        answer = requests.post(
            f"{self.url}/sim/sheets/{self.sheet}/edits", json={"requests": requests_, "typed": typed}, timeout=20
        )
        answer.raise_for_status()

    def view(self) -> Any:
        return requests.get(f"{self.url}/sim/sheets/{self.sheet}", timeout=20).json()["tabs"][0]

    def cell(self, name: str) -> Locator:
        return self.window.cell(name)

    def shows(self, **texts: str) -> None:
        for name, text in texts.items():
            expect(self.cell(name)).to_have_text(text)

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def is_at(self, name: str) -> None:
        expect(self.page.get_by_label("Name box")).to_have_value(name)

    def select(self, first: str, last: str) -> None:
        self.cell(first).click()
        self.cell(last).click(modifiers=["Shift"])

    def choose(self, where: Locator, text: str) -> None:
        where.click(button="right")
        self.page.get_by_role("menuitem", name=text, exact=True).click()

    def column(self, name: str) -> Locator:
        return self.page.get_by_role("columnheader", name=name, exact=True)
