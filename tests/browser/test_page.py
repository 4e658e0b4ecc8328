"""What a person can rely on in the sidebar and in the Sheet beside it."""

from playwright.sync_api import expect

from local.stack import Stack
from tests.browser.conftest import OpenWindow, new_user
from tests.browser.window import Window


def test_a_refused_add_keeps_what_was_typed(window: Window) -> None:
    window.field("New task").fill("   ")
    window.field("Due (optional)").fill("2030-01-02")
    window.press("Add")
    expect(window.toast).to_have_text("A task needs a title. Type what is to be done.")
    expect(window.field("New task")).to_have_value("   ")
    expect(window.field("Due (optional)")).to_have_value("2030-01-02")


def test_a_task_without_a_title_is_not_even_sent(window: Window) -> None:
    window.press("Add")
    expect(window.section("Add").get_by_text("Required")).to_be_visible()
    expect(window.field("New task")).to_be_focused()


def test_an_impatient_double_click_adds_one_task(window: Window) -> None:
    window.field("New task").fill("Only once")
    window.sidebar.get_by_role("button", name="Add", exact=True).dblclick()
    expect(window.toast).to_have_text("Added: Only once")
    window.settled()
    expect(window.box("Only once")).to_have_count(1)


def test_a_task_is_renamed_on_its_own_card(window: Window) -> None:
    window.add("Water the plants")
    window.open_task("Water the plants")
    expect(window.field("Title")).to_have_value("Water the plants")
    window.field("Title").fill("Water the garden")
    window.press("Rename")
    window.shows_card("Today")
    expect(window.box("Water the garden")).to_be_visible()
    expect(window.box("Water the plants")).to_have_count(0)
    window.show_tab("Tasks")
    expect(window.cell("D2")).to_have_text("Water the garden")


def test_a_deleted_task_can_be_brought_back(window: Window) -> None:
    window.add("Call home")
    window.show_tab("Tasks")
    expect(window.cell("D2")).to_have_text("Call home")
    window.open_task("Call home")
    window.press("Delete")
    expect(window.section("Closed lately").get_by_text("Call home")).to_be_visible()
    expect(window.cell("D2")).to_have_text("")
    window.press("Bring back")
    expect(window.box("Call home")).to_be_visible()
    expect(window.cell("D2")).to_have_text("Call home")


def test_what_was_typed_is_shown_as_it_was_typed(window: Window) -> None:
    title = '=1+1 <b>not bold</b> & <img src=x onerror=alert(1)> "quoted"'
    window.add(title)
    expect(window.toast).to_have_text(f"Added: {title}")
    expect(window.section("To do").get_by_text(title, exact=True)).to_be_visible()
    window.show_tab("Tasks")
    expect(window.cell("D2")).to_have_text(title)
    expect(window.page.locator("b", has_text="not bold")).to_have_count(0)


def test_a_change_is_seen_at_once_in_every_window(window: Window, open_window: OpenWindow) -> None:
    other = open_window(window.email)
    other.open(tab="Sheet1")
    window.show_tab("Sheet1")
    window.type("B2", "seen")
    expect(other.cell("B2")).to_have_text("seen")


def test_a_line_typed_below_the_tasks_is_not_written_over(window: Window) -> None:
    window.add("First")
    window.show_tab("Tasks")
    expect(window.cell("D2")).to_have_text("First")
    window.type("D4", "a line of my own")
    window.add("Second")
    expect(window.cell("D5")).to_have_text("Second")
    expect(window.cell("D4")).to_have_text("a line of my own")
    expect(window.cell("D2")).to_have_text("First")


def test_two_people_never_see_each_others_tasks(window: Window, open_window: OpenWindow, stack: Stack) -> None:
    other = open_window(new_user(stack, started=True))
    other.open()
    for mine, title in ((window, "Secret of one"), (other, "Secret of two")):
        mine.add(title)
        mine.show_tab("Tasks")
        expect(mine.cell("D2")).to_have_text(title)
    for mine, secret in ((window, "Secret of two"), (other, "Secret of one")):
        mine.open(tab="Tasks")
        expect(mine.cell("D2")).to_contain_text("Secret")
        expect(mine.page.locator("body")).not_to_contain_text(secret)


def test_a_phone_shows_the_sidebar_below_the_sheet(newcomer: str, open_window: OpenWindow) -> None:
    phone = open_window(newcomer, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    phone.start()
    sheet, sidebar = phone.page.locator("table[data-tab]").bounding_box(), phone.sidebar.bounding_box()
    assert sheet and sidebar
    assert sidebar["y"] > sheet["y"]
    assert sidebar["width"] > 350
    assert phone.page.evaluate("document.scrollingElement.scrollWidth") == 390
    phone.add("On the way")
    phone.show_tab("Tasks")
    expect(phone.cell("D2")).to_have_text("On the way")


def test_help_lies_over_the_card_and_back_leads_to_it(window: Window) -> None:
    window.choose("Help")
    window.shows_card("Help")
    window.press("Back")
    window.shows_card("Today")


def test_refresh_shows_what_happened_elsewhere(window: Window, open_window: OpenWindow) -> None:
    other = open_window(window.email)
    other.open()
    other.add("From the other window")
    expect(window.box("From the other window")).to_have_count(0)
    window.choose("Refresh")
    expect(window.box("From the other window")).to_be_visible()


def test_a_reload_keeps_person_tab_and_card(window: Window) -> None:
    window.add("Still here")
    window.show_tab("Tasks")
    expect(window.cell("D2")).to_have_text("Still here")
    window.page.reload()
    expect(window.page.get_by_role("tab", name="Tasks")).to_have_attribute("aria-selected", "true")
    expect(window.page.get_by_label("User")).to_have_value(window.email)
    expect(window.box("Still here")).to_be_visible()


def test_without_an_answer_there_is_a_sentence_and_retry(newcomer: str, open_window: OpenWindow) -> None:
    window = open_window(newcomer)
    away = {"status": 0, "request": {}, "response": None, "problems": ["The add-on could not be reached."]}
    window.page.route("**/sim/event", lambda route: route.fulfill(json=away))
    window.page.goto(window.address())
    expect(window.sidebar.get_by_role("alert")).to_contain_text("The add-on could not be reached.")
    window.page.unroute("**/sim/event")
    window.press("Retry")
    window.shows_card("NuMirror")
    expect(window.sidebar.get_by_role("alert")).to_be_hidden()


def test_an_answer_that_google_would_refuse_fails_its_test(newcomer: str, open_window: OpenWindow) -> None:
    window = open_window(newcomer)
    wrong = {"status": 200, "request": {}, "response": {"renderActions": {}}, "problems": []}
    window.page.route("**/sim/event", lambda route: route.fulfill(json=wrong))
    window.page.goto(window.address())
    expect(window.sidebar.get_by_text("Google would refuse this answer (1)")).to_be_visible()
    window.page.goto("about:blank")  # or it would be told again at the next change of the page
    complaints = window.take_complaints()
    assert complaints
    assert all("Cannot find field: renderActions" in complaint for complaint in complaints)
