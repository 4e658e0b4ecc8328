"""What came of a call: a reply or a sentence, and what it took. A stranger wrote it, so nothing in it is believed.

https://platform.openai.com/docs/api-reference/chat/object
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from numirror.kernel.request import Failed, Replied, Request, Told
from numirror.shell.ai import prices
from numirror.shell.ai.faults import AiFailed, AiFault

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

DECLINED = Failed("The AI declines to write this. Please change what it is asked, or choose another model.", False)
CUT = Failed("The reply was longer than it may be, and broke off. Please ask for a shorter one, or try again.", True)
EMPTY = Failed("The AI gave an empty reply. Please try again, or choose another model.", True)

_MOST_TOKENS = 100_000_000
_LONGEST_NAME = 100
_LETTERS_A_TOKEN = 4


class Outcome(NamedTuple):
    """`spent` is what the call took, with an empty text where there is no reply; None where nobody knows.

    `was_free` says that the call was refused before it took anything, `again_in` after how many seconds the same may
    work.
    """

    replied: Replied
    spent: Told | None = None
    was_free: bool = False
    again_in: float | None = None


def outcome_of(completion: "ChatCompletion", provider: str, model: str, request: Request) -> Outcome:
    """Reads a completion. `provider` is '' for a server that people run themselves. Raises `AiFailed`.

    It also raises whatever odd values lead to: call it within `faults.answered`.
    """
    if not completion.choices:
        # OpenRouter says 200 and then what went wrong: https://openrouter.ai/docs/api-reference/errors
        raise AiFailed(AiFault.AWAY if (completion.model_extra or {}).get("error") else AiFault.NOT_COMPATIBLE)
    choice = completion.choices[0]
    text = _clean(choice.message.content)
    spent = _spent(completion, provider, model, request, text)
    if choice.finish_reason == "content_filter" or choice.message.refusal:
        return Outcome(DECLINED, spent)
    if choice.finish_reason == "length":
        return Outcome(CUT, spent)
    if not text:
        return Outcome(EMPTY, spent)
    return Outcome(Told(text, spent.model, spent.input_tokens, spent.output_tokens, spent.micros), spent)


def _clean(content: Any) -> str:
    """The text, with nothing in it that a log can't take: no lone surrogates, no NUL."""
    if content is None:
        return ""
    if not isinstance(content, str):
        raise AiFailed(AiFault.NOT_COMPATIBLE)
    return content.encode("utf-8", "replace").decode().replace("\0", "").strip()


def _spent(completion: "ChatCompletion", provider: str, model: str, request: Request, text: str) -> Told:
    usage: Any = completion.usage
    asked = _count(getattr(usage, "prompt_tokens", None), len(request.system) + len(request.prompt))
    replied = _count(getattr(usage, "completion_tokens", None), len(text))
    name = _name(completion.model) or model
    if provider == "openrouter":
        micros = prices.said(getattr(usage, "cost", None))
    else:
        micros = prices.listed(name, asked, replied) if provider else None
    return Told("", name, asked, replied, micros)


def _count(tokens: Any, letters: int) -> int:
    """A count of tokens; where a server keeps none, by the rule of thumb."""
    if isinstance(tokens, int) and not isinstance(tokens, bool) and 0 <= tokens <= _MOST_TOKENS:
        return tokens
    return letters // _LETTERS_A_TOKEN + 1


def _name(model: Any) -> str:
    """The name of a model, if it looks like one: it is shown."""
    return model if isinstance(model, str) and model.isascii() and model.isprintable() and _fits(model) else ""


def _fits(name: str) -> bool:
    return 0 < len(name) <= _LONGEST_NAME
