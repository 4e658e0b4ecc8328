"""A real browser in front of the whole of NuMirror."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from local.chromium import find_chromium
from local.stack import Stack
from tests.browser.window import Window
from tests.browser.worksheet import Worksheet
from tests.system.google import Google, call

OpenWindow = Callable[..., Window]

_QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
_MILLISECONDS = 20_000  # a flush of the Sheet waits two seconds, and machines are slow when all tests run
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each window of it is a stranger to the others."""
    chromium = find_chromium()
    expect.set_options(timeout=_MILLISECONDS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium.executable, env=dict(chromium.env), args=[*chromium.arguments, *_QUIET]
        )
        yield launched
        launched.close()


@pytest.fixture
def newcomer(stack: Stack) -> str:
    """Somebody who has not started NuMirror yet; the e-mail address."""
    return new_user(stack)


@pytest.fixture
def open_window(browser: Browser, stack: Stack) -> Iterator[OpenWindow]:
    """Makes the window of the user with an e-mail address, without any other window's cookies and storage.

    More arguments are Playwright's for a context. A test fails if in one of its windows a script failed, a file was
    missing, or an answer was shown that Google would refuse.
    """
    windows: list[Window] = []
    with ExitStack() as undo:

        def make(email: str, **look: Any) -> Window:
            usual = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", "timezone_id": "Europe/Berlin"}
            context = undo.enter_context(browser.new_context(**{**usual, **look}))
            context.set_default_timeout(_MILLISECONDS)
            windows.append(Window(context.new_page(), stack.addresses.page_url, email))
            return windows[-1]

        yield make
        assert [window.take_complaints() for window in windows] == [[] for _ in windows]


@pytest.fixture
def window(open_window: OpenWindow, stack: Stack) -> Window:
    """The window of somebody who has started NuMirror, and sees the Today card."""
    made = open_window(new_user(stack, started=True))
    made.open()
    return made


@pytest.fixture
def work(newcomer: str, open_window: OpenWindow, stack: Stack) -> Worksheet:
    """Somebody at work in an empty Sheet, beside an add-on that they have not started."""
    return Worksheet(open_window(newcomer), stack.addresses.page_url)


def new_user(stack: Stack, *, started: bool = False) -> str:
    """Somebody new with an empty Sheet, who may have started NuMirror there already; the e-mail address."""
    url, email = stack.addresses.page_url, f"newcomer-{next(_numbers)}@example.com"
    call(f"{url}/sim/users", {"email": email, "name": "New"})
    if started:
        Google(url, email).event("granted")
    return email
