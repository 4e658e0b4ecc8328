"""What is wrong with the small HTML of a card's text. Google knows: b i u s font[color] a[href] time br."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

_TAGS = frozenset({"b", "i", "u", "s", "font", "a", "time", "br"})
_ATTRIBUTES = {"font": {"color"}, "a": {"href"}, "time": None}
_BARE = re.compile(r"&(?!(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SCHEMES = frozenset({"https", "mailto", "tel"})


def markup_problems(text: str, *, loopback: bool = False) -> Iterator[str]:
    """Sentences about tags, attributes and characters that Google would drop or show as they are."""
    if _BARE.search(text):
        yield "has an & that is not escaped"
    reader = _Reader(loopback=loopback)
    reader.feed(text)
    reader.close()
    yield from reader.found
    if reader.open:
        yield f"leaves <{reader.open[-1]}> open"


class _Reader(HTMLParser):
    def __init__(self, *, loopback: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self.open: list[str] = []
        self._schemes = _SCHEMES | {"http"} if loopback else _SCHEMES

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.found.append(f"has the tag <{tag}>, which Google does not know")
            return
        if tag != "br":
            self.open.append(tag)
        allowed = _ATTRIBUTES.get(tag, set())
        for name, value in attrs:
            if allowed is not None and name not in allowed:
                self.found.append(f"has the attribute {name} on <{tag}>")
            elif name == "color" and not _COLOUR.fullmatch(value or ""):
                self.found.append("has a colour that is not #rrggbb")
            elif name == "href" and urlsplit(value or "").scheme not in self._schemes:
                self.found.append("has a link that is not https")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.found.append(f"has <{tag}/>")
        del attrs

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.found.append(f"closes <{tag}>, which is not open")

    def handle_data(self, data: str) -> None:
        if "<" in data or ">" in data:
            self.found.append("has a < or > that is not escaped")

    def handle_comment(self, data: str) -> None:
        self.found.append("has a comment")
        del data

    def handle_decl(self, decl: str) -> None:
        self.found.append("has a declaration")
        del decl
