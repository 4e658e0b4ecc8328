"""What the sidebar and SQL show of AI use."""

from datetime import UTC, date, datetime, timedelta

import pytest

from numirror.domains.account.cards import news, said, use_card
from numirror.domains.account.decider import Account, Reserved, Used
from numirror.domains.account.events import AccountEvent, CallReleased, CallReserved, CallSettled, CapSet
from numirror.domains.account.mirrors import CALLS_TABLE
from numirror.kernel.domain import Viewer
from numirror.kernel.mirror import Happened, Row
from tests.cards.checked import checked_card

SUNDAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
VIEWER = Viewer(NOON, "Europe/Berlin", has_ai=True)
RESERVED = CallReserved(entity_id="c", day=SUNDAY, tokens=1_000, on_trial=True)
SETTLED = CallSettled(entity_id="c", input_tokens=100, output_tokens=50, micros=None, model="m")


def test_an_account_that_was_never_used_says_so_in_numbers() -> None:
    card = str(checked_card(use_card(Account(), Viewer(NOON, "Etc/UTC"))))
    assert "0 of 50,000 tokens today" in card
    assert "No AI account is connected yet" in card


def test_a_busy_account_shows_share_price_trial_and_what_is_open() -> None:
    days = {SUNDAY - timedelta(days=n): Used(12_345 * n, n, 1_500_000 * n, n) for n in range(62)}
    state = Account(24_000, {**days, SUNDAY: Used(12_000, 3, 4_200, 1)}, {"c": Reserved(SUNDAY, 9, True)}, 7)
    card = str(checked_card(use_card(state, VIEWER)))
    for text in ("████████░░░░░░░░ 50%", "US$ 0.0042", "unknown for 1 call", "7 of 20 calls on the trial", "1 call is"):
        assert text in card


@pytest.mark.parametrize("state", [Account(0, {SUNDAY: Used(10, 1)}), Account(5, {SUNDAY: Used(10**12, 10**6)})])
def test_a_share_of_nothing_or_of_too_much_is_still_a_card(state: Account) -> None:
    checked_card(use_card(state, VIEWER))


@pytest.mark.parametrize(("tokens", "line"), [(79, ""), (80, "80% of today's"), (100, "are used up"), (0, "")])
def test_news_are_told_when_the_cap_is_near(tokens: int, line: str) -> None:
    told = news(Account(100, {SUNDAY: Used(tokens, 1)}), VIEWER)
    assert line in told
    assert bool(line) == bool(told)


def test_every_event_has_a_sentence() -> None:
    events: list[AccountEvent] = [
        RESERVED, SETTLED, CallReleased(entity_id="c"), CapSet(entity_id="cap", tokens_per_day=0),
        CapSet(entity_id="cap", tokens_per_day=80_000),
    ]  # fmt: skip
    sentences = {said((event,)) for event in events} | {said(())}
    assert len(sentences) == 6
    assert "The cap is 80,000 tokens a day now." in sentences


def row_after(*events: AccountEvent) -> Row | None:
    row: Row | None = None
    for position, event in enumerate(events, 1):
        row = CALLS_TABLE.project(row, Happened(event, position, NOON, "Etc/UTC"))
    return row


def test_every_call_is_a_row_with_every_column() -> None:
    row = row_after(RESERVED, SETTLED)
    assert row == {
        "call_id": "c", "day": "2026-11-22", "status": "settled", "reserved_tokens": 1_000, "input_tokens": 100,
        "output_tokens": 50, "micros": None, "model": "m", "on_trial": True, "reserved_at": "2026-11-22T12:00:00+00:00",
    }  # fmt: skip
    assert set(row) == {column.name for column in CALLS_TABLE.columns}


def test_a_call_that_was_never_made_says_so_and_a_cap_is_no_call() -> None:
    released = CallReleased(entity_id="c")
    assert (row_after(RESERVED, released) or {})["status"] == "released"
    assert row_after(released) is None
    assert CALLS_TABLE.rows_of(Happened(CapSet(entity_id="cap", tokens_per_day=1), 1, NOON, "Etc/UTC")) == ()
    assert CALLS_TABLE.rows_of(Happened(released, 1, NOON, "Etc/UTC")) == ("c",)
