"""Ids come in with a command; nothing here invents one."""

from uuid import UUID


def entity_id(command_id: UUID) -> str:
    """The id of the one new thing that a command makes: the same command, the same thing."""
    return command_id.hex[:16]
