"""The rules of AI use: given events, when a command, then events."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.domains.account import BUDGET, DOMAIN
from numirror.domains.account.commands import AccountCommand, ReleaseCall, ReserveCall, SetCap, SettleCall
from numirror.domains.account.decider import (
    DAYS_KEPT,
    DECIDER,
    DEFAULT_CAP,
    HIGHEST_CAP,
    OPEN_KEPT,
    TRIAL_CALLS,
    Account,
    Used,
)
from numirror.domains.account.events import AccountEvent, CallReleased, CallReserved, CallSettled, CapSet
from numirror.kernel.codec import Codec
from numirror.kernel.errors import Refused
from numirror.kernel.request import Request, Told

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


def when(number: int = 1, zone: str = "Etc/UTC", now: datetime = NOW) -> dict[str, Any]:
    return {"command_id": uuid5(UUID(int=7), str(number)), "now": now, "zone": zone}


def folded(*events: AccountEvent) -> Account:
    return DECIDER.fold(DECIDER.initial, events)


def decided(given_events: list[AccountEvent], command: AccountCommand) -> tuple[AccountEvent, ...]:
    return DECIDER.decide(folded(*given_events), command)


def reserved(call_id: str = "c", tokens: int = 1_000, day: date = SUNDAY, on_trial: bool = False) -> CallReserved:
    return CallReserved(entity_id=call_id, day=day, tokens=tokens, on_trial=on_trial)


def settled(call_id: str = "c", micros: int | None = 300) -> CallSettled:
    return CallSettled(entity_id=call_id, input_tokens=100, output_tokens=50, micros=micros, model="m")


def cap(tokens: int) -> CapSet:
    return CapSet(entity_id="cap", tokens_per_day=tokens)


def test_a_call_is_reserved_for_the_persons_day_with_the_most_it_can_take() -> None:
    wish = ReserveCall(**when(zone="Europe/Berlin"), call_id="c", tokens=1_000)
    assert decided([], wish) == (reserved(day=MONDAY),)


def test_a_call_that_is_reserved_is_not_reserved_twice() -> None:
    assert decided([reserved()], ReserveCall(**when(), call_id="c", tokens=1_000)) == ()


def test_what_would_pass_the_cap_is_refused_and_says_when_it_starts_anew() -> None:
    used = [cap(5_000), reserved(tokens=4_500)]
    with pytest.raises(
        Refused, match=r"4,500 of today's 5,000 are used. It starts anew when Monday begins; .* higher cap"
    ):
        decided(used, ReserveCall(**when(), call_id="d", tokens=501))
    assert decided(used, ReserveCall(**when(), call_id="d", tokens=500))


def test_what_no_day_could_hold_is_refused_without_a_day() -> None:
    with pytest.raises(Refused, match=r"your cap is 50,000 a day. Set a higher cap"):
        decided([], ReserveCall(**when(), call_id="d", tokens=DEFAULT_CAP + 1))


def test_the_next_day_starts_anew() -> None:
    later = when(now=NOW + timedelta(hours=1))
    assert decided([reserved(tokens=DEFAULT_CAP)], ReserveCall(**later, call_id="d", tokens=DEFAULT_CAP))


@pytest.mark.parametrize("tokens", [0, -5])
def test_a_reservation_makes_no_room(tokens: int) -> None:
    with pytest.raises(Refused, match="a token at least"):
        decided([], ReserveCall(**when(), call_id="d", tokens=tokens))


def test_a_reservation_that_is_never_settled_counts_in_full() -> None:
    assert folded(reserved(tokens=900)).used_on(SUNDAY) == Used(tokens=900, calls=1)


def test_a_settled_call_counts_what_it_took_on_the_day_of_its_reservation() -> None:
    (event,) = decided(
        [reserved()],
        SettleCall(
            **when(now=NOW + timedelta(days=1)), call_id="c", input_tokens=100, output_tokens=50, micros=300, model="m"
        ),
    )
    assert event == settled()
    state = folded(reserved(), event)
    assert (state.used_on(SUNDAY), state.used_on(MONDAY), state.open) == (Used(150, 1, 300), Used(), {})


def test_a_call_without_a_price_is_counted_as_such() -> None:
    assert folded(reserved(), settled(micros=None)).used_on(SUNDAY) == Used(150, 1, 0, 1)


def test_numbers_and_names_of_a_provider_are_taken_with_care() -> None:
    wish = SettleCall(
        **when(), call_id="c", input_tokens=-9, output_tokens=-1, micros=-7, model="m\u202e\n" + "x" * 500
    )
    (event,) = decided([reserved()], wish)
    assert isinstance(event, CallSettled)
    assert (event.input_tokens, event.output_tokens, event.micros, event.model) == (0, 0, 0, "m" + "x" * 99)


def test_a_released_call_takes_nothing_not_even_of_the_trial() -> None:
    assert decided([reserved()], ReleaseCall(**when(), call_id="c")) == (CallReleased(entity_id="c"),)
    state = folded(reserved(on_trial=True), CallReleased(entity_id="c"))
    assert (state.used_on(SUNDAY), state.trial_calls, state.open) == (Used(), 0, {})


@pytest.mark.parametrize("end", [settled(), CallReleased(entity_id="c")])
def test_what_is_over_is_over(end: AccountEvent) -> None:
    over: list[AccountEvent] = [reserved(), end]
    assert decided(over, SettleCall(**when(), call_id="c", input_tokens=1, output_tokens=1)) == ()
    assert decided(over, ReleaseCall(**when(), call_id="c")) == ()
    assert folded(*over, end, settled(), CallReleased(entity_id="c")) == folded(*over)


def test_the_trial_has_an_end() -> None:
    calls: list[AccountEvent] = []
    for number in range(TRIAL_CALLS):
        calls += [reserved(f"c{number}", 1, on_trial=True), settled(f"c{number}")]
    with pytest.raises(Refused, match=r"made its 20 calls\. Connect an AI account"):
        decided(calls, ReserveCall(**when(), call_id="d", tokens=1, on_trial=True))
    assert decided(calls, ReserveCall(**when(), call_id="d", tokens=1))


@pytest.mark.parametrize("typed", ["80000", "80,000", "80 000", "80.000", "80'000", "80_000", "80\u202f000"])
def test_a_cap_is_read_as_people_write_it(typed: str) -> None:
    assert decided([], SetCap(**when(), tokens_per_day=typed)) == (cap(80_000),)


@pytest.mark.parametrize("typed", ["", "-5", "many", "1e9", "٣", "9" * 30])
def test_a_cap_that_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="whole number of tokens"):
        decided([], SetCap(**when(), tokens_per_day=typed))


def test_a_cap_has_a_limit_and_the_same_cap_changes_nothing() -> None:
    with pytest.raises(Refused, match="highest cap"):
        decided([], SetCap(**when(), tokens_per_day=str(HIGHEST_CAP + 1)))
    assert decided([cap(7)], SetCap(**when(), tokens_per_day="7")) == ()


def test_with_a_cap_of_nothing_no_ai_is_asked() -> None:
    with pytest.raises(Refused, match="your cap is 0"):
        decided([cap(0)], ReserveCall(**when(), call_id="c", tokens=1))


def test_a_month_is_the_sum_of_its_days() -> None:
    days = [date(2026, 10, 31), date(2026, 11, 1), SUNDAY, date(2025, 11, 22)]
    state = folded(*(reserved(str(day), 10, day) for day in days))
    assert state.used_in_month(SUNDAY) == Used(tokens=20, calls=2)


def test_the_state_stays_small_and_what_falls_out_stays_counted() -> None:
    days = [reserved(f"a{n}", 1, SUNDAY - timedelta(days=n)) for n in range(DAYS_KEPT + 5)]
    calls = [reserved(f"b{n}", 1) for n in range(OPEN_KEPT + 5)]
    state = folded(*reversed(days), *calls, settled("a0"))
    assert (len(state.days), len(state.open)) == (DAYS_KEPT, OPEN_KEPT)
    assert state.used_on(SUNDAY).tokens == OPEN_KEPT + 6


def test_a_state_can_be_kept_and_read_again() -> None:
    state = folded(cap(9), reserved(), settled(), reserved("d"))
    assert msgspec.json.decode(msgspec.json.encode(state), type=Account) == state


def test_the_budget_is_kept_by_these_commands() -> None:
    asked = Request("s", 1, "system", "prompt" * 100, 500)
    kind, fields = BUDGET.reserve(asked, "c", True)
    wish = kind(**when(), **fields)
    assert isinstance(wish, ReserveCall)
    assert (wish.call_id, wish.on_trial, 800 < wish.tokens < 900) == ("c", True, True)
    kind, fields = BUDGET.settle("c", Told("text", "m", 100, 50, 300))
    assert decided([reserved()], kind(**when(), **fields)) == (settled(),)
    kind, fields = BUDGET.release("c")
    assert decided([reserved()], kind(**when(), **fields)) == (CallReleased(entity_id="c"),)


_WISHES = st.one_of(
    st.builds(lambda c, t: ReserveCall(**when(), call_id=c, tokens=t), st.sampled_from("abcdefg"), st.integers(0, 90)),
    st.builds(
        lambda c, t: SettleCall(**when(), call_id=c, input_tokens=t, output_tokens=0),
        st.sampled_from("abcdefg"),
        st.integers(0, 40),
    ),
    st.builds(lambda c: ReleaseCall(**when(), call_id=c), st.sampled_from("abcdefg")),
)


@settings(max_examples=10)
@given(st.lists(_WISHES, max_size=30))
def test_whatever_is_wished_the_reservations_never_pass_the_cap(wishes: list[AccountCommand]) -> None:
    state = folded(cap(100))
    for wish in wishes:
        try:
            events = DECIDER.decide(state, wish)
        except Refused:
            continue
        state = DECIDER.fold(state, events)
        if events and isinstance(wish, ReserveCall):
            assert state.used_on(SUNDAY).tokens <= 100
        assert state.used_on(SUNDAY).tokens >= sum(one.tokens for one in state.open.values())
        assert DECIDER.decide(state, wish) == () or isinstance(wish, ReserveCall)


@pytest.mark.parametrize("event", [reserved(), settled(), settled(micros=None), cap(5)])
def test_an_event_comes_back_from_the_log_as_it_was(event: AccountEvent) -> None:
    codec = Codec(DOMAIN)
    stored = codec.encode(event)
    assert codec.decode(stored.type, stored.schema_version, stored.data) == event
