"""AI use in the sidebar."""

from datetime import date
from typing import assert_never

from numirror.domains.account.commands import SetCap
from numirror.domains.account.decider import TRIAL_CALLS, Account, Used
from numirror.domains.account.events import AccountEvent, CallReleased, CallReserved, CallSettled, CapSet
from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    DecoratedText,
    Do,
    Header,
    Paragraph,
    Section,
    Show,
    TextInput,
    Widget,
)
from numirror.kernel.day import local_day
from numirror.kernel.domain import Viewer
from numirror.kernel.wording import counted, day_words

_BLOCKS = 16
_DAYS_SHOWN = 7
_NEARLY = 0.8
_MICROS = 1_000_000


def use_card(state: Account, viewer: Viewer) -> Card:
    """What of today's cap is used, what it cost, the last days, and another cap."""
    today = local_day(viewer.now, viewer.zone)
    sections = (
        Section((*_today(state, today), *_trial(state), *_open(state))),
        Section((_priced("Today", state.used_on(today)), _priced("This month", state.used_in_month(today))), "Price"),
        *_days(state, today),
        _cap_section(state),
        Section((_account(viewer), Buttons((Button("AI account", Show("house.ai")),)))),
    )
    return Card("account", Header("AI use", day_words(today)), sections)


def news(state: Account, viewer: Viewer) -> str:
    """A line where today's cap is nearly or fully used, else nothing."""
    used = state.used_on(local_day(viewer.now, viewer.zone)).tokens
    if not used or used < state.cap * _NEARLY:
        return ""
    if used >= state.cap:
        return f"Today's {state.cap:,} tokens for your AI are used up"
    return f"{_percent(used, state.cap)} of today's tokens for your AI are used"


def said(events: tuple[AccountEvent, ...]) -> str:
    """The sentence after a command."""
    if not events:
        return "It is so already."
    match events[-1]:
        case CapSet(tokens_per_day=0):
            return "From now on no AI is asked."
        case CapSet(tokens_per_day=cap):
            return f"The cap is {cap:,} tokens a day now."
        case CallReserved():
            return "Asking your AI."
        case CallSettled():
            return "Your AI has answered."
        case CallReleased():
            return "Your AI was not asked."
        case _:
            assert_never(events[-1])


def _today(state: Account, today: date) -> tuple[Widget, ...]:
    used = state.used_on(today)
    calls = f"{counted(used.calls, 'call')} today"
    if not state.cap:
        return (DecoratedText("The cap is 0: no AI is asked.", bottom_label=calls),)
    filled = min(_BLOCKS, round(_BLOCKS * used.tokens / state.cap))
    bar = f"{'█' * filled}{'░' * (_BLOCKS - filled)} {_percent(used.tokens, state.cap)}"
    return (DecoratedText(bar, f"{used.tokens:,} of {state.cap:,} tokens today", calls),)


def _trial(state: Account) -> tuple[Widget, ...]:
    if not state.trial_calls:
        return ()
    return (
        DecoratedText(f"{state.trial_calls} of {TRIAL_CALLS} calls on the trial", bottom_label="in all, not a day"),
    )


def _open(state: Account) -> tuple[Widget, ...]:
    count = len(state.open)
    if not count:
        return ()
    calls = "1 call is" if count == 1 else f"{count} calls are"
    return (Paragraph(f"{calls} under way, or broken off: counted with the most it can take."),)


def _priced(name: str, used: Used) -> DecoratedText:
    unknown = f"price unknown for {counted(used.unpriced, 'call')}"
    return DecoratedText(_dollars(used.micros), name, unknown if used.unpriced else "")


def _dollars(micros: int) -> str:
    dollars = micros / _MICROS
    return f"US$ {dollars:,.2f}" if dollars >= 1 or not micros else f"US$ {dollars:.4f}"


def _days(state: Account, today: date) -> tuple[Section, ...]:
    before = sorted((on for on in state.days if on < today), reverse=True)[:_DAYS_SHOWN]
    rows = tuple(_day(on, state.days[on]) for on in before)
    return (Section(rows, "Days before", shown=0),) if rows else ()


def _day(on: date, used: Used) -> DecoratedText:
    return DecoratedText(
        f"{used.tokens:,} tokens", f"{on:%a} {on.day} {on:%b}", f"{used.calls:,} calls, {_dollars(used.micros)}"
    )


def _cap_section(state: Account) -> Section:
    hint = "Nothing is asked of your AI that could take a day beyond it."
    typed = TextInput("tokens_per_day", "Tokens a day", value=str(state.cap), hint=hint, limit=15)
    return Section(
        (typed, Buttons((Button("Set the cap", Do(SetCap, requires=("tokens_per_day",)), colour=BLUE),))), "Cap"
    )


def _account(viewer: Viewer) -> Paragraph:
    if viewer.has_ai:
        return Paragraph("Stories and comics are written by the AI account that is connected here.")
    return Paragraph("No AI account is connected yet. Connect yours, and stories and comics can be written.")


def _percent(used: int, cap: int) -> str:
    return f"{100 * used // max(cap, 1)}%"
