"""Text as Google's small HTML. Only for the fields that read HTML: paragraph, decorated text, section header."""

from typing import assert_never

from numirror.kernel.card import Colour, Coloured, Link, Mark, Marked, Text

_TAGS: dict[Mark, str] = {"bold": "b", "italic": "i", "underlined": "u", "struck": "s"}


def escaped(text: str) -> str:
    """Plain text as HTML that shows exactly it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")


def html(text: Text, base_url: str) -> str:
    """Text as HTML. What is plain is escaped; addresses of our own get `base_url` before them."""
    if isinstance(text, str):
        return escaped(text)
    match text:
        case Marked(mark=mark, parts=parts):
            inner = "".join([html(part, base_url) for part in parts])
            return f"<{_TAGS[mark]}>{inner}</{_TAGS[mark]}>" if mark in _TAGS else inner
        case Coloured(text=inside, colour=colour):
            return f'<font color="{hexadecimal(colour)}">{html(inside, base_url)}</font>'
        case Link(text=inside, url=url):
            return f'<a href="{escaped(absolute(url, base_url))}">{html(inside, base_url)}</a>'
        case _:
            assert_never(text)


def hexadecimal(colour: Colour) -> str:
    """`#rrggbb`."""
    return f"#{colour.red:02x}{colour.green:02x}{colour.blue:02x}"


def absolute(url: str, base_url: str) -> str:
    """A complete address: a path of our own stands below `base_url`."""
    return base_url + url if url.startswith("/") else url
