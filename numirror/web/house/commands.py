"""What a person can wish of the house itself.

Signed and sent like a domain's commands, but nothing decides them purely: each is a talk with a database, a Sheet or a
provider.
"""

from typing import Literal, get_args

from numirror.kernel.decider import Command
from numirror.kernel.names import snake

Own = Literal["database", "redis", "ai", "google"]


class UseDatabase(Command, frozen=True, kw_only=True):
    """Check this Postgres and keep the log there from now on."""

    address: str = ""


class UseRedis(Command, frozen=True, kw_only=True):
    """Check this Redis and keep read models there."""

    address: str = ""


class UseAi(Command, frozen=True, kw_only=True):
    """Check this account and tell stories with it."""

    provider: str = "openai"
    key: str = ""
    model: str = ""
    base_url: str = ""


class UseServiceAccount(Command, frozen=True, kw_only=True):
    """Check this key file and let workers write the Sheet with it."""

    file: str = ""


class AcceptOverride(Command, frozen=True, kw_only=True):
    """Yes to the target that stands in Meta, as long as it is the one that was shown."""

    kind: Own
    fingerprint: str


class MoveKey(Command, frozen=True, kw_only=True):
    """Take a key that is typed in the open in Meta into the vault, as long as it is for what was shown, and empty its
    cell."""

    kind: Own
    fingerprint: str


class CheckAgain(Command, frozen=True, kw_only=True):
    """See whether a resource answers now."""

    kind: Own


class StopUsing(Command, frozen=True, kw_only=True):
    """Forget an own Redis, AI account or service account."""

    kind: Own


class ShareSheet(Command, frozen=True, kw_only=True):
    """Let the platform's service account write the map."""


class UnshareSheet(Command, frozen=True, kw_only=True):
    """Take that back."""


class RepairMap(Command, frozen=True, kw_only=True):
    """Put back what is missing in the Discovery Map."""


class PutBackVault(Command, frozen=True, kw_only=True):
    """Write what is used now into a Vault tab that is older than that, or empty."""


class MoveHere(Command, frozen=True, kw_only=True):
    """Make the open Sheet the Discovery Map, with all settings of the other one."""


class VerifyLog(Command, frozen=True, kw_only=True):
    """Compute the hash chain of the log again."""


class EraseMe(Command, frozen=True, kw_only=True):
    """Erase everything, if the address that was typed is one's own."""

    typed: str = ""


class ForgetMe(Command, frozen=True, kw_only=True):
    """Take the lease and the read models back, now."""


Trying = UseDatabase | UseRedis | UseAi | UseServiceAccount | AcceptOverride | CheckAgain
"""Wishes that are answered with what was seen of a resource."""

Keeping = MoveKey | StopUsing | ShareSheet | UnshareSheet | RepairMap | PutBackVault | VerifyLog | ForgetMe | EraseMe

COMMANDS: dict[str, type[Trying | Keeping]] = {snake(command): command for command in get_args(Trying | Keeping)}
"""By the operation's name. `MoveHere` is none of them: it comes before there is a visit."""
