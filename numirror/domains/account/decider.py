"""The rules of AI use: a call is reserved before it is made, so that the cap of a day is never passed.

Reservations are decided upon the head of the log, one after the other; of two that race, the second sees the first. One
that is never settled, because its worker was killed, counts in full for its day.
"""

from datetime import date, timedelta
from typing import assert_never

import msgspec

from numirror.domains.account.commands import AccountCommand, ReleaseCall, ReserveCall, SetCap, SettleCall
from numirror.domains.account.events import AccountEvent, CallReleased, CallReserved, CallSettled, CapSet
from numirror.kernel.day import local_day
from numirror.kernel.decider import Decider
from numirror.kernel.errors import Refused

DEFAULT_CAP = 50_000
"""Tokens a day: about twenty long stories."""

HIGHEST_CAP = 100_000_000
TRIAL_CALLS = 20
"""Calls that the operator's trial account makes for one person, in all."""

DAYS_KEPT = 62
OPEN_KEPT = 50
_MODEL_LIMIT = 100
_CAP = "cap"
_BETWEEN_DIGITS = str.maketrans("", "", " \u00a0\u202f,.'’_")


class Reserved(msgspec.Struct, frozen=True):
    day: date
    tokens: int
    on_trial: bool


class Used(msgspec.Struct, frozen=True):
    """What a day took: tokens, those reserved included; calls; the price, and how many settled calls have none."""

    tokens: int = 0
    calls: int = 0
    micros: int = 0
    unpriced: int = 0


class Account(msgspec.Struct, frozen=True):
    """The cap, the last days, the calls that are under way or were broken off, and how many the trial has made."""

    cap: int = DEFAULT_CAP
    days: dict[date, Used] = {}
    open: dict[str, Reserved] = {}
    trial_calls: int = 0

    def used_on(self, day: date) -> Used:
        return self.days.get(day, Used())

    def used_in_month(self, day: date) -> Used:
        """The sum of the month in which `day` lies."""
        month = [used for on, used in self.days.items() if (on.year, on.month) == (day.year, day.month)]
        return Used(
            sum(used.tokens for used in month),
            sum(used.calls for used in month),
            sum(used.micros for used in month),
            sum(used.unpriced for used in month),
        )


def decide(state: Account, command: AccountCommand) -> tuple[AccountEvent, ...]:
    """What a wish leads to; () if it is so already. Raises `Refused` with a sentence for the user."""
    match command:
        case ReserveCall():
            return _reserve(state, command)
        case SettleCall():
            return _settle(state, command)
        case ReleaseCall(call_id=call_id):
            return (CallReleased(entity_id=call_id),) if call_id in state.open else ()
        case SetCap():
            cap = _cap(command.tokens_per_day)
            return () if cap == state.cap else (CapSet(entity_id=_CAP, tokens_per_day=cap),)
        case _:
            assert_never(command)


def evolve(state: Account, event: AccountEvent) -> Account:
    """The state after a fact. What is said of a call that is not at hand any more changes nothing."""
    match event:
        case CallReserved():
            return _reserved(state, event)
        case CallSettled():
            return _settled(state, event)
        case CallReleased():
            return _released(state, event.entity_id)
        case CapSet():
            return msgspec.structs.replace(state, cap=event.tokens_per_day)
        case _:
            assert_never(event)


DECIDER = Decider(initial=Account(), decide=decide, evolve=evolve)


def _reserve(state: Account, command: ReserveCall) -> tuple[AccountEvent, ...]:
    if command.call_id in state.open:
        return ()
    if command.tokens < 1:
        raise Refused("A call to an AI takes a token at least. Please ask again with a newer version of NuMirror.")
    if command.on_trial and state.trial_calls >= TRIAL_CALLS:
        raise Refused(f"The trial has made its {TRIAL_CALLS} calls. Connect an AI account of your own to go on.")
    day = local_day(command.now, command.zone)
    _check_cap(state, day, command.tokens)
    return (CallReserved(entity_id=command.call_id, day=day, tokens=command.tokens, on_trial=command.on_trial),)


def _check_cap(state: Account, day: date, tokens: int) -> None:
    used = state.used_on(day).tokens
    if used + tokens <= state.cap:
        return
    if tokens > state.cap:
        raise Refused(
            f"This may take {tokens:,} tokens, and your cap is {state.cap:,} a day. Set a higher cap under AI use."
        )
    tomorrow = day + timedelta(days=1)
    raise Refused(
        f"This may take {tokens:,} tokens, and {used:,} of today's {state.cap:,} are used. It starts anew when"
        f" {tomorrow:%A} begins; or set a higher cap under AI use."
    )


def _settle(state: Account, command: SettleCall) -> tuple[AccountEvent, ...]:
    if command.call_id not in state.open:
        return ()
    settled = CallSettled(
        entity_id=command.call_id,
        input_tokens=max(command.input_tokens, 0),
        output_tokens=max(command.output_tokens, 0),
        micros=None if command.micros is None else max(command.micros, 0),
        model="".join(letter for letter in command.model if letter.isprintable())[:_MODEL_LIMIT],
    )
    return (settled,)


def _cap(typed: str) -> int:
    digits = typed.translate(_BETWEEN_DIGITS)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(HIGHEST_CAP))):
        raise Refused("Type the cap as a whole number of tokens a day, such as 80,000. With 0, no AI is asked.")
    if int(digits) > HIGHEST_CAP:
        raise Refused(f"The highest cap is {HIGHEST_CAP:,} tokens a day. Type a lower one.")
    return int(digits)


def _reserved(state: Account, event: CallReserved) -> Account:
    used = state.used_on(event.day)
    more = msgspec.structs.replace(used, tokens=used.tokens + event.tokens, calls=used.calls + 1)
    still_open = {**state.open, event.entity_id: Reserved(event.day, event.tokens, event.on_trial)}
    # What falls out here was broken off long ago; it stays counted for its day.
    return msgspec.structs.replace(
        state,
        days=dict(sorted({**state.days, event.day: more}.items())[-DAYS_KEPT:]),
        open=dict(list(still_open.items())[-OPEN_KEPT:]),
        trial_calls=state.trial_calls + event.on_trial,
    )


def _settled(state: Account, event: CallSettled) -> Account:
    reserved = state.open.get(event.entity_id)
    if reserved is None:
        return state
    used = state.used_on(reserved.day)
    settled = Used(
        used.tokens - reserved.tokens + event.input_tokens + event.output_tokens,
        used.calls,
        used.micros + (event.micros or 0),
        used.unpriced + (event.micros is None),
    )
    return _closed(state, event.entity_id, reserved, settled)


def _released(state: Account, call_id: str) -> Account:
    reserved = state.open.get(call_id)
    if reserved is None:
        return state
    used = state.used_on(reserved.day)
    freed = msgspec.structs.replace(used, tokens=used.tokens - reserved.tokens, calls=used.calls - 1)
    kept = msgspec.structs.replace(state, trial_calls=state.trial_calls - reserved.on_trial)
    return _closed(kept, call_id, reserved, freed)


def _closed(state: Account, call_id: str, reserved: Reserved, used: Used) -> Account:
    return msgspec.structs.replace(
        state,
        days={**state.days, reserved.day: used} if reserved.day in state.days else state.days,
        open={known: one for known, one in state.open.items() if known != call_id},
    )
