"""`python -m local.screenshot docs`: pictures of the page, one of each domain, with an example, from a fresh stack."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from local.chromium import find_chromium
from local.faults import LocalFault
from local.poses import POSES
from local.stack import Stack

# Title, and days from today until it is due.
TASKS = (
    ("Water the plants", -1),
    ("Send the offer to Clara", 0),
    ("Plan the summer trip", None),
    ("Book a table for Friday", 0),
    ("Renew the passport", 12),
)
DONE = "Book a table for Friday"
MILLISECONDS = 30_000  # for any one step


def main() -> int:
    """Make the pictures; the exit status is 0 when they are there."""
    parser = argparse.ArgumentParser(prog="python -m local.screenshot", description="Pictures of NuMirror.")
    parser.add_argument("folder", type=Path, help="where to write screenshot.png and the others")
    goal = parser.parse_args().folder
    try:
        with tempfile.TemporaryDirectory(prefix="numirror-") as folder:
            # As root, PostgreSQL's account has to pass through.
            Path(folder).chmod(0o711)
            with Stack(Path(folder) / "stack") as stack:
                _take(stack.addresses.page_url, goal)
    except LocalFault as fault:
        print(fault, file=sys.stderr)
        return 1
    for file in sorted(goal.glob("screenshot*.png")):
        print(f"{file}: {file.stat().st_size:,} bytes")
    return 0


def _take(url: str, folder: Path) -> None:
    chromium = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable, args=list(chromium.arguments), env=dict(chromium.env)
        )
        page = _open(browser, url)
        _live(page)
        _pose(page)
        page.screenshot(path=folder / "screenshot.png")
        for pose in POSES:
            page.goto(url)
            pose(page)
            page.screenshot(path=folder / f"screenshot-{pose.__name__}.png")
        browser.close()


def _open(browser: Browser, url: str) -> Page:
    expect.set_options(timeout=MILLISECONDS)
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", timezone_id="UTC", reduced_motion="reduce"
    )
    context.set_default_timeout(MILLISECONDS)
    page = context.new_page()
    page.goto(url)
    return page


def _live(page: Page) -> None:
    """A person starts, adds the tasks and does one of them."""
    sidebar = _sidebar(page)
    sidebar.get_by_role("button", name="Start with this Sheet").click()
    page.get_by_role("dialog").get_by_role("button", name="Allow").click()
    today = datetime.now(UTC).date()
    for title, days in TASKS:
        _add(sidebar, title, None if days is None else today + timedelta(days))
    sidebar.get_by_role("checkbox", name=DONE).click()
    expect(sidebar.get_by_role("button", name="Reopen")).to_be_visible()


def _add(sidebar: Locator, title: str, due: date | None) -> None:
    sidebar.get_by_label("New task").fill(title)
    sidebar.get_by_label("Due (optional)").fill(due.isoformat() if due else "")
    sidebar.get_by_role("button", name="Add", exact=True).click()
    expect(sidebar.get_by_role("checkbox", name=title)).to_be_visible()


def _pose(page: Page) -> None:
    """The Tasks tab, complete, with the message at the bottom gone."""
    page.get_by_role("tab", name="Tasks").click()
    table = page.locator('table[data-tab="Tasks"]')
    for title, _ in TASKS:
        expect(table.get_by_role("checkbox", name=title)).to_be_visible()
    expect(table.get_by_role("checkbox", name=DONE)).to_be_checked()
    table.get_by_text(TASKS[0][0], exact=True).click()
    expect(page.get_by_role("status")).to_be_empty()


def _sidebar(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Add-on")


if __name__ == "__main__":
    sys.exit(main())
