"""What a call costs: the provider's own figure, else a small table.

US dollars for a million tokens, read or written, as the providers' pages said at the time `AS_OF`:
https://openai.com/api/pricing and https://ai.google.dev/gemini-api/docs/pricing. OpenRouter says it with each reply:
https://openrouter.ai/docs/use-cases/usage-accounting
"""

import re
from math import isfinite
from typing import Any

from numirror.kernel.estimate import Price
from numirror.shell.ai.providers import PROVIDERS
from numirror.shell.resources.resolution import AiConfig

AS_OF = "March 2026"
"""People see it beside each estimate: change it with the table."""

_PRICES = {
    "gpt-4o-mini": (0.15, 0.60),
    "gpt-4o": (2.50, 10.00),
    "gpt-4.1": (2.00, 8.00),
    "gpt-4.1-mini": (0.40, 1.60),
    "gpt-4.1-nano": (0.10, 0.40),
    "gpt-5": (1.25, 10.00),
    "gpt-5-mini": (0.25, 2.00),
    "gpt-5-nano": (0.05, 0.40),
    "gemini-2.5-flash": (0.30, 2.50),
    "gemini-2.5-flash-lite": (0.10, 0.40),
}
_DATE = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_MOST_DOLLARS = 10_000.0


def price_for(account: AiConfig | None) -> Price | None:
    """What an own account takes; None where the table does not say, or the account is at another server."""
    provider = PROVIDERS.get(account.provider) if account and not account.base_url else None
    price = _listed(account.model or provider.model) if account and provider else None
    return None if price is None else Price(*price, AS_OF)


def listed(model: str, input_tokens: int, output_tokens: int) -> int | None:
    """Millionths of a dollar by the table; None for a model that is not in it."""
    price = _listed(model)
    return None if price is None else round(input_tokens * price[0] + output_tokens * price[1])


def said(dollars: Any) -> int | None:
    """Millionths of a dollar of a figure in a reply; None where it can be none."""
    if isinstance(dollars, bool) or not isinstance(dollars, int | float):
        return None
    return round(dollars * 1_000_000) if isfinite(dollars) and 0 <= dollars <= _MOST_DOLLARS else None


def _listed(model: str) -> tuple[float, float] | None:
    return _PRICES.get(_DATE.sub("", model.removeprefix("models/")))
