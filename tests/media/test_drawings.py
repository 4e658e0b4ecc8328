"""Rules of the wishes for pictures: each is drawn once, and one that can't be drawn hurts no other."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest

from numirror.drawings import Drawer
from numirror.kernel.picture import Bars, Series
from numirror.shell.media import Address, Pictures
from numirror.shell.media.pictures import MOST_BYTES, MOST_WISHES
from numirror.shell.queue import Claim, Next
from tests.asking.person import Person
from tests.media.conftest import Drawn

At = Callable[..., Address]
DONE = Next(up_to_date=True)


def draw(drawer: Drawer, ada: Person) -> Next:
    return drawer.draw(ada.tenant_hash, monotonic() + 20)


def test_a_wish_is_drawn_from_the_state_at_the_head(
    drawer: Drawer, pictures: Pictures, ada: Person, at: At, drawn: Drawn
) -> None:
    ada.wish("kite")
    assert pictures.find(at()) is None
    assert pictures.wish(at())
    assert isinstance(ada.stores.draws.take(0, ""), Claim), "a worker was woken"
    assert draw(drawer, ada) == DONE
    assert pictures.find(at()) == b"png 1"
    assert drawn == [("png", (Bars("Wishes", "en", ("granted", "waiting"), (Series("now", (0.0, 1.0)),)),))]
    assert pictures.wishes(ada.tenant_hash) == []


def test_a_picture_is_drawn_once_for_each_state_and_field(
    drawer: Drawer, pictures: Pictures, ada: Person, at: At, drawn: Drawn
) -> None:
    for address in (at(), at(), at(position=2), at(x="1"), at(x="1"), at("all.pdf")):
        pictures.wish(address)
    draw(drawer, ada)
    assert len(drawn) == 4
    pictures.wish(at())
    draw(drawer, ada)
    assert len(drawn) == 4
    assert pictures.wishes(ada.tenant_hash) == []


@pytest.mark.parametrize("nothing", [{"what": "none"}, {"what": "crash"}, {"name": "x.png"}, {"domain": "nobody"}])
def test_what_can_not_be_drawn_is_remembered_for_a_minute(
    drawer: Drawer, pictures: Pictures, ada: Person, at: At, drawn: Drawn, nothing: dict[str, str]
) -> None:
    missing = at(**nothing)
    pictures.wish(missing)
    pictures.wish(at())
    assert draw(drawer, ada) == DONE
    assert pictures.find(missing) == b""
    assert pictures.find(at())
    redis: Any = ada.stores.platform
    assert 50 < redis.ttl(f"nu:{{{ada.tenant_hash}}}:picture:{missing.digest}") <= 60


def test_a_picture_that_kills_its_process_is_given_up(
    drawer: Drawer, pictures: Pictures, ada: Person, at: At, drawn: Drawn
) -> None:
    pictures.wish(at())
    assert [pictures.begin(at()), pictures.begin(at())] == [1, 2]
    draw(drawer, ada)
    assert drawn == []
    assert pictures.find(at()) == b""


def test_a_picture_that_is_too_large_is_none(pictures: Pictures, at: At) -> None:
    pictures.save(at(), b"x" * MOST_BYTES)
    assert pictures.find(at())
    pictures.save(at(), b"x" * (MOST_BYTES + 1))
    assert pictures.find(at()) == b""


def test_wishes_of_one_person_are_bounded(pictures: Pictures, ada: Person, at: At) -> None:
    assert all(pictures.wish(at(position=number)) for number in range(MOST_WISHES))
    assert not pictures.wish(at(position=99))
    assert pictures.wish(at(position=0)), "the same again is no new one"
    assert len(pictures.wishes(ada.tenant_hash)) == MOST_WISHES


def test_of_somebody_without_a_lease_nothing_is_drawn(
    drawer: Drawer, pictures: Pictures, ada: Person, at: At, drawn: Drawn
) -> None:
    pictures.wish(at())
    ada.stores.take_back_lease(ada.tenant_hash)
    assert draw(drawer, ada) == DONE
    assert pictures.find(at()) == b""
    assert drawn == []


def test_the_time_of_a_slice_is_kept(drawer: Drawer, pictures: Pictures, ada: Person, at: At, drawn: Drawn) -> None:
    pictures.wish(at())
    assert drawer.draw(ada.tenant_hash, monotonic() - 1) == Next(up_to_date=False)
    assert drawn == []


def test_nothing_of_it_lies_open_in_redis(drawer: Drawer, pictures: Pictures, ada: Person, at: At) -> None:
    redis: Any = ada.stores.platform
    secret = at(goal="Quit my job")
    pictures.wish(secret)
    pictures.save(secret, b"a picture of it")
    pictures.wish(secret)
    values = [redis.dump(key) for key in redis.keys("nu:{*") if b":lease" not in key]
    assert values
    assert not [value for value in values if b"Quit" in value or b"picture of" in value]


def test_one_tenants_wishes_are_not_anothers(pictures: Pictures, ada: Person, at: At) -> None:
    pictures.wish(at())
    redis: Any = ada.stores.platform
    other = "b" * 32
    redis.copy(f"nu:{{{ada.tenant_hash}}}:pictures", f"nu:{{{other}}}:pictures")
    assert pictures.wishes(other) == []
