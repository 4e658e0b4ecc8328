"""Whatever is typed: a value with allowed parts, or a refusal that repeats nothing of it."""

import re
import string
from ipaddress import ip_address

from hypothesis import example, given, settings
from hypothesis import strategies as st

from numirror.shell.resources.guard.guard import Guard, fingerprint
from numirror.shell.resources.guard.refusals import SENTENCES, TargetRefused
from numirror.shell.resources.guard.targets import parse_ai_url, parse_database_url, parse_redis_url

PASSWORD = "Zq7Xw9Kv3"
PUBLIC = "93.184.216.34"
NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def mostly(good: str, *bad: str) -> st.SearchStrategy[str]:
    """What matches `good` three times out of four, so that whole addresses come out often enough."""
    return st.one_of(*[st.from_regex(good, fullmatch=True, alphabet=ASCII)] * 3, st.sampled_from(bad))


ASCII = st.characters(min_codepoint=33, max_codepoint=126)
hosts = mostly(
    "[a-z]{1,9}[.]example[.]com|8[.]8[.]8[.][1-9]", "127.1", "[::1]", "localhost", "a,b", "ex%61mple.com", "①", "", "h."
)
users = mostly(
    f"[a-z]{{1,9}}:{PASSWORD}[a-z]{{0,5}}@", f":{PASSWORD}@", f"{PASSWORD}@", f"a:%00{PASSWORD}@", f"a:{PASSWORD}%@", ""
)
ports = mostly("|:[1-9][0-9]{0,3}", ":0", ":99999", ":x", ":٣", "::")
queries = mostly(
    "|[?]sslmode=require|[?]options=endpoint=[a-z]{1,9}",
    "?",
    "?sslmode=disable",
    "?host=x",
    "?sslmode=require&sslmode",
    "#",
)
names = mostly("/[a-z]{1,9}", "", "/", "/a%3Db", "/%ff")
numbers = mostly("|/|/[0-9]|/1[0-5]", "/16", "/-1")
paths = mostly("(/[a-z]{1,9}){0,3}/?", "//", "/v1/..", "/%2e")
odd = st.text(st.one_of(st.characters(), st.sampled_from(string.printable)), max_size=12)


@st.composite
def disturbed(draw: st.DrawFn, urls: st.SearchStrategy[str]) -> str:
    """A URL with something odd in it somewhere."""
    url = draw(urls)
    at = draw(st.integers(0, len(url)))
    return url[:at] + draw(odd) + url[at:]


def texts(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """URLs of good and bad parts, whole and disturbed, and anything at all."""
    urls = st.builds(lambda *drawn: "".join(drawn), *parts)
    return st.one_of(urls, urls, disturbed(urls), odd)


databases = texts(st.sampled_from(["postgresql://", "postgres://"]), users, hosts, ports, names, queries)
redises = texts(st.sampled_from(["rediss://", "rediss://", "redis://"]), users, hosts, ports, numbers)
providers = texts(st.just("https://"), hosts, ports, paths)


def resolve(name: str, owner: str) -> str:
    assert NAME.fullmatch(name)
    return PUBLIC


GUARD = Guard(resolve=resolve)


def assert_plain(refusal: TargetRefused) -> None:
    assert str(refusal) == SENTENCES[refusal.code]
    assert PASSWORD not in repr(refusal)
    assert refusal.__cause__ is None and refusal.__context__ is None


def assert_place(host: str, port: int) -> None:
    assert 1 <= port <= 65535
    try:
        assert GUARD.admit(host, port) in {PUBLIC, host}
    except TargetRefused as refusal:
        assert refusal.code == "host_not_public"
    else:
        assert NAME.fullmatch(host) or ip_address(host).is_global


@settings(max_examples=500, deadline=None)
@given(databases)
@example(f"postgresql://ada:{PASSWORD}@db.example.com:5432/app?sslmode=require")
@example("postgresql://a:b@[v1.x]/d")
@example("postgresql://a:b@[::1%25x]/d")
def test_a_database(text: str) -> None:
    try:
        target = parse_database_url(text, "ada@example.com")
    except TargetRefused as refusal:
        return assert_plain(refusal)
    assert_place(target.host, target.port)
    assert target.user and target.password and target.dbname
    assert not re.search(r"[\0-\x1f\x7f]", target.user + target.password + target.dbname)
    assert target.sslmode in {"", "require", "verify-ca", "verify-full"} or target.host in {
        "localhost",
        "127.0.0.1",
        "::1",
    }
    assert target.channel_binding in {"", "require", "prefer"} and target.sslnegotiation in {"", "postgres", "direct"}
    assert re.fullmatch("[A-Za-z0-9-]*", target.endpoint)
    assert PASSWORD not in repr(target) and len(fingerprint(target)) == 64
    return None


@settings(max_examples=500, deadline=None)
@given(redises)
@example(f"rediss://:{PASSWORD}@db.example.com:6380/15")
def test_a_redis(text: str) -> None:
    try:
        target = parse_redis_url(text)
    except TargetRefused as refusal:
        return assert_plain(refusal)
    assert_place(target.host, target.port)
    assert 0 <= target.db <= 15 and target.password.reveal()
    assert target.tls or target.host in {"localhost", "127.0.0.1", "::1"}
    assert PASSWORD not in repr(target) and len(fingerprint(target)) == 64
    return None


@settings(max_examples=500, deadline=None)
@given(providers)
@example("https://ai.example.com/v1/")
def test_an_ai_provider(text: str) -> None:
    try:
        target = parse_ai_url(text)
    except TargetRefused as refusal:
        return assert_plain(refusal)
    assert_place(target.host, target.port)
    assert re.fullmatch(r"(/[A-Za-z0-9._~-]+)*", target.path) and "/.." not in f"{target.path}/".replace("/...", "")
    assert parse_ai_url(target.url) == target
    return None
