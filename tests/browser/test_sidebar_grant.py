"""Access to the file, taken back in the menu: the add-on is opened as by somebody who never granted it."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.test_inspector import inspector


def test_a_grant_that_is_taken_back_can_be_given_again(newcomer: str, open_window: OpenWindow) -> None:
    window = open_window(newcomer)
    window.start()
    window.choose("Take back access to this file")
    again = window.sidebar.get_by_role("button", name="Start with this Sheet", exact=True)
    expect(again).to_be_visible()
    expect(inspector(window).get_by_label("Last request")).to_contain_text('"sheets": {}')
    again.click()
    consent = window.page.get_by_role("dialog", name="Allow NuMirror to use this file?")
    consent.get_by_role("button", name="Allow").click()
    window.shows_card("Today")
