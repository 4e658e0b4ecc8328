"""The toy in the sidebar."""

from numirror.domains.toy.commands import Count
from numirror.domains.toy.decider import Toy

from numirror.kernel.card import Button, Buttons, Card, Do, Header, Paragraph, Section
from numirror.kernel.domain import Viewer


def toy_card(state: Toy, _: Viewer) -> Card:
    return Card("toy", Header("Toy"), (Section((Paragraph(f"{state.total}"), Buttons((Button("Count", Do(Count)),)))),))


def said(_: object) -> str:
    return "Counted."
