"""Rules of showing pictures: at once if they are there, soon if not, and never with all threads."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from time import monotonic

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from numirror.drawings import Drawer
from numirror.settings import Settings
from numirror.shell.media import Address, Gallery, MediaLinks, Pictures
from numirror.shell.stores import Stores
from numirror.web.media import show
from tests.asking.person import Person
from tests.waiting import eventually

LINKS = MediaLinks(b"m" * 32)
At = Callable[..., Address]
Get = Callable[[Address], TestResponse]


def client(pictures: Pictures, seconds: float = 5.0, waiting: int = 2) -> FlaskClient:
    app = Flask("test")
    gallery = Gallery(LINKS, pictures, seconds, waiting)
    app.add_url_rule("/media/<tenant_hash>/<int:expires>/<domain>/<name>", "media", partial(show, gallery))
    return app.test_client()


def path(address: Address) -> str:
    now = datetime.now(UTC)
    return LINKS.path(address.tenant_hash, address.domain, address.name, address.fields, now, address.position)


@pytest.fixture
def at_work(drawer: Drawer, pictures: Pictures, ada: Person) -> Iterator[None]:
    """Somebody draws whatever is wished for."""
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.02):
            drawer.draw(ada.tenant_hash, monotonic() + 20)

    thread = threading.Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()


def test_a_picture_that_is_there_is_shown_and_may_be_kept(pictures: Pictures, at: At) -> None:
    pictures.save(at(), b"bytes")
    response = client(pictures).get(path(at()))
    assert (response.status_code, response.data, response.mimetype) == (200, b"bytes", "image/png")
    assert response.headers["Cache-Control"] == "private, max-age=600, immutable"
    assert "Content-Disposition" not in response.headers


@pytest.mark.parametrize(("name", "kind"), [("all.pdf", "application/pdf"), ("a.cbz", "application/vnd.comicbook+zip")])
def test_a_file_is_for_saving(pictures: Pictures, at: At, name: str, kind: str) -> None:
    pictures.save(at(name), b"bytes")
    response = client(pictures).get(path(at(name)))
    assert response.mimetype == kind
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.usefixtures("at_work")
def test_a_picture_that_is_not_there_is_drawn_meanwhile(pictures: Pictures, at: At) -> None:
    began = monotonic()
    assert client(pictures, seconds=20).get(path(at())).data == b"png 1"
    assert monotonic() - began < 10
    with ThreadPoolExecutor(2) as pool:
        get = client(pictures, seconds=20).get
        both = list(pool.map(lambda _: get(path(at(position=2))).status_code, range(2)))
    assert both == [200, 200]


@pytest.mark.usefixtures("at_work")
def test_a_picture_that_is_none_is_not_found(pictures: Pictures, at: At) -> None:
    response = client(pictures, seconds=20).get(path(at(what="none")))
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert "max-age" not in response.headers.get("Cache-Control", "")


def test_who_rings_is_heard_at_once(pictures: Pictures, at: At, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numirror.shell.media.pictures._LONGEST", 20.0)  # nobody looks again by himself
    with ThreadPoolExecutor() as pool:
        got = pool.submit(client(pictures, seconds=20).get, path(at()))
        eventually(lambda: blocked(ada) == 1)
        pictures.save(at(), b"bytes")
        assert got.result(10).data == b"bytes"


def blocked(ada: Person) -> int:
    found: dict[str, int] = ada.stores.platform.info("clients")  # type: ignore[assignment]
    return found["blocked_clients"]


def test_who_waits_too_long_is_asked_to_come_again(pictures: Pictures, at: At) -> None:
    response = client(pictures, seconds=0.05).get(path(at()))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "1")


def test_only_so_many_wait_at_once(pictures: Pictures, at: At, ada: Person) -> None:
    web = client(pictures, seconds=20, waiting=1)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(web.get, path(at()))
        eventually(lambda: blocked(ada) == 1)
        second = web.get(path(at(position=2)))
        assert (second.status_code, second.headers["Retry-After"]) == (503, "1")
        pictures.save(at(position=3), b"there")
        assert web.get(path(at(position=3))).data == b"there", "what is there needs no waiting"
        pictures.save(at(), b"bytes")
        assert first.result(10).data == b"bytes"
    assert web.get(path(at(position=3))).status_code == 200
    pictures.save(at(position=2), b"too")
    assert web.get(path(at(position=2))).data == b"too"


def test_the_seat_of_who_waited_in_vain_is_free_again(pictures: Pictures, at: At, ada: Person) -> None:
    web = client(pictures, seconds=0.05, waiting=1)
    assert [web.get(path(at(position=n))).status_code for n in range(3)] == [503] * 3
    assert len(pictures.wishes(ada.tenant_hash)) == 3, "none was sent away for want of a seat"


def test_a_link_that_is_altered_or_over_is_gone_and_wishes_nothing(pictures: Pictures, at: At, ada: Person) -> None:
    web = client(pictures)
    old = LINKS.path(ada.tenant_hash, "wishes", "chart.png", {}, datetime(2026, 1, 1, tzinfo=UTC), 1)
    bad = [web.get(path(at()).replace("s=", "s=0")), web.get(old), web.get(path(at()).partition("?")[0])]
    assert [one.status_code for one in bad] == [410] * 3
    assert len({one.data for one in bad}) == 1
    assert pictures.wishes(ada.tenant_hash) == []


def test_a_redis_that_is_away_is_a_matter_of_time(at: At, ada: Person) -> None:
    away = Stores(Settings.read({**ada.settings, "REDIS_URL": "redis://127.0.0.1:1"}))
    response = client(Pictures(away)).get(path(at()))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
