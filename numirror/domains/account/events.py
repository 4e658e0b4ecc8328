"""What can happen to the calls of an AI. `entity_id` is the call's id, except for `CapSet`."""

from datetime import date

from numirror.kernel.decider import Event


class CallReserved(Event, frozen=True):
    """A call is about to be made. `tokens` is the most it can take; `day` is the person's, whose cap it counts for."""

    day: date
    tokens: int
    on_trial: bool = False


class CallSettled(Event, frozen=True):
    """What a call took in truth. `micros` is its price in millionths of a US dollar, None where nobody says it."""

    input_tokens: int
    output_tokens: int
    micros: int | None
    model: str


class CallReleased(Event, frozen=True):
    """The call was never made."""


class CapSet(Event, frozen=True):
    tokens_per_day: int


EVENTS = (CallReserved, CallSettled, CallReleased, CapSet)

AccountEvent = CallReserved | CallSettled | CallReleased | CapSet
