"""The check of an AI: who answers there, and whether it lets this key use this model."""

import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from numirror.shell.ai.client import client
from numirror.shell.ai.faults import STOPPED, AiFailed, AiFault, answered, words_of
from numirror.shell.ai.providers import AiPlace, speaks_tls
from numirror.shell.checks import CheckFailed, Report, steps
from numirror.shell.reach import Admit, Deadline, Reach
from numirror.shell.resources.secret import Secret

if TYPE_CHECKING:
    import openai

_T = TypeVar("_T")

SECONDS = 14.0
"""For the whole check: a card must come within 20."""

_ASK = "Answer with the word yes."
_MOST_TOKENS = 16
"""The answer is one word; newer models refuse a limit below 16."""

NOT_LISTED = (
    "The key is good, but the provider offers no model of this name. Please copy the name of a model from the "
    "provider's list, or leave it out to use NuMirror's choice."
)


def check_ai(place: AiPlace, key: Secret[str], model: str, admit: Admit, seconds: float = SECONDS) -> Report:
    """Takes the steps to an answer of one word, the cheapest there is. Changes nothing, and stops at the first red."""
    reach = Reach(place.host, place.port, admit, _trust() if speaks_tls(place) else None)
    talk = _Talk(place, key, model, reach, Deadline(seconds))
    return steps(
        "ai", [*reach.steps(), ("list models", talk.list_models), ("model", talk.find), ("one word", talk.ask)]
    )


class _Talk:
    """What is asked once a server is reached."""

    def __init__(self, place: AiPlace, key: Secret[str], model: str, reach: Reach, deadline: Deadline) -> None:
        self._place = place
        self._key = key
        self._model = model
        self._reach = reach
        self._deadline = deadline
        self._models: frozenset[str] = frozenset()

    def list_models(self) -> str:
        # Only the first page: no provider has more, and a next one would be the server's to choose.
        self._models = self._answer(lambda ai: frozenset(one.id for one in ai.models.list().data))
        return f"{len(self._models)} models"

    def find(self) -> str:
        # Gemini lists gemini-x as models/gemini-x and takes either name.
        if not {self._model, f"models/{self._model}"} & self._models:
            raise CheckFailed(NOT_LISTED)
        return ""

    def ask(self) -> str:
        self._answer(self._say_yes)
        return ""

    def _say_yes(self, ai: "openai.OpenAI") -> None:
        import openai

        try:
            answer = ai.chat.completions.create(
                model=self._model,
                messages=[{"role": "user", "content": _ASK}],
                max_completion_tokens=_MOST_TOKENS,
            )
        except openai.BadRequestError as error:
            if STOPPED in words_of(error.body):
                return  # it did work, so key and model are good
            raise
        if not answer.choices:
            # OpenRouter says 200 and then what went wrong: https://openrouter.ai/docs/api-reference/errors
            raise AiFailed(AiFault.AWAY if (answer.model_extra or {}).get("error") else AiFault.NOT_COMPATIBLE)

    def _answer(self, call: "Callable[[openai.OpenAI], _T]") -> _T:
        """What the AI says. Raises `CheckFailed`."""
        try:
            with client(self._place, self._key, self._reach.address, self._deadline.left()) as ai:
                return answered(lambda: call(ai))
        except AiFailed as failed:
            sentence = str(failed)
        raise CheckFailed(sentence)


def _trust() -> ssl.SSLContext:
    from numirror.shell.ai.transport import trust

    return trust()
