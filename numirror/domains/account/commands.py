"""What a worker wishes before and after a call to an AI, and what a person can wish."""

from numirror.kernel.budget import Wish, most_tokens
from numirror.kernel.decider import Command
from numirror.kernel.request import Request, Told


class ReserveCall(Command, frozen=True):
    """To be sent before the call, which is made only if this is not refused.

    `tokens` is the most it can take: the bound of the reply and an estimate of the prompt.
    """

    call_id: str
    tokens: int
    on_trial: bool = False


class SettleCall(Command, frozen=True):
    """The call was made. `micros` is its price in millionths of a US dollar, None where nobody says it."""

    call_id: str
    input_tokens: int
    output_tokens: int
    micros: int | None = None
    model: str = ""


class ReleaseCall(Command, frozen=True):
    """The call was never made."""

    call_id: str


class SetCap(Command, frozen=True):
    """`tokens_per_day` as a person types it: `80000`, `80,000` or `80 000`."""

    tokens_per_day: str = ""


COMMANDS = (ReserveCall, SettleCall, ReleaseCall, SetCap)

AccountCommand = ReserveCall | SettleCall | ReleaseCall | SetCap


def reserve(request: Request, call_id: str, on_trial: bool) -> Wish:
    """The wish before a call."""
    return ReserveCall, {"call_id": call_id, "tokens": most_tokens(request), "on_trial": on_trial}


def settle(call_id: str, told: Told) -> Wish:
    """The wish after a call that was answered."""
    taken = {"input_tokens": told.input_tokens, "output_tokens": told.output_tokens, "micros": told.micros}
    return SettleCall, {"call_id": call_id, "model": told.model, **taken}


def release(call_id: str) -> Wish:
    """The wish where a call was never begun."""
    return ReleaseCall, {"call_id": call_id}
