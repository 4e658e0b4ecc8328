"""The first card: today, a line for each domain that has news, and a way to each of the others."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from numirror import catalog
from numirror.domains.tasks.events import TaskAdded, TaskCompleted
from numirror.handle import Heads
from numirror.shell.google.identity import Visitor
from numirror.shell.resources.leases import Lease
from numirror.shell.visits import Place, Visit
from numirror.web import render
from numirror.web.actions import ActionSigner
from numirror.web.event import Incoming
from numirror.web.pages import Ask, Pages
from tests.cards.checked import BASE_URL, checked

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LEASE = Lease(
    tenant_id="ada@example.com", sub="1", trial_until=NOW, spreadsheet_id="sheet", google_token="",
    google_token_expires=NOW, zone="Etc/UTC", locale="en", schema=1,
)  # fmt: skip
PAGES = Pages(ActionSigner(b"k" * 32), lambda *_: "/media/0/1/domain/chart.png", BASE_URL)
SPACE = UUID(int=7)


def home(heads: Heads) -> dict[str, Any]:
    """The card as Google gets it, judged."""
    place = Place(NOW, "Etc/UTC", "en", "sheet", None)
    incoming = Incoming({}, {}, "Etc/UTC", "en", "sheet", None, None)
    ask = Ask(Visitor("ada@example.com", "1", "ada@example.com"), incoming, place)
    card = PAGES.home(ask, Visit("0" * 32, LEASE, None, {}), heads)
    checked(render.trigger(card), "homepage")
    return card


def heads(tasks: int) -> Heads:
    """So many tasks were added, every third of them is done."""
    states = {domain.name: domain.decider.initial for domain in catalog.DOMAINS}
    for number in range(tasks):
        task_id = uuid5(SPACE, str(number)).hex[:16]
        on = (NOW - timedelta(days=number % 40)).date()
        happened = [TaskAdded(entity_id=task_id, title=f"Task <b>{number}</b> #tag{number % 9}", due=on, on=on)]
        happened += [TaskCompleted(entity_id=task_id, on=on)] if number % 3 == 0 or number > 600 else []
        for event in happened:
            for domain in catalog.LISTENERS["tasks"]:
                heard = catalog.heard(domain, "tasks", event)
                if heard is not None:
                    states[domain.name] = domain.decider.evolve(states[domain.name], heard)
    return Heads(SPACE, tasks, states)


def more(card: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The titles of domains that have a line of news, and of those that have a chip."""
    (section,) = [one for one in card["sections"] if one.get("header") == "More"]
    lines = [one["decoratedText"]["topLabel"] for one in section["widgets"] if "decoratedText" in one]
    chips = [chip["label"] for one in section["widgets"] if "chipList" in one for chip in one["chipList"]["chips"]]
    return lines, chips


@pytest.mark.parametrize("tasks", [0, 1, 10_000])
def test_every_domain_is_one_tap_away_however_much_there_is(tasks: int) -> None:
    lines, chips = more(home(heads(tasks)))
    assert sorted([*lines, *chips]) == sorted(one.title for one in catalog.DOMAINS if one is not catalog.HOME)


def test_news_take_a_line_of_their_own() -> None:
    assert more(home(heads(0)))[0] == []
    assert more(home(heads(3)))[0] == ["Reports"]


def test_a_tap_opens_the_domain() -> None:
    card = home(heads(0))
    (section,) = [one for one in card["sections"] if one.get("header") == "More"]
    (chips,) = [one["chipList"]["chips"] for one in section["widgets"] if "chipList" in one]
    (wall,) = [chip["onClick"]["action"]["parameters"] for chip in chips if chip["label"] == "Wall"]
    assert {"key": "op", "value": "social.show"} in wall
    assert {"key": "page", "value": catalog.FIRST} in wall
