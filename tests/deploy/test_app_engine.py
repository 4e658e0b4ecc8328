"""What an operator deploys to App Engine, judged by Google's own reader of such files."""

import importlib.util
import shlex
from pathlib import Path
from typing import Any

import pytest
from google.appengine.api import appinfo, appinfo_errors, yaml_errors

from numirror.settings import Settings, names

ROOT = Path(__file__).parents[2]
FILES = ("app.yaml", "worker.yaml")
REFUSALS = (yaml_errors.EventError, yaml_errors.EventListenerError, appinfo_errors.Error)

# A value in angle brackets is the operator's to fill in.
_SECRETS = {"DATABASE_URL", "REDIS_URL", "READ_MODEL_URL", "LLM_MASTER_KEY"}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def judged(content: str) -> dict[str, Any]:
    """The file as App Engine reads it. Raises one of `REFUSALS`."""
    read: dict[str, Any] = appinfo.LoadSingleAppInfo(content).ToDict()
    return read


@pytest.mark.parametrize("name", FILES)
def test_app_engine_reads_the_file(name: str) -> None:
    assert judged(text(name))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "wrong",
    [
        "instanceclass: F2",
        "manual_scaling:\n  instances: many",
        "automatic_scaling:\n  minimum_instances: 1",
        "basic_scaling:\n  max_instances: 1\n",
        "service: Web Front",
        "env_variables: all",
        "runtime: python311",
    ],
)
def test_app_engine_refuses_a_file_that_is_wrong(name: str, wrong: str) -> None:
    with pytest.raises(REFUSALS):
        judged(f"{text(name)}\n{wrong}\n")


@pytest.mark.parametrize("name", FILES)
def test_every_variable_is_a_setting_and_every_needed_setting_is_there(name: str) -> None:
    given = judged(text(name))["env_variables"]
    needed = {names()[field] for field in _required()}
    assert set(given) <= set(names().values())
    assert needed <= set(given)
    assert given["NU_ENVIRONMENT"] == "production"


@pytest.mark.parametrize("name", FILES)
def test_no_file_holds_a_secret(name: str) -> None:
    given = judged(text(name))["env_variables"]
    assert {given[variable] for variable in _SECRETS & set(given)} == {"<secret>"}


def test_web_and_workers_agree_on_what_they_share() -> None:
    web, workers = (judged(text(name))["env_variables"] for name in FILES)
    assert {name: web[name] for name in web if name in workers} == {
        name: workers[name] for name in web if name in workers
    }


def test_the_web_answers_only_https_and_is_awake() -> None:
    web = judged(text("app.yaml"))
    assert web["runtime"] == "python311"
    assert web["handlers"] == [{"url": "/.*", "secure": "always", "script": "auto"}]
    assert web["automatic_scaling"]["min_instances"] == 1


def test_the_web_starts_as_it_is_measured() -> None:
    started = shlex.split(judged(text("app.yaml"))["entrypoint"])
    options = dict(zip(started[2:-1:2], started[3:-1:2], strict=True))
    assert started[:2] == ["exec", "gunicorn"]
    assert started[-1] == "app:app"
    assert options == {
        "--bind": ":$PORT",
        "--worker-class": "gthread",
        "--workers": "2",
        "--threads": "8",
        "--timeout": "60",
    }
    threads = int(options["--workers"]) * int(options["--threads"])
    assert int(judged(text("app.yaml"))["automatic_scaling"]["max_concurrent_requests"]) == threads


def test_the_workers_run_where_no_port_has_to_be_answered() -> None:
    """A health check with a path would reach the process, which listens nowhere, and end it again and again."""
    workers = judged(text("worker.yaml"))
    assert workers["env"] == "flex"
    assert workers["service"] == "workers"
    assert workers["entrypoint"] == "exec python -m workers"
    assert importlib.util.find_spec("workers.__main__") is not None
    assert "path" not in workers.get("liveness_check", {})
    assert "path" not in workers.get("readiness_check", {})
    assert int(workers["manual_scaling"]["instances"]) >= 1


def _required() -> list[str]:
    from msgspec.structs import fields

    return [field.name for field in fields(Settings) if field.required]
