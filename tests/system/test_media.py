"""The way of a picture: from a link to the web, to a worker that forks, and back."""

import urllib.error
import urllib.request
from datetime import UTC, datetime
from email.message import Message

import pytest

from local.environment import environment
from local.stack import Stack
from numirror.settings import Settings
from numirror.shell.media import Address, MediaLinks, Pictures
from numirror.shell.stores import Stores
from tests.system.google import Google
from tests.waiting import eventually

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url: str) -> tuple[int, Message]:
    """Status and headers."""
    try:
        with _direct.open(url, timeout=20) as answer:
            return int(answer.status), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


@pytest.fixture
def stores(ada: Google, stack: Stack) -> Stores:
    """As the web and the workers have them; Ada has been here."""
    ada.event("granted")
    return Stores(Settings.read(environment(stack.folder, stack.addresses)))


def link(stores: Stores, stack: Stack, address: Address) -> str:
    links, now = MediaLinks(stores.key_for("media")), datetime.now(UTC)
    path = links.path(address.tenant_hash, address.domain, address.name, address.fields, now, position=address.position)
    return stack.addresses.addon_url + path


def test_a_worker_says_what_becomes_of_a_picture(stores: Stores, stack: Stack, ada: Google) -> None:
    unknown = link(stores, stack, Address(stores.tenant_hash(ada.user), "tasks", "none.png", {}, 1))
    # Until a worker has looked, the web says to come again.
    eventually(lambda: get(unknown)[0] == 404, 40)
    assert get(unknown.replace("s=", "s=0"))[0] == 410


def test_a_picture_may_be_kept_and_nothing_else(stores: Stores, stack: Stack, ada: Google) -> None:
    address = Address(stores.tenant_hash(ada.user), "tasks", "some.png", {}, 1)
    Pictures(stores).save(address, b"bytes")
    status, headers = get(link(stores, stack, address))
    assert (status, headers["Cache-Control"]) == (200, "private, max-age=600, immutable")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert get(link(stores, stack, address).replace("s=", "s=0"))[1]["Cache-Control"] == "no-store"
