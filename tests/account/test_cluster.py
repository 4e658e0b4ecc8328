"""Read models in a Redis Cluster: each tenant's on one node, and a cluster that is away costs a fold."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import redis

from numirror import catalog
from numirror.shell.mirrors import redis as read_models
from tests.account.cluster import cluster
from tests.account.conftest import Person


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a cluster."""
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


def beginning_with(person: Person, url: str) -> Person:
    """The same person, in a process whose read models lie there."""
    person.settings = msgspec.structs.replace(person.settings, read_model_url=url)
    person.begin()
    return person


def keys(person: Person) -> list[str]:
    return read_models.keys(person.stores.tenant_hash(person.visitor.tenant_id), catalog.STREAMS)


def test_states_are_saved_and_found_again(person: Person, url: str) -> None:
    beginning_with(person, url).visit()
    person.add("On one of three nodes")
    assert person.visit().models["tasks"].position == 1
    assert person.titles() == ["On one of three nodes"]
    with redis.RedisCluster.from_url(url.replace("+cluster", "")) as whole:
        assert whole.exists(*keys(person)) == len(keys(person))


def test_who_is_forgotten_is_forgotten_there_too(person: Person, url: str) -> None:
    beginning_with(person, url).visit()
    person.add("Forgotten")
    assert person.stores.models.exists(*keys(person))
    person.account.forget(person.visit())
    assert not person.stores.models.exists(*keys(person))


def test_tenants_spread_over_the_nodes(person: Person, url: str) -> None:
    whole: redis.RedisCluster = beginning_with(person, url).stores.models  # type: ignore[assignment]
    names = {whole.get_node_from_key(read_models.keys(f"{number:032x}", {"tasks": 1})[0]) for number in range(60)}
    assert len(names) == 3


def test_a_flush_costs_a_fold(person: Person, url: str) -> None:
    beginning_with(person, url).visit()
    person.add("Still here")
    person.stores.models.flushall()
    assert person.titles() == ["Still here"]
    assert person.visit().models["tasks"].position == 1


def test_a_cluster_that_is_away_costs_a_fold(person: Person, tmp_path: Path) -> None:
    with cluster(tmp_path) as gone:
        pass
    beginning_with(person, gone).visit()
    person.add("Without it")
    assert person.titles() == ["Without it"]


def test_a_cluster_that_goes_away_costs_a_fold(person: Person, tmp_path: Path) -> None:
    with cluster(tmp_path) as going:
        beginning_with(person, going).visit()
        person.add("With it")
    person.add("Without it")
    assert person.titles() == ["With it", "Without it"]
