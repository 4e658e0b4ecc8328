"""Card values to the JSON that Google reads, and the envelopes around it.

calls = Calls(url=f"{base_url}/addon/act", base_url=base_url, sign=sign)
trigger(card(calls, today_card(state)))
callback(update(card(calls, today_card(state))), notification="Task added")
"""

from numirror.web.render.cards import card, section
from numirror.web.render.clicks import JSON, Calls, Sign
from numirror.web.render.envelopes import (
    ask_for_file,
    callback,
    pop,
    pop_to_card,
    pop_to_root,
    push,
    request_scopes,
    trigger,
    update,
)

__all__ = [
    "JSON",
    "Calls",
    "Sign",
    "ask_for_file",
    "callback",
    "card",
    "pop",
    "pop_to_card",
    "pop_to_root",
    "push",
    "request_scopes",
    "section",
    "trigger",
    "update",
]
