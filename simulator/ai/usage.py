"""What a call has taken, as each provider counts it up. A token is four letters, by the rule of thumb."""

from simulator.ai.dialects import Dialect
from simulator.wire import Json

LETTERS = 4
_MICROS_A_TOKEN = 0.15
"""A price as of small models, so that sums are seen."""


def tokens(text: str) -> int:
    return len(text) // LETTERS + 1


def usage(asked: str, replies: list[str], dialect: Dialect) -> Json:
    """Of one chat."""
    prompt, completion = tokens(asked), sum(map(tokens, replies))
    counted: Json = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    if dialect == "gemini":
        return counted
    counted["prompt_tokens_details"] = {"cached_tokens": 0, "audio_tokens": 0}
    counted["completion_tokens_details"] = {"reasoning_tokens": 0, "audio_tokens": 0}
    if dialect == "openrouter":
        counted["cost"] = round(counted["total_tokens"] * _MICROS_A_TOKEN / 1_000_000, 9)
    return counted


def picture_usage(prompt: str, count: int) -> Json:
    """Of pictures, as GPT image models say it."""
    asked, drawn = tokens(prompt), 272 * count
    return {
        "input_tokens": asked,
        "input_tokens_details": {"text_tokens": asked, "image_tokens": 0},
        "output_tokens": drawn,
        "total_tokens": asked + drawn,
    }
