"""The unmodified openai client in front of the local AI."""

from __future__ import annotations

from typing import Any

import openai

from tests.simulator.running import Simulator


def client(simulator: Simulator, key: str = "sk-any") -> openai.OpenAI:
    return openai.OpenAI(api_key=key, base_url=f"{simulator.url}/ai/v1", max_retries=0, timeout=10)


def chat(ai: openai.OpenAI, prompt: str, **more: Any) -> Any:
    return ai.chat.completions.create(**{"model": "story-1", "messages": [{"role": "user", "content": prompt}]} | more)


def said(ai: openai.OpenAI, prompt: str, **more: Any) -> str:
    return str(chat(ai, prompt, **more).choices[0].message.content)
