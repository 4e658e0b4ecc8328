"""Asks an AI one thing. Load it only where an AI is asked: openai takes its time to import."""

from dataclasses import dataclass
from time import monotonic

import openai

from numirror.kernel.request import Failed, Request
from numirror.shell.ai.client import SECONDS, client
from numirror.shell.ai.faults import STOPPED, AiFailed, AiFault, answered, words_of
from numirror.shell.ai.form import Form, first_form
from numirror.shell.ai.providers import AiPlace
from numirror.shell.ai.reply import CUT, Outcome, outcome_of
from numirror.shell.resources.secret import Secret

_FREE = frozenset({AiFault.WRONG_KEY, AiFault.NO_CREDIT, AiFault.REGION, AiFault.MODEL_NOT_ALLOWED, AiFault.RATE_LIMIT})
"""Refusals before a model was asked. Of one that is away nobody knows what it has done meanwhile."""

_REST = 15.0
_LONGEST_REST = 3600.0


@dataclass(frozen=True, slots=True)
class Whom:
    """An account to ask. `provider` is one of `PROVIDERS`, or '' for another server; `address` is the guard's."""

    provider: str
    place: AiPlace
    address: str
    key: Secret[str]
    model: str


def ask(whom: Whom, request: Request, seconds: float = SECONDS) -> Outcome:
    """Asks once, in as many forms as the provider wants, `seconds` in all. Raises nothing that a server can cause."""
    ends = monotonic() + seconds
    form = first_form(whom.model, request, is_known=bool(whom.provider))
    try:
        while (left := ends - monotonic()) > 0:
            came = _once(whom, request, form, left)
            if isinstance(came, Outcome):
                return came
            form = came
    except AiFailed as failed:
        return _failed(failed)
    return _failed(AiFailed(AiFault.AWAY))


def _once(whom: Whom, request: Request, form: Form, seconds: float) -> Outcome | Form:
    """What came of it, or another form to try. Raises `AiFailed`."""
    with client(whom.place, whom.key, whom.address, seconds) as ai:
        return answered(lambda: _sent(ai, whom, request, form))


def _sent(ai: openai.OpenAI, whom: Whom, request: Request, form: Form) -> Outcome | Form:
    try:
        completion = ai.chat.completions.create(**form.arguments(whom.model, request))
    except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
        words = words_of(error.body)
        if STOPPED in words:
            return Outcome(CUT)
        other = form.without(words)
        if other == form:
            raise
        return other
    return outcome_of(completion, whom.provider, whom.model, request)


def _failed(failed: AiFailed) -> Outcome:
    rest = min(max(failed.rest or 0.0, _REST), _LONGEST_REST) if failed.may_pass else None
    return Outcome(Failed(str(failed), failed.may_pass), was_free=failed.fault in _FREE, again_in=rest)
