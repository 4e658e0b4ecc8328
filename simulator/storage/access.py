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


def visible(file: File, email: str, everything: bool) -> bool:
    """Whether this person's token sees the file: one that does not open everything needs the person's grant."""
    return (everything or email in file.grants) and role(file, email) is not None


def listed(file: File, email: str, everything: bool) -> bool:
    """Whether a search finds it: what anybody with the link may open is found by its own people only."""
    named = any(one.email == email or one.kind == "domain" for one in file.permissions)
    return visible(file, email, everything) and (named or email in file.grants)


def _means(permission: Permission, email: str) -> bool:
    match permission.kind:
        case "anyone":
            return True
        case "domain":
            return email.partition("@")[2] == permission.domain
        case _:
            return permission.email == email
