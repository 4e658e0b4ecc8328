"""An add-on that is not NuMirror beside a Sheet, as the guide shows it: one person, with a mouse and a keyboard."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.window import Window
from tests.simulator.alone import kit


def test_a_guest_signs_the_book(browser: Browser, tmp_path: Path) -> None:
    with kit(tmp_path) as both, browser.new_context() as context:
        window = Window(context.new_page(), both.url, "ada@example.com")
        window.open()
        window.press("Use this Sheet")
        consent = window.page.get_by_role("dialog", name="Allow Guest book to use this file?")
        consent.get_by_role("button", name="Allow").click()
        window.field("Your words").fill("What a house!")
        window.press("Sign")
        expect(window.toast).to_have_text("Thank you!")
        expect(window.cell("A1")).to_have_text("ada@example.com")
        expect(window.cell("B1")).to_have_text("What a house!")
        window.choose("How many?")
        expect(window.toast).to_have_text("Signed: 1.")
        expect(window.page).to_have_title("My Discovery Map · Guest book")
        assert window.take_complaints() == []
