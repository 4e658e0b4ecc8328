"""What a person may do with a file, alone and through the add-on."""

from simulator.storage.file import File, Permission

_RANKS = ("reader", "commenter", "writer", "fileOrganizer", "organizer", "owner")


def role(file: File, email: str) -> str | None:
    """The strongest role of this person, or None."""
    roles = [one.role for one in file.permissions if _means(one, email)]
    return max(roles, key=_RANKS.index, default=None)


def may_write(file: File, email: str) -> bool:
    found = role(file, email)
    return found is not None and _RANKS.index(found) >= _RANKS.index("writer")


def visible(file: File, email: str) -> bool:
    """Whether this person's token of the add-on sees the file: scope `drive.file` needs the person's grant."""
    return email in file.grants and role(file, email) is not None


def _means(permission: Permission, email: str) -> bool:
    match permission.kind:
        case "anyone":
            return True
        case "domain":
            return email.partition("@")[2] == permission.domain
        case _:
            return permission.email == email
