"""Another time zone, another language: the add-on is told so, and the first card is drawn anew."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.test_inspector import inspector


def test_the_day_is_that_of_the_persons_place(newcomer: str, open_window: OpenWindow) -> None:
    window = open_window(newcomer)
    window.start()
    where = window.page.get_by_role("button", name="Europe/Berlin · en-GB")
    where.click()
    window.page.get_by_role("menuitem", name="Pacific/Kiritimati").click()
    window.shows_card("Today")
    expect(window.page.get_by_role("button", name="Pacific/Kiritimati · en-GB")).to_be_visible()
    shown = inspector(window).get_by_label("Last request")
    expect(shown).to_contain_text('"id": "Pacific/Kiritimati"')
    expect(shown).to_contain_text('"offset": 50400000')


def test_the_choice_stays_over_a_reload_and_can_be_taken_back(newcomer: str, open_window: OpenWindow) -> None:
    window = open_window(newcomer)
    window.start()
    window.page.get_by_role("button", name="Europe/Berlin · en-GB").click()
    window.page.get_by_role("menuitem", name="ja-JP").click()
    window.open()
    expect(inspector(window).get_by_label("Last request")).to_contain_text('"userLocale": "ja-JP"')
    window.page.get_by_role("button", name="Europe/Berlin · ja-JP").click()
    window.page.get_by_role("menuitem", name="This browser").click()
    expect(window.page.get_by_role("button", name="Europe/Berlin · en-GB")).to_be_visible()
