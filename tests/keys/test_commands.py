"""`numirror keys …` as an operator types it: what it says, and what it never says."""

from __future__ import annotations

import redis
from click.testing import CliRunner, Result

from numirror.cli import main
from numirror.shell.resources import leases
from numirror.shell.resources.vault import key_id
from tests.keys.conftest import ADDRESS, Lend, everything, name
from tests.resources.key_texts import DEVELOPMENT, K1, K2, assert_shows_no_key

PASSWORD = "hunter2"


def typed(redis_url: str, keyring: str, *words: str) -> Result:
    environ = {
        "PUBLIC_BASE_URL": "https://addon.example.com",
        "GOOGLE_OAUTH_CLIENT_ID": "client",
        "GOOGLE_ADDON_SERVICE_ACCOUNT": "service@example.com",
        "DATABASE_URL": f"postgresql://nu:{PASSWORD}@db.example.com/nu",
        "REDIS_URL": redis_url,
        "LLM_MASTER_KEY": keyring,
    }
    result = CliRunner().invoke(main, ["keys", *words], env=environ)
    assert_shows_no_key(result.output)
    for secret in (ADDRESS, PASSWORD, "ya29", name(0), redis_url):
        assert secret not in result.output
    return result


def test_status_says_what_is_sealed_under_which_key(redis_url: str, lend: Lend) -> None:
    lend(range(2), "k1")
    lend(range(2, 5), "k2")
    lend(range(5, 6), "k3")
    result = typed(redis_url, f"{K2},{K1}", "status")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "Leases in Redis by the master key they are sealed under:",
        "  k2 (seals): 3",
        "  k1 (gives names): 2",
        "  k3 (not in the keyring): 1",
        "  can't be opened: 1 of 6",
    ]


def test_a_single_key_does_everything(redis_url: str) -> None:
    assert typed(redis_url, K1, "status").output.splitlines()[1:] == [
        "  k1 (seals, gives names): 0",
        "  can't be opened: 0 of 0",
    ]


def test_reseal_says_what_it_did_and_what_it_leaves_to_the_next_visit(redis_url: str, lend: Lend) -> None:
    lend(range(2), "k1")
    lend(range(2, 3), "k3")
    result = typed(redis_url, f"{K2},{K1}", "reseal")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Sealed anew under k2: 2",
        "Under it before: 0",
        "Can't be opened, left alone: 1. They end by themselves; the next visit makes new ones.",
        "The vaults in users' Sheets are sealed anew at each user's next visit: keep the old keys until then.",
    ]
    assert "Leases" in result.stderr


def test_a_dry_run_says_so_and_changes_nothing(platform: redis.Redis, redis_url: str, lend: Lend) -> None:
    lend(range(2), "k1")
    before = everything(platform)
    result = typed(redis_url, f"{K2},{K1}", "reseal", "--dry-run")
    assert result.stdout.splitlines()[:3] == [
        "To be sealed anew under k2: 2",
        "Under it before: 0",
        "Nothing was changed.",
    ]
    assert everything(platform) == before
    assert key_id(platform.get(leases.key(name(0))).decode()) == "k1"


def test_what_is_wrong_is_one_sentence_that_names_the_variable(redis_url: str) -> None:
    for keyring in (DEVELOPMENT, "k1:x", "file:/nowhere", "secretmanager:latest"):
        result = typed(redis_url, keyring, "status")
        assert result.exit_code == 1
        assert result.output.startswith("Error: LLM_MASTER_KEY")
        assert result.output.count("\n") == 1
    away = typed(f"redis://:{PASSWORD}@127.0.0.1:1", K1, "reseal")
    assert (away.exit_code, away.output[:17]) == (1, "Error: REDIS_URL:")
