"""The cards of the house: what a person reads about their resources."""

from datetime import UTC, datetime, timedelta
from typing import get_args
from uuid import UUID

import pytest

from numirror.kernel.card import Card
from numirror.shell.account.leaving import Erased, Receipt
from numirror.shell.account.overview import OpenKey, Overview, Proposal, Shown
from numirror.shell.checks import Line, Report
from numirror.shell.resources.resolution import Kind
from numirror.web.house import cards, leaving, notes
from numirror.web.house.words import age
from tests.cards.checked import checked_card

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KINDS: tuple[Kind, ...] = get_args(Kind)
TRIAL = Overview(tuple(Shown(kind, "trial" if kind in ("database", "redis") else "none") for kind in KINDS))
OWN = Shown("database", "vault", "db.example.com:5432/ada", NOW - timedelta(minutes=2, seconds=5), 14.2)


RECEIPT = Receipt(UUID(int=1), 12, "f" * 64, NOW)
OTHERS = (
    leaving.forget_card(),
    leaving.forgotten_card(),
    leaving.old_vault_card("It is older."),
    leaving.leave_card("/export/x/1/y", "/import/x/1/y"),
    leaving.erased_card(Erased(RECEIPT)),
    leaving.erased_card(Erased(RECEIPT, is_rest_left=True)),
    cards.first_database_card(),
    cards.lost_database_card(),
    notes.other_map_card("M", "https://x.y/z"),
)


def read(card: Card) -> str:
    """All that Google would show of a valid card."""
    return str(checked_card(card))


def test_a_resource_says_its_source_and_when_it_was_last_seen() -> None:
    assert cards.said_of(OWN, NOW) == "yours (vault), checked 2 minutes ago, 14 ms"
    assert cards.said_of(Shown("database", "trial"), NOW) == "trial, shared"
    assert cards.said_of(Shown("ai", "none"), NOW) == "none yet"


def test_every_resource_stands_in_the_overview() -> None:
    shown = read(cards.connections_card(TRIAL, NOW))
    assert all(name in shown for name in cards.NAMES.values())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", ["vault", "meta", "trial", "none"])
def test_every_resource_has_a_card_of_its_own(kind: Kind, source: str) -> None:
    shown = Shown(kind, source, "somewhere", NOW, 3.0)  # type: ignore[arg-type]
    assert ("Stop using" in read(cards.resource_card(shown, NOW))) == (source == "vault" and kind != "database")


def test_an_override_waits_for_a_yes() -> None:
    proposal = Proposal("database", "evil.example.com:5432/x", "f" * 64)
    shown = read(cards.connections_card(Overview(TRIAL.resources, (proposal,)), NOW))
    assert "evil.example.com" in shown and "house" not in shown and "Yes, that is mine" in shown


def test_an_override_that_breaks_a_rule_has_no_button() -> None:
    shown = read(cards.connections_card(Overview(TRIAL.resources, (Proposal("redis", why="Two hosts."),)), NOW))
    assert "Two hosts." in shown and "Yes, that is mine" not in shown


def test_however_much_is_wrong_it_fits_one_card() -> None:
    much = Overview(
        TRIAL.resources,
        tuple(Proposal(kind, "h" * 300, "f" * 64) for kind in KINDS),
        tuple(OpenKey(kind, "f" * 64) for kind in KINDS),
        tuple("n" * 300 for _ in range(50)),
        tuple("s" * 3_000 for _ in range(500)),
        is_here=False,
        map_url="https://docs.google.com/spreadsheets/d/1/edit",
    )
    checked_card(cards.connections_card(much, NOW))


def test_a_check_shows_each_step_and_the_sentence_that_helps() -> None:
    lines = (Line("name", True, 1.0), Line("TLS", False, 12.0, "Switch TLS on."), Line("login", None, 0.0))
    shown = read(cards.report_card(Report("database", lines)))
    assert all(word in shown for word in ("✓ name", "✗ TLS", "Switch TLS on.", "– login", "Not yet"))


@pytest.mark.parametrize("card", OTHERS)
def test_the_other_cards_are_valid(card: Card) -> None:
    checked_card(card)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=1, hours=23), "1 day ago"),
    ],
)
def test_an_age_is_told_in_the_largest_whole_unit(span: timedelta, words: str) -> None:
    assert age(span) == words
