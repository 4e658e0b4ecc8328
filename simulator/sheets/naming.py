"""Names of columns and tabs as they are written in references."""

from collections.abc import Callable

Change = Callable[[str], str]
"""What a reference is written as afterwards."""


def letters(column: int) -> str:
    """The name of a zero-based column: 0 is A, 26 is AA."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def number(name: str) -> int:
    """The zero-based column of a name: A is 0."""
    found = 0
    for letter in name.upper():
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


def unquoted(title: str) -> str:
    """The title of a tab as it is, out of the quotes that it may be written in."""
    if len(title) > 1 and title[0] == title[-1] == "'":
        return title[1:-1].replace("''", "'")
    return title
