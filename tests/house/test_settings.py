"""Settings: typed once, from the environment; what is wrong is said in a sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from numirror.settings import Settings, SettingsWrong, names

REPOSITORY = Path(__file__).parent.parent.parent
SECRET = "hunter2"
GIVEN = {
    "PUBLIC_BASE_URL": "https://addon.example.com",
    "GOOGLE_OAUTH_CLIENT_ID": "client",
    "GOOGLE_ADDON_SERVICE_ACCOUNT": "service@example.com",
    "DATABASE_URL": f"postgresql://nu:{SECRET}@db.example.com/nu",
    "REDIS_URL": f"rediss://:{SECRET}@redis.example.com",
    "LLM_MASTER_KEY": f"k1:{SECRET}",
}


@pytest.mark.parametrize("name", sorted(GIVEN.keys() - {"DATABASE_URL"}))
@pytest.mark.parametrize("empty", [True, False])
def test_what_is_missing_is_named(name: str, empty: bool) -> None:
    environ = {key: value for key, value in GIVEN.items() if key != name} | ({name: ""} if empty else {})
    with pytest.raises(SettingsWrong, match=f"^{name} is not set"):
        Settings.read(environ)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NU_ENVIRONMENT", "test"),
        ("WORKER_PROCESSES", "two"),
        ("WORKER_PROCESSES", "0"),
        ("SHEET_FLUSH_SECONDS", "-1"),
        ("LOG_LEVEL", "loud"),
        ("PUBLIC_BASE_URL", "http://addon.example.com"),
        ("PUBLIC_BASE_URL", "https://addon.example.com/"),
        ("PUBLIC_BASE_URL", "https://addon.example.com?x=1"),
        ("PUBLIC_BASE_URL", "addon.example.com"),
        ("GOOGLE_CERTS_URL", "http://127.0.0.1:1/certs"),
        ("GOOGLE_TOKEN_URL", "http://127.0.0.1:1/token"),
        ("NU_LOCAL_TARGETS", "127.0.0.1:5432"),
        ("AI_URLS", "nobody=https://ai.example.com"),
        ("TRIAL_EVENTS", "0"),
        ("REDIS_URL", "rediss+cluster://redis.example.com"),
    ],
)
def test_what_is_wrong_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsWrong, match=f"^{name} "):
        Settings.read({**GIVEN, name: value})


def test_only_the_local_environment_may_use_http_and_only_on_this_computer() -> None:
    local = {**GIVEN, "NU_ENVIRONMENT": "local"}
    assert Settings.read({**local, "PUBLIC_BASE_URL": "http://127.0.0.1:8080"}).production is False
    with pytest.raises(SettingsWrong):
        Settings.read({**local, "PUBLIC_BASE_URL": "http://192.168.0.7"})


@pytest.mark.parametrize("targets", ["db.example.com:5432", "127.0.0.1", "127.0.0.1:x", "10.0.0.1:5432"])
def test_local_targets_are_on_this_computer(targets: str) -> None:
    with pytest.raises(SettingsWrong, match=r"^NU_LOCAL_TARGETS "):
        Settings.read({**GIVEN, "NU_ENVIRONMENT": "local", "NU_LOCAL_TARGETS": targets})


def test_lists_are_read_as_pairs() -> None:
    local = {**GIVEN, "NU_ENVIRONMENT": "local", "NU_LOCAL_TARGETS": "127.0.0.1:5432, 127.0.0.1:6379"}
    settings = Settings.read({**local, "AI_URLS": "openai=http://127.0.0.1:1/v1"})
    assert settings.local_pairs == {("127.0.0.1", 5432), ("127.0.0.1", 6379)}
    assert settings.ai_base_urls == {"openai": "http://127.0.0.1:1/v1"}


def test_secrets_are_hidden_wherever_settings_are_shown() -> None:
    settings = Settings.read(GIVEN)
    assert SECRET not in str(settings.shown())
    assert SECRET not in repr(settings)
    assert settings.shown()["DATABASE_URL"] == "***"


def test_every_setting_is_explained() -> None:
    page = (REPOSITORY / "docs/settings.md").read_text()
    assert [name for name in names().values() if f"`{name}`" not in page] == []


def command(environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {"PATH": os.environ["PATH"]}
    words = [sys.executable, "-m", "numirror", "settings"]
    return subprocess.run(words, env=inherited | environ, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_the_command_prints_settings_or_says_what_is_wrong() -> None:
    fine = command(GIVEN)
    assert fine.returncode == 0
    assert "PUBLIC_BASE_URL=https://addon.example.com" in fine.stdout
    assert SECRET not in fine.stdout
    wrong = command({})
    assert wrong.returncode == 1
    assert wrong.stderr == "Error: PUBLIC_BASE_URL is not set. See docs/settings.md for what it means.\n"
