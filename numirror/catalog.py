"""The one list of domains. A new domain is one folder and one line here."""

from typing import Any

from numirror.domains import account, bingo, comics, reporting, social, stories, tasks
from numirror.kernel.codec import Codec
from numirror.kernel.decider import Command, Event
from numirror.kernel.domain import Domain
from numirror.kernel.names import snake
from numirror.reactions import REACTIONS

DOMAINS: tuple[Domain[Any], ...] = (
    tasks.DOMAIN,
    reporting.DOMAIN,
    social.DOMAIN,
    bingo.DOMAIN,
    stories.DOMAIN,
    comics.DOMAIN,
    account.DOMAIN,
)

HOME = tasks.DOMAIN
"""The domain whose card the sidebar opens with."""

BUDGET = account.BUDGET
"""Who keeps the calls to an AI within the cap of a day."""

BY_NAME = {domain.name: domain for domain in DOMAINS}
CODECS = {domain.name: Codec(domain) for domain in DOMAINS}
STREAMS = {domain.name: domain.state_version for domain in DOMAINS}
"""Every stream, with the version of its state's shape."""

TABLES = tuple(table for domain in DOMAINS for table in domain.tables)
TABS = tuple(tab for domain in DOMAINS for tab in domain.tabs)

FIRST = "home"
"""The page of a domain that is its first card."""

PAGES = {domain.name: frozenset({FIRST, *domain.pages}) for domain in DOMAINS}
"""By the domain's name, what can be shown of it."""

COMMANDS: dict[str, tuple[Domain[Any], type[Command]]] = {
    f"{domain.name}.{snake(command)}": (domain, command) for domain in DOMAINS for command in domain.commands
}
"""By the operation's name, as a card's button carries it: `tasks.complete_task`."""

MENU = tuple((domain, number, entry) for domain in DOMAINS for number, entry in enumerate(domain.menu))
"""The lines of the add-on's own menu that open a page, each with its domain and its number there."""
MENU_PATHS = {entry.label: f"/addon/menu/{domain.name}/{number}" for domain, number, entry in MENU}
"""What they say, and the path of their entry."""


def _hears(listener: Domain[Any], speaker: Domain[Any]) -> bool:
    heard = REACTIONS.get(listener.name, {})
    return listener is speaker or any(event in heard for event in speaker.events)


LISTENERS = {speaker.name: tuple(domain for domain in DOMAINS if _hears(domain, speaker)) for speaker in DOMAINS}
"""By the stream's name, the domains whose state its events may change: its own, and those that hear of it."""


def heard(listener: Domain[Any], stream: str, event: Event) -> Event | None:
    """What a domain folds when `event` has happened in `stream`: its own events, and notices of others'."""
    if listener.name == stream:
        return event
    notice = REACTIONS.get(listener.name, {}).get(type(event))
    return None if notice is None else notice(event)
