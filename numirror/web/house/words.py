"""Small phrases."""

from datetime import timedelta


def age(span: timedelta) -> str:
    """`just now`, `2 minutes ago`, `3 hours ago`, `5 days ago`."""
    seconds = span.total_seconds()
    for length, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= length:
            count = int(seconds // length)
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return "just now"
