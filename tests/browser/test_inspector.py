"""The inspector: what was said lately, kept as a file, and said again."""

import json
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenWindow
from tests.browser.window import Window


def inspector(window: Window) -> Locator:
    """Opened."""
    found = window.sidebar.locator("details.inspector")
    found.locator("summary").click()
    return found


def test_an_exchange_is_saved_and_sent_again(newcomer: str, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window(newcomer)
    window.start()
    window.choose("Help")
    shown = inspector(window)
    expect(shown.get_by_label("Last response")).to_contain_text("pushCard")
    with window.page.expect_download() as saving:
        shown.get_by_role("button", name="Save as test").click()
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    text = file.read_text()
    assert json.loads(text)["event"]["entry"] == "Help"
    assert newcomer not in text and "Token" not in text
    shown.get_by_role("button", name="Replay", exact=True).click()
    expect(shown.get_by_role("status")).to_contain_text("the answer is the same")
    recording = json.loads(text)
    recording["response"]["renderActions"]["action"]["navigations"][0]["pushCard"]["header"]["title"] = "Before"
    file.write_text(json.dumps(recording))
    shown.locator("input[type=file]").set_input_files(file)
    expect(shown.get_by_role("status")).to_contain_text('header.title was "Before"')


def test_what_was_said_before_can_be_looked_at(newcomer: str, open_window: OpenWindow) -> None:
    window = open_window(newcomer)
    window.start()
    window.choose("Help")
    shown = inspector(window)
    expect(shown.get_by_label("Last request")).to_contain_text("commonEventObject")
    choice = shown.get_by_label("Which exchange")
    expect(choice.locator("option").first).to_contain_text("Help ·")
    expect(choice.locator("option").nth(1)).to_contain_text("writes")
    choice.select_option(index=1)
    expect(shown.get_by_label("Last response")).to_contain_text("Today")
