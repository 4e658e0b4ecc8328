"""Access to the file, taken back in the menu: the add-on is called as for somebody who never granted it."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.test_inspector import inspector


def test_after_a_grant_is_taken_back_the_event_says_nothing_of_the_sheet(
    newcomer: str, open_window: OpenWindow
) -> None:
    window = open_window(newcomer)
    window.start()
    told = inspector(window).get_by_label("Last request")
    expect(told).to_contain_text("addonHasFileScopePermission")
    window.choose("Take back access to this file")
    expect(told).to_contain_text('"sheets": {}')
