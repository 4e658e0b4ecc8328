"""What surrounds cards in an answer. Google reads a trigger's answer and a widget's answer as different messages.

The names in brackets are those of the messages in Google's reference of add-ons over HTTP.
"""

from collections.abc import Sequence

from numirror.web.render.clicks import JSON


def trigger(*cards: JSON) -> JSON:
    """The answer to a homepage or file-granted trigger (RenderActions): cards to push, the last one on top."""
    return {"action": {"navigations": [push(card) for card in cards]}}


def callback(*navigations: JSON, notification: str = "") -> JSON:
    """The answer to a click, a changed input or a universal action (SubmitFormResponse).

    The navigations are done in order; `notification` is a sentence in plain text, shown for a moment.
    """
    action: JSON = {}
    if navigations:
        action["navigations"] = list(navigations)
    if notification:
        action["notification"] = {"text": notification}
    return {"renderActions": {"action": action}}


def push(card: JSON) -> JSON:
    """Lay a card over the others."""
    return {"pushCard": card}


def update(card: JSON) -> JSON:
    """Put a card in the place of the top one; what was typed into inputs of the same name stays."""
    return {"updateCard": card}


def pop() -> JSON:
    """Take the top card away."""
    return {"pop": True}


def pop_to_root() -> JSON:
    """Take all cards away but the first."""
    return {"popToRoot": True}


def pop_to_card(name: str) -> JSON:
    """Take away what lies above the card of that name."""
    return {"popToCard": name}


def ask_for_file() -> JSON:
    """The answer to a click that lets Google ask for the open spreadsheet. Then the file-granted trigger comes."""
    return {"renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}}


def request_scopes(scopes: Sequence[str]) -> JSON:
    """The answer to any call that lacks Google scopes (AuthorizationError). After consent the same call comes again."""
    return {"requesting_google_scopes": {"scopes": list(scopes)}}
