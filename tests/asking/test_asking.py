"""Rules of asking: what waits is asked, within the cap, and every end is an answer."""

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from time import monotonic

import pytest

from numirror import asking
from numirror.asking import Asker
from numirror.domains.account.decider import Account
from numirror.kernel.budget import most_tokens
from numirror.shell.ai.reply import CUT
from numirror.shell.queue import Next
from numirror.shell.resources.resolution import TRIAL, AiConfig, Resource
from tests.asking.ai_double import AiDouble, no, told
from tests.asking.person import Person, person
from tests.asking.toy import request_of

DONE = Next(up_to_date=True)


@pytest.fixture
def asker(ada: Person) -> Asker:
    return Asker(ada.stores, ada.visits, ada.handler)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The hours pass when they have to: what rests is due at once."""
    ahead = iter(range(0, 10**9, 7200))
    began = time.time()
    monkeypatch.setattr(asking.time, "time", lambda: began + next(ahead))
    return None


def ask(asker: Asker, ada: Person) -> Next:
    return asker.ask(ada.tenant_hash, monotonic() + 20)


def test_what_waits_is_asked_oldest_first_and_settled(asker: Asker, ada: Person, ai: AiDouble) -> None:
    ai.answer = lambda number: told(f"Wish {number}.", 30, 12)
    ada.wish("kite", "boat")
    assert ask(asker, ada) == DONE
    assert dict(ada.wishes().granted) == {"kite": "Wish 0.", "boat": "Wish 1."}
    assert (
        ada.types()[2:]
        == [
            "account.call_reserved",
            "account.call_settled",
            "wishes.wish_granted",
        ]
        * 2
    )
    account: Account = ada.state("account")
    [used] = account.days.values()
    assert (used.tokens, used.calls, account.open) == (84, 2, {})
    assert ask(asker, ada) == DONE
    assert len(ai.calls) == 2, "nothing waits any more"


def test_nothing_is_asked_beyond_the_cap(asker: Asker, ada: Person, ai: AiDouble) -> None:
    most = most_tokens(request_of("kite"))
    ai.answer = lambda number: told("Yes.", most - 10, 10)
    ada.cap(most * 2 - 1)
    ada.wish("kite", "boat")
    assert ask(asker, ada) == DONE
    assert len(ai.calls) == 1
    assert "cap" in ada.wishes().denied["boat"]


def test_without_an_account_nobody_waits(asker: Asker, ada: Person, ai: AiDouble) -> None:
    ada.lend()
    ada.wish("kite")
    assert ask(asker, ada) == DONE
    assert ada.wishes().denied == {"kite": asking.NO_ACCOUNT.sentence}
    assert "account.call_reserved" not in ada.types()


def test_the_operators_account_is_lent_for_so_many_calls(ada: Person, ai: AiDouble) -> None:
    lent = person({**ada.settings, "TRIAL_AI_KEY": "sk-operator", "TRIAL_AI_MODEL": "story-1"})
    lent.lend(TRIAL)
    lent.wish("kite", "refuse-1")
    assert ask(Asker(lent.stores, lent.visits, lent.handler), lent) == DONE
    assert ai.keys == {"sk-operator"}
    assert lent.state("account").trial_calls == 2


def test_without_a_lease_there_is_nothing_to_do(asker: Asker) -> None:
    assert asker.ask("f" * 32, monotonic() + 20) == DONE


def test_an_address_that_may_not_be_dialled_is_said(asker: Asker, ada: Person, ai: AiDouble) -> None:
    ada.lend(Resource(AiConfig("openai", "sk-ada", "m", "https://10.0.0.1/v1"), "vault"))
    ada.wish("kite")
    assert ask(asker, ada) == DONE
    assert "public" in ada.wishes().denied["kite"]
    assert ada.types()[1:] == ["wishes.wish_denied"]


@pytest.mark.parametrize("status", [429, 503])
def test_who_is_busy_is_asked_again_after_a_rest(asker: Asker, ada: Person, ai: AiDouble, status: int) -> None:
    ai.answer = lambda number: no(status, Retry_After="40")
    ada.wish("kite")
    again = ask(asker, ada)
    assert again.up_to_date
    assert again.again_at
    assert 38 < (again.again_at - datetime.now(UTC)).total_seconds() < 42
    assert ask(asker, ada).again_at == again.again_at
    assert len(ai.calls) == 1, "nobody is asked before the time, however often one is woken"
    reserved = ada.types().count("account.call_reserved") - ada.types().count("account.call_released")
    assert reserved == (0 if status == 429 else 1), "of one that is away nobody knows what it did"


@pytest.mark.usefixtures("quick")
def test_the_third_time_is_the_last(asker: Asker, ada: Person, ai: AiDouble) -> None:
    ai.answer = lambda number: no(429)
    ada.wish("kite")
    for _ in range(5):
        ask(asker, ada)
    assert len(ai.calls) == 3
    assert "kite" in ada.wishes().denied
    assert ada.stores.platform.exists(f"nu:{{{ada.tenant_hash}}}:tries") == 0


@pytest.mark.usefixtures("quick")
def test_what_rests_holds_nothing_else_up(asker: Asker, ada: Person, ai: AiDouble) -> None:
    ai.answer = lambda number: told() if number else no(429, Retry_After="3000")
    ada.wish("kite", "boat")
    ask(asker, ada)
    assert list(ada.wishes().granted) == ["boat"]
    ask(asker, ada)
    assert list(ada.wishes().granted) == ["boat", "kite"]


def test_a_request_that_kills_its_workers_is_given_up(
    asker: Asker, ada: Person, ai: AiDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    ada.wish("kite")
    with monkeypatch.context() as patch:
        patch.setattr(asking, "ask", die)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                ask(asker, ada)
    assert ask(asker, ada) == DONE
    assert ada.wishes().denied == {"kite": asking.BROKEN_OFF.sentence}
    assert ai.calls == []
    assert len(ada.state("account").open) == 3, "each try counts as if it had been made"


def test_a_reply_that_is_cut_off_is_paid_for_and_failed(asker: Asker, ada: Person, ai: AiDouble) -> None:
    status, body, headers = told("Once", 5, 100)
    body["choices"][0]["finish_reason"] = "length"
    ai.answer = lambda number: (status, body, headers)
    ada.wish("kite")
    ask(asker, ada)
    assert ada.wishes().denied == {"kite": CUT.sentence}
    assert ada.types()[-2:] == ["account.call_settled", "wishes.wish_denied"]


def test_a_reply_that_its_domain_refuses_is_not_asked_for_ever(asker: Asker, ada: Person, ai: AiDouble) -> None:
    ada.wish("refuse-1", "kite")
    for _ in range(5):
        assert ask(asker, ada) == DONE
    assert len(ai.calls) == 4, "three for the first, one for the second"
    assert list(ada.wishes().granted) == ["kite"]


def test_a_wish_that_was_answered_meanwhile_is_answered_once(asker: Asker, ada: Person, ai: AiDouble) -> None:
    def answer(number: int) -> tuple[int, dict[str, object], dict[str, str]]:
        if number == 0:
            ai.answer = lambda number: told("The other's.")
            Asker(ada.stores, ada.visits, ada.handler).ask(ada.tenant_hash, monotonic() + 20)
        return told("Mine.")

    ai.answer = answer
    ada.wish("kite")
    ask(asker, ada)
    assert ada.types().count("wishes.wish_granted") == 1
    assert ada.wishes().granted == {"kite": "The other's."}


def test_the_time_of_a_slice_is_kept(asker: Asker, ada: Person, ai: AiDouble) -> None:
    ada.wish("kite")
    assert asker.ask(ada.tenant_hash, monotonic() - 1) == Next(up_to_date=False)
    assert ai.calls == []


def test_the_log_says_that_somebody_was_asked_and_nothing_of_it(
    asker: Asker, ada: Person, ai: AiDouble, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    ada.wish("kite")
    ask(asker, ada)
    said = "".join(f"{one.getMessage()}{vars(one)}" for one in caplog.records if one.name.startswith("numirror"))
    said += capsys.readouterr().out
    assert not [word for word in ("sk-ada", "Granted.", "ada@example.com", "You grant") if word in said]


def test_a_look_at_what_rests_wakes_nobody(asker: Asker, ada: Person, ai: AiDouble) -> None:
    ai.answer = lambda number: no(429, Retry_After="40")
    ada.wish("kite")
    ask(asker, ada)
    ada.stores.platform.delete("nu:dirty:0")
    ask(asker, ada)
    # Who follows wakes who asks: if that woke who follows, both would run for as long as something rests.
    assert ada.stores.platform.exists("nu:dirty:0") == 0
