"""The one list of domains. A new domain is one folder and one line here."""

from typing import Any

from numirror.domains import tasks
from numirror.kernel.codec import Codec
from numirror.kernel.decider import Command
from numirror.kernel.domain import Domain
from numirror.kernel.names import snake

DOMAINS: tuple[Domain[Any], ...] = (tasks.DOMAIN,)

HOME = tasks.DOMAIN
"""The domain whose card the sidebar opens with."""

BY_NAME = {domain.name: domain for domain in DOMAINS}
CODECS = {domain.name: Codec(domain) for domain in DOMAINS}
STREAMS = {domain.name: domain.state_version for domain in DOMAINS}
"""Every stream, with the version of its state's shape."""

TABLES = tuple(table for domain in DOMAINS for table in domain.tables)
TABS = tuple(tab for domain in DOMAINS for tab in domain.tabs)

PAGES = {domain.name: frozenset(domain.pages) for domain in DOMAINS}
"""By the domain's name, what can be shown beside its first card."""

COMMANDS: dict[str, tuple[Domain[Any], type[Command]]] = {
    f"{domain.name}.{snake(command)}": (domain, command) for domain in DOMAINS for command in domain.commands
}
"""By the operation's name, as a card's button carries it: `tasks.complete_task`."""
