"""Google's certificates: fetched seldom, never invented, never waited for by those who have them."""

import logging
import threading
from collections.abc import Callable

import pytest

from numirror.shell.google import certificates as rooms
from numirror.shell.google.certificates import Certificates, CertificatesAway
from numirror.shell.google.fetch import Fetched
from numirror.shell.google.identity import NotAuthenticated, Verifier
from tests.identity.forger import CERTS_URL, CLIENT_ID, HEADER, NOW, SERVICE_ACCOUNT, USER, certificates, signed, user

DEADLINE = 10.0
HOUR = 3600.0


class Google:
    """Answers and counts. `kids` is what it serves; None when it is away."""

    def __init__(self, *kids: str, cache_control: str = "public, max-age=3600, must-revalidate") -> None:
        self.kids: tuple[str, ...] | None = kids or ("k1",)
        self.cache_control = cache_control
        self.body: bytes | None = None
        self.fetches = 0
        self.now = 1000.0
        self.before_answer: Callable[[], object] = lambda: None

    def fetch(self, url: str) -> Fetched:
        assert url == CERTS_URL
        self.fetches += 1
        self.before_answer()
        if self.kids is None:
            raise ConnectionError("secret detail")
        body = certificates(**dict.fromkeys(self.kids, "google")) if self.body is None else self.body
        return Fetched(body, self.cache_control)

    def certificates(self) -> Certificates:
        return Certificates(CERTS_URL, self.fetch, clock=lambda: self.now)


def run(*calls: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=call, daemon=True) for call in calls]
    for thread in threads:
        thread.start()
    return threads


def join(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(DEADLINE)
        assert not thread.is_alive()


def test_a_thousand_tokens_cost_one_fetch() -> None:
    google = Google()
    verifier = Verifier(
        client_id=CLIENT_ID,
        service_account=SERVICE_ACCOUNT,
        certs_url=CERTS_URL,
        fetch=google.fetch,
        clock=lambda: NOW,
    )
    token = user()
    for _ in range(1000):
        verifier.verify_user(token)
    assert google.fetches == 1


def test_a_key_is_parsed_once() -> None:
    certs = Google().certificates()
    assert certs.key("k1") is certs.key("k1") is not None


def test_nothing_is_fetched_before_it_is_asked_for() -> None:
    google = Google()
    google.certificates()
    assert google.fetches == 0


@pytest.mark.parametrize(
    ("cache_control", "seconds"),
    [
        ("public, max-age=22000, must-revalidate, no-transform", 22000),
        ("MAX-AGE=7200", 7200),
        ("max-age=0", rooms.REFETCH_SECONDS),
        ("max-age=999999999", rooms.MAX_AGE_SECONDS),
        ("", rooms.DEFAULT_AGE_SECONDS),
        ("no-store", rooms.DEFAULT_AGE_SECONDS),
        ("max-age=-5", rooms.DEFAULT_AGE_SECONDS),
        ("max-age=1e9", rooms.DEFAULT_AGE_SECONDS),
        ("max-age=" + "9" * 5000, rooms.DEFAULT_AGE_SECONDS),
        ("s-max-age=5, x-max-age=7", rooms.DEFAULT_AGE_SECONDS),
    ],
)
def test_certificates_are_kept_as_long_as_google_says_within_reason(cache_control: str, seconds: float) -> None:
    google = Google(cache_control=cache_control)
    certs = google.certificates()
    certs.key("k1")
    google.now += seconds - 0.5
    certs.key("k1")
    assert google.fetches == 1
    google.now += 1
    certs.key("k1")
    assert google.fetches == 2


def test_an_unknown_key_is_looked_for_at_most_once_a_minute() -> None:
    google = Google()
    certs = google.certificates()
    certs.key("k1")
    google.now += 60
    for junk in range(500):
        assert certs.key(f"junk{junk}") is None
    assert google.fetches == 2
    google.now += 59
    assert certs.key("junk") is None
    assert google.fetches == 2
    google.now += 1
    assert certs.key("junk") is None
    assert google.fetches == 3


def test_a_new_key_of_google_is_found_before_the_old_set_is_over() -> None:
    google = Google("k1")
    certs = google.certificates()
    certs.key("k1")
    google.kids = ("k1", "k2")
    google.now += 60
    assert certs.key("k2") is not None


def test_a_key_that_google_took_back_is_gone_with_the_next_fetch() -> None:
    google = Google("k1", "k2")
    certs = google.certificates()
    assert certs.key("k1") is not None
    google.kids = ("k2",)
    google.now += HOUR
    assert certs.key("k1") is None


def test_a_kid_that_is_no_kid_makes_nobody_fetch() -> None:
    google = Google()
    verifier = Verifier(
        client_id=CLIENT_ID, service_account=SERVICE_ACCOUNT, certs_url=CERTS_URL, fetch=google.fetch, clock=lambda: NOW
    )
    for kid in (None, "", 5, "a b", "x" * 129, ["k1"]):
        with pytest.raises(NotAuthenticated):
            verifier.verify_user(signed(USER, HEADER | {"kid": kid}))
    assert google.fetches == 0


def test_the_old_set_serves_while_google_is_away_and_is_asked_for_once_a_minute() -> None:
    google = Google()
    certs = google.certificates()
    certs.key("k1")
    google.kids = None
    google.now += HOUR
    for _ in range(100):
        assert certs.key("k1") is not None
    assert google.fetches == 2
    google.kids = ("k1",)
    google.now += 60
    assert certs.key("k1") is not None
    assert google.fetches == 3


def test_the_old_set_does_not_serve_for_ever() -> None:
    google = Google()
    certs = google.certificates()
    certs.key("k1")
    google.kids = None
    google.now += HOUR + rooms.STALE_SECONDS - 1
    assert certs.key("k1") is not None
    google.now += 1
    with pytest.raises(CertificatesAway):
        certs.key("k1")
    google.kids = ("k1",)
    google.now += 60
    assert certs.key("k1") is not None


def test_without_any_certificates_they_are_away_and_soon_asked_for_again() -> None:
    google = Google()
    google.kids = None
    certs = google.certificates()
    for _ in range(100):
        with pytest.raises(CertificatesAway):
            certs.key("k1")
    assert google.fetches == 1
    google.kids = ("k1",)
    google.now += rooms.RETRY_SECONDS
    assert certs.key("k1") is not None


def test_away_is_not_the_same_as_not_authenticated() -> None:
    google = Google()
    google.kids = None
    verifier = Verifier(
        client_id=CLIENT_ID, service_account=SERVICE_ACCOUNT, certs_url=CERTS_URL, fetch=google.fetch, clock=lambda: NOW
    )
    with pytest.raises(CertificatesAway) as caught:
        verifier.verify_user(user())
    assert not caught.value.permanent
    assert caught.value.__context__ is None


def test_a_slow_failure_is_not_repeated_by_everyone_who_waited_for_it() -> None:
    google = Google()
    google.kids = None

    def wait_for_the_time_out() -> None:
        google.now += 5.0

    google.before_answer = wait_for_the_time_out
    certs = google.certificates()
    for _ in range(10):
        with pytest.raises(CertificatesAway):
            certs.key("k1")
    assert google.fetches == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"<html>",
        b'{"k1": 5}',
        b'{"k1": "no certificate"}',
        b'{"k1": "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----"}',
        b'{"keys": [{"kid": "k1"}]}',
        certificates(k1="google")[:-10],
    ],
)
def test_a_wrong_answer_changes_nothing(body: bytes) -> None:
    google = Google()
    certs = google.certificates()
    key = certs.key("k1")
    google.now += HOUR
    google.body = body
    assert certs.key("k1") is key
    assert google.fetches == 2


def test_a_failed_fetch_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    google = Google()
    google.kids = None
    with caplog.at_level(logging.WARNING), pytest.raises(CertificatesAway):
        google.certificates().key("k1")
    (record,) = caplog.records
    assert (record.getMessage(), record.error) == ("google_certificates_not_fetched", "ConnectionError")  # type: ignore[attr-defined]
    assert "secret detail" not in str(vars(record))


def test_who_has_the_key_does_not_wait_for_a_fetch_under_way() -> None:
    google = Google()
    certs = google.certificates()
    certs.key("k1")
    fetching, answer = threading.Event(), threading.Event()
    google.before_answer = lambda: (fetching.set(), answer.wait(2 * DEADLINE))
    google.now += HOUR
    slow = run(lambda: certs.key("k1"))
    assert fetching.wait(DEADLINE)
    join(run(*[lambda: certs.key("k1")] * 8))
    assert not answer.is_set()
    answer.set()
    join(slow)
    assert google.fetches == 2


def test_a_junk_kid_under_way_holds_up_nobody_who_has_the_key() -> None:
    google = Google()
    certs = google.certificates()
    certs.key("k1")
    fetching, answer = threading.Event(), threading.Event()
    google.before_answer = lambda: (fetching.set(), answer.wait(2 * DEADLINE))
    google.now += 60
    slow = run(lambda: certs.key("junk"))
    assert fetching.wait(DEADLINE)
    join(run(*[lambda: certs.key("k1")] * 8))
    answer.set()
    join(slow)


@pytest.mark.parametrize("first", [True, False], ids=["first", "after a change of keys"])
def test_all_who_need_the_same_fetch_share_it_and_get_their_key(first: bool) -> None:
    google = Google("k1")
    certs = google.certificates()
    if not first:
        certs.key("k1")
        google.now += 60
    google.kids = ("k1", "k2")
    google.fetches = 0
    fetching, answer = threading.Event(), threading.Event()
    google.before_answer = lambda: (fetching.set(), answer.wait(2 * DEADLINE))
    found: list[object] = []
    threads = run(*[lambda: found.append(certs.key("k2"))] * 8)
    assert fetching.wait(DEADLINE)
    answer.set()
    join(threads)
    assert len(found) == 8
    assert None not in found
    assert google.fetches == 1
