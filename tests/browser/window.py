"""A browser window with the page in it, and what a person does there."""

import re
from urllib.parse import urlencode

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

# Shown problems are said on the console too, because the next answer takes them off the page.
_WATCH = """
const tell = () => {
  for (const line of document.querySelectorAll("aside details.problems li")) {
    console.error(`Google would refuse: ${line.textContent}`);
  }
};
new MutationObserver(tell).observe(document, { childList: true, subtree: true });
"""


class Window:
    """The page at `url` before the eyes of the user with this e-mail address."""

    def __init__(self, page: Page, url: str, email: str) -> None:
        self.page = page
        self.email = email
        self._url = url
        self._complaints: list[str] = []
        page.add_init_script(_WATCH)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))

    def open(self, **address: str) -> None:
        """Go to the page, or load it anew, and wait for the card. `address` may name a tab."""
        self.page.goto(self.address(**address))
        expect(self.sidebar.get_by_role("heading", level=2)).to_be_visible()
        self.settled()

    def address(self, **more: str) -> str:
        return f"{self._url}/?{urlencode({'user': self.email, **more})}"

    def start(self) -> None:
        """The way from nothing to the Today card."""
        self.open()
        self.press("Start with this Sheet")
        consent = self.page.get_by_role("dialog", name="Allow NuMirror to use this file?")
        consent.get_by_role("button", name="Allow").click()
        self.shows_card("Today")

    @property
    def sidebar(self) -> Locator:
        return self.page.get_by_role("complementary", name="Add-on")

    @property
    def toast(self) -> Locator:
        return self.page.get_by_role("status")

    def section(self, header: str) -> Locator:
        """A section of the card."""
        return self.sidebar.locator("section", has=self.page.get_by_role("heading", name=header, exact=True))

    def box(self, title: str) -> Locator:
        """The checkbox of an open task."""
        return self.sidebar.get_by_role("checkbox", name=title, exact=True)

    def tick(self, title: str) -> None:
        """Tick an open task. Its box is gone with the answer, so nothing is asked of it afterwards."""
        self.box(title).click()

    def field(self, label: str) -> Locator:
        return self.sidebar.get_by_label(label, exact=True)

    def press(self, name: str) -> None:
        self.sidebar.get_by_role("button", name=name, exact=True).click()

    def shows_card(self, title: str) -> None:
        expect(self.sidebar.get_by_role("heading", name=title, exact=True, level=2)).to_be_visible()
        self.settled()

    def settled(self) -> None:
        expect(self.sidebar).to_have_attribute("aria-busy", "false")

    def add(self, title: str, due: str = "") -> None:
        self.field("New task").fill(title)
        self.field("Due (optional)").fill(due)
        self.press("Add")
        expect(self.box(title)).to_be_visible()

    def open_task(self, title: str) -> None:
        """A click on the task's row."""
        self.sidebar.get_by_role("button", name=re.compile(rf"^{re.escape(title)}")).click()
        self.shows_card("Task")

    def choose(self, universal_action: str) -> None:
        """One of the add-on's entries in the menu of Sheets."""
        self.page.get_by_role("button", name="Extensions").click()
        self.page.get_by_role("menuitem", name=universal_action).click()

    def show_tab(self, title: str) -> None:
        """A tab of the Sheet; waits until there is one."""
        self.page.get_by_role("tab", name=title, exact=True).click()

    def cell(self, name: str) -> Locator:
        """A cell of the shown tab, such as B2."""
        return self.page.locator(f'table[data-tab] td[data-cell="{name}"]')

    def type(self, cell: str, text: str) -> None:
        """Type into a cell, as into any spreadsheet, and see it saved."""
        self.cell(cell).click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()

    def take_complaints(self) -> list[str]:
        """What the browser or Google would complain of, up to now; afterwards it is forgotten."""
        self.page.evaluate("0")  # what was said before is heard before the answer to this
        taken, self._complaints = self._complaints, []
        return taken

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(message.text)
