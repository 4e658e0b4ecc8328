"""What a provider's refusal means: eight codes, each with a sentence. A provider's own words are never passed on.

They are read to tell the causes apart, and left behind: a refused key stands in them as it was sent.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from numirror.kernel.errors import NuMirrorError

_T = TypeVar("_T")
_SECONDS = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)
_READ = 4096
"""Letters of a refusal that are looked at."""


class AiFault(StrEnum):
    """Why an AI gives no answer."""

    WRONG_KEY = "wrong_key"
    NO_CREDIT = "no_credit"
    REGION = "region"
    MODEL_NOT_ALLOWED = "model_not_allowed"
    RATE_LIMIT = "rate_limit"
    AWAY = "away"
    NOT_COMPATIBLE = "not_compatible"
    TOO_LONG = "too_long"


SENTENCES = {
    AiFault.WRONG_KEY: "The provider does not know this key. Please copy it from your provider again, or create a new "
    "one there; a key of another provider does not work here.",
    AiFault.NO_CREDIT: "Your account at the provider has no credit left. Please add some there, or raise the limit of "
    "this key, and check again.",
    AiFault.REGION: "The provider does not serve the region where NuMirror runs. Please choose another provider.",
    AiFault.MODEL_NOT_ALLOWED: "The provider does not let this key use this model. Please choose another model, or "
    "allow this one for the key and its project at your provider.",
    AiFault.RATE_LIMIT: "The provider has had too many requests with this key for now. Please wait a minute and check "
    "again.",
    AiFault.AWAY: "The provider does not answer just now. Please try again in a few minutes.",
    AiFault.NOT_COMPATIBLE: "What answers there does not speak OpenAI's interface. Please check the base URL: it "
    "often ends in /v1.",
    AiFault.TOO_LONG: "The provider's reply is longer than 4 MiB, or packed. Please check the base URL, or choose "
    "another model.",
}

STOPPED = "output limit was reached"
"""Stands in the 400 of a model that thinks first, when the limit of the reply ended its thoughts."""

_BUSY = frozenset({AiFault.RATE_LIMIT, AiFault.AWAY})

_WORDS = (
    # OpenAI, and Gemini, which says 400 for both
    (AiFault.WRONG_KEY, ("invalid_api_key", "api_key_invalid", "api key not valid", "api key expired")),
    (AiFault.REGION, ("unsupported_country_region_territory", "user location is not supported")),
    (AiFault.NO_CREDIT, ("insufficient_quota", "billing_hard_limit_reached", "insufficient credits")),
)
"""Codes and set phrases in a refusal, lower-case. Sources: https://developers.openai.com/api/docs/guides/error-codes,
https://ai.google.dev/gemini-api/docs/troubleshooting, https://openrouter.ai/docs/api-reference/errors"""


class AiFailed(NuMirrorError):
    """The AI has not answered. Please check its key and model in your settings."""

    def __init__(self, fault: AiFault, rest: float | None = None) -> None:
        """`rest` is how many seconds the provider wants to be left alone, where it says so."""
        super().__init__(SENTENCES[fault])
        self.fault = fault
        self.rest = rest

    @property
    def may_pass(self) -> bool:
        """Whether the same may work in a minute."""
        return self.fault in _BUSY


def answered(call: Callable[[], _T]) -> _T:
    """What `call` to an AI gives. Raises `AiFailed`, with nothing of the provider's in it or behind it."""
    try:
        return call()
    except Exception as error:  # a stranger's server: besides openai's errors also ValueError, RecursionError …
        fault, rest = fault_of(error), rest_of(error)
    raise AiFailed(fault, rest)


def fault_of(error: Exception) -> AiFault:
    """What an error of the client's means."""
    import httpx2
    import openai

    from numirror.shell.ai.transport import ReplyRefused

    if isinstance(error, AiFailed):
        return error.fault
    if isinstance(error, ReplyRefused) or isinstance(error.__cause__, ReplyRefused):
        return AiFault.TOO_LONG
    if isinstance(error, openai.APIStatusError):
        return _of_refusal(error.status_code, error.body)
    # While a reply is read part by part, httpx2's errors come as they are.
    is_away = isinstance(error, openai.APIConnectionError | httpx2.RequestError)
    return AiFault.AWAY if is_away else AiFault.NOT_COMPATIBLE


def rest_of(error: Exception) -> float | None:
    """The seconds in the `Retry-After` of a refusal (RFC 9110, 10.2.3); a date there is not read."""
    import openai

    if not isinstance(error, openai.APIStatusError):
        return None
    said = error.response.headers.get("retry-after", "")
    return float(said) if _SECONDS.fullmatch(said) else None


def words_of(body: Any) -> str:
    """A refusal's body in lower case, to look for words in it; never to be shown."""
    return str(body)[:_READ].lower()


def _of_refusal(status: int, body: Any) -> AiFault:
    words, is_json = words_of(body), not isinstance(body, str)
    if status < 500:
        for fault, signs in _WORDS:
            if any(sign in words for sign in signs):
                return fault
    match status:
        case 401:
            return AiFault.WRONG_KEY
        case 402:
            return AiFault.NO_CREDIT
        case 403 if is_json:
            return AiFault.MODEL_NOT_ALLOWED
        case 400 | 404 if is_json and "model" in words:
            return AiFault.MODEL_NOT_ALLOWED
        case 429:
            return AiFault.RATE_LIMIT
        case 408 | 409:
            return AiFault.AWAY
        case _:
            return AiFault.AWAY if status >= 500 else AiFault.NOT_COMPATIBLE
