"""Rules of links to pictures: whoever has one sees that one picture, for ten minutes."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.shell.media import Address, MediaLinks
from numirror.shell.media.sealing import Sealing

KEY = b"m" * 32
LINKS = MediaLinks(KEY)
NOW = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)
ADA = "a" * 32
FIELDS = {"comic_id": "c-1", "page": "2"}


def check(path: str, now: datetime = NOW, links: MediaLinks = LINKS) -> Address | None:
    parts = urlsplit(path)
    _, media, tenant_hash, expires, domain, name = parts.path.split("/")
    assert media == "media"
    return links.check(tenant_hash, int(expires), domain, name, dict(parse_qsl(parts.query)), now)


def path(now: datetime = NOW, position: int = 7) -> str:
    return LINKS.path(ADA, "comics", "page.png", FIELDS, now, position)


@given(st.dictionaries(st.text(max_size=10), st.text(max_size=20), max_size=4), st.integers(0, 10**12))
@settings(max_examples=40)
def test_a_path_leads_to_what_it_was_made_for(fields: dict[str, str], position: int) -> None:
    made = LINKS.path(ADA, "comics", "comic.pdf", fields, NOW, position)
    assert made.isascii()
    assert check(made) == Address(ADA, "comics", "comic.pdf", fields, position)


def test_a_link_lives_ten_minutes_at_most_and_nine_at_least() -> None:
    assert check(path(), NOW + timedelta(minutes=9))
    assert check(path(), NOW + timedelta(minutes=10)) is None


def test_the_same_picture_in_the_same_minute_has_the_same_link() -> None:
    assert path() == path(NOW + timedelta(seconds=20))
    assert path() != path(position=8)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ADA, "b" * 32),
        ("/comics/", "/stories/"),
        ("page.png", "other.png"),
        ("p=7", "p=8"),
        ("f=", "f=e"),
        ("s=", "s=0"),
        ("s=", "s=%C3%A9"),
        ("s=", "x="),
        ("f=", "x="),
        ("p=", "x="),
    ],
)
def test_a_link_that_was_altered_leads_nowhere(old: str, new: str) -> None:
    assert path().count(old) == 1
    assert check(path().replace(old, new)) is None


def test_a_longer_life_can_not_be_written_into_a_link() -> None:
    expires = path().split("/")[3]
    assert check(path().replace(expires, str(int(expires) + 600)), NOW) is None


@pytest.mark.parametrize("query", [{}, {"f": "\udce9", "p": "x", "s": "\udce9"}, {"f": "e30", "p": "1", "s": "0" * 64}])
def test_a_query_of_any_kind_leads_nowhere(query: dict[str, str]) -> None:
    assert LINKS.check(ADA, 2**70, "comics", "page.png", query, NOW) is None


def test_parts_can_not_be_shifted_into_one_another() -> None:
    made = dict(parse_qsl(urlsplit(path()).query))
    shifted = {**made, "f": made["f"][:-1], "p": made["f"][-1] + made["p"]}
    assert check(f"{urlsplit(path()).path}?{urlencode(shifted)}") is None


def test_a_link_of_another_key_leads_nowhere() -> None:
    assert check(path(), links=MediaLinks(b"n" * 32)) is None


@pytest.mark.parametrize("name", ["page.svg", "../page.png", "page.png\r\nX: y", "page", ".png", 'a".png', "P.png"])
def test_a_name_that_is_none_gets_no_link(name: str) -> None:
    with pytest.raises(ValueError, match="ends in"):
        LINKS.path(ADA, "comics", name, {}, NOW, 1)


def test_fields_that_are_too_long_get_no_link() -> None:
    with pytest.raises(ValueError, match="too long"):
        LINKS.path(ADA, "comics", "page.png", {"x": "x" * 1500}, NOW, 1)


def test_a_sealed_picture_opens_for_its_own_tenant_and_name_only() -> None:
    sealing = Sealing(KEY)
    sealed = sealing.seal(ADA, "one", b"picture")
    assert b"picture" not in sealed
    assert sealing.open(ADA, "one", sealed) == b"picture"
    assert sealing.open(ADA, "one", sealing.seal(ADA, "one", b"")) == b""
    others = [("b" * 32, "one", sealed), (ADA, "two", sealed), (ADA, "one", sealed[:-1]), (ADA, "one", b"")]
    assert [sealing.open(*other) for other in others] == [None] * 4
    assert Sealing(b"n" * 32).open(ADA, "one", sealed) is None
