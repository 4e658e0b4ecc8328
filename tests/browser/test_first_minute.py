"""The first minute of somebody new, as they see it."""

from typing import Any

import psycopg
from playwright.sync_api import expect

from local.stack import Stack
from numirror import catalog
from tests.browser.conftest import OpenWindow
from tests.waiting import eventually

TABS = ["README", "Meta", "Vault", *(tab.title for tab in catalog.TABS), "Sheet1"]


def test_from_the_empty_sidebar_to_a_task_ticked_off(newcomer: str, open_window: OpenWindow, stack: Stack) -> None:
    window = open_window(newcomer)
    window.start()
    expect(window.page.get_by_role("tab")).to_have_text(TABS)
    expect(window.sidebar.get_by_text("Nothing to do.")).to_be_visible()

    window.field("New task").fill("Buy bread")
    window.field("Due (optional)").fill("2030-01-02")
    window.press("Add")
    expect(window.toast).to_have_text("Added: Buy bread")
    expect(window.section("Later").get_by_text("due Wed 2 Jan 2030")).to_be_visible()
    expect(window.field("New task")).to_have_value("")

    window.tick("Buy bread")
    expect(window.toast).to_have_text("Done. It can be reopened below.")
    expect(window.section("Closed lately").get_by_text("Buy bread")).to_be_visible()
    expect(window.box("Buy bread")).to_have_count(0)

    window.show_tab("Tasks")
    expect(window.cell("D2")).to_have_text("Buy bread")
    expect(window.cell("C2").get_by_role("checkbox", name="Buy bread")).to_be_checked()
    expect(window.cell("E2")).to_have_text("2030-01-02")
    eventually(lambda: tasks_of(newcomer, stack) == [("Buy bread", "done", "2030-01-02")])


def tasks_of(email: str, stack: Stack) -> list[tuple[Any, ...]]:
    """The rows of the person's table. Row-level security is forced, so this reads as the tenant."""
    with psycopg.connect(stack.addresses.database) as sql:
        sql.execute("select nu.enter(%s)", [email])
        return sql.execute("select title, status, due::text from nu.projection_tasks").fetchall()
