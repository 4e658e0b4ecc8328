"""A day on which Google does not answer, as a person lives through it."""

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import expect

from local.stack import Stack
from tests.browser.conftest import OpenWindow
from tests.browser.window import Window


@pytest.fixture
def window(newcomer: str, open_window: OpenWindow, stack: Stack) -> Iterator[Window]:
    """Afterwards the weather is fair for the others who share the stack."""
    yield open_window(newcomer)
    requests.post(f"{stack.addresses.page_url}/sim/bad-days", json=[], timeout=10).raise_for_status()


def test_a_start_that_google_refuses_is_told_and_can_be_tried_again(window: Window) -> None:
    window.open()
    weather = window.page.get_by_role("button", name="Fair weather")
    weather.click()
    window.page.get_by_role("menuitem", name="503: unavailable").click()
    expect(window.page.get_by_role("button", name="503: unavailable")).to_be_visible()
    window.press("Start with this Sheet")
    consent = window.page.get_by_role("dialog", name="Allow NuMirror to use this file?")
    consent.get_by_role("button", name="Allow").click()
    window.shows_card("That did not work")
    expect(window.sidebar.get_by_text("Google does not answer. Please try again in a moment.")).to_be_visible()

    window.page.get_by_role("button", name="503: unavailable").click()
    window.page.get_by_role("menuitem", name="Fair weather").click()
    expect(weather).to_be_visible()
    window.press("Try again")
    window.shows_card("Today")
