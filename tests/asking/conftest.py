from collections.abc import Iterator

import pytest

from numirror.shell.resources.resolution import AiConfig, Resource
from tests.asking import toy
from tests.asking.ai_double import AiDouble, ai_double
from tests.asking.person import Person, environ, person


@pytest.fixture
def ai() -> Iterator[AiDouble]:
    """The AI that Ada's account is with."""
    with ai_double() as double:
        yield double


@pytest.fixture
def ada(database: str, redis_url: str, ai: AiDouble, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Ada after a visit."""
    toy.install(lambda thing, name, value: monkeypatch.setattr(thing, name, value, raising=False))  # type: ignore[arg-type]
    one = person(environ(database, redis_url, ai.url))
    one.lend(Resource(AiConfig("openai", "sk-ada"), "vault"))
    return one
