"""How often a card asks whom: counted on the wire, on a warm connection and with a warm lease."""

from collections.abc import Callable
from typing import Any

from tests.system.google import Google
from tests.system.town import Town


def trips(town: Town, do: Callable[[], Any]) -> dict[str, int]:
    """The round trips to each server that `do` costs the web."""
    proxies = {"Redis": town.web_redis, "Postgres": town.web_postgres, "Google": town.web_google}
    before = {name: proxy.trips for name, proxy in proxies.items()}
    do()
    return {name: proxy.trips - before[name] for name, proxy in proxies.items()}


def add(google: Google, card: Any, title: str) -> Any:
    return google.click(card, "tasks.add_task", {"title": title})


def test_opening_the_sidebar_costs_one_trip_to_redis_and_one_to_postgres(town: Town) -> None:
    add(town.google, town.google.event("granted"), "Warm up")
    town.google.event("home")
    assert trips(town, lambda: town.google.event("home")) == {"Redis": 1, "Postgres": 1, "Google": 0}


def test_a_command_costs_at_most_one_more_to_each(town: Town) -> None:
    card = add(town.google, town.google.event("granted"), "Warm up")
    assert trips(town, lambda: add(town.google, card, "Counted")) == {"Redis": 2, "Postgres": 2, "Google": 0}


def test_an_empty_redis_costs_one_more_answer_and_then_nothing(town: Town) -> None:
    add(town.google, town.google.event("granted"), "Warm up")
    town.workers.stop()  # or it may save the read model once more, just after it was taken away
    models = list(town.redis().scan_iter("nu:*:tasks:v1"))
    assert town.redis().delete(*models) == 1
    assert trips(town, lambda: town.google.event("home")) == {"Redis": 2, "Postgres": 1, "Google": 0}
    assert trips(town, lambda: town.google.event("home")) == {"Redis": 1, "Postgres": 1, "Google": 0}
