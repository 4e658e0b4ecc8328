"""Clicks as Google's `onClick`, and actions as its `action`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, assert_never

import msgspec

from numirror.kernel.card import ASK_FOR_FILE, PAGE, SHOW, Action, Do, OpenFile, OpenLink, Show
from numirror.kernel.names import snake
from numirror.web.render.markup import absolute

JSON: TypeAlias = dict[str, Any]
"""A JSON object."""

Sign: TypeAlias = Callable[[str, Mapping[str, str]], Sequence[Mapping[str, str]]]
"""Operation and fields to the parameters of an action: `[{"key": …, "value": …}, …]`, with a signature among them."""


Media: TypeAlias = Callable[[str, Mapping[str, str]], str]
"""Name and fields of a domain's picture or file to its signed path."""


def _no_media(_name: str, _fields: Mapping[str, str]) -> str:
    raise LookupError("this card has no pictures")


class Calls(msgspec.Struct, frozen=True):
    """How the sidebar calls back: `url` is where every action goes, `base_url` stands before addresses of our own.

    `input_suffix` is added to the name of every input. Google keeps what was typed into inputs of the same name when a
    card is updated; another suffix makes them empty.
    """

    url: str
    base_url: str
    sign: Sign
    input_suffix: str = ""
    media: Media = _no_media

    def action(self, action: Action) -> JSON:
        """What a changed input sends to us."""
        match action:
            case Do():
                return self.do(action)
            case Show():
                return self.show(action)
            case _:
                assert_never(action)

    def do(self, do: Do) -> JSON:
        """The call that carries a command."""
        call: JSON = {"function": self.url, "parameters": self.sign(snake(do.command), do.fields)}
        if do.requires:
            call["requiredWidgets"] = [name + self.input_suffix for name in do.requires]
        if do.keep_input:
            call["persistValues"] = True
        return call

    def show(self, show: Show) -> JSON:
        """The call that asks for a page."""
        area, dot, page = show.page.rpartition(".")
        call: JSON = {"function": self.url, "parameters": self.sign(area + dot + SHOW, {PAGE: page, **show.fields})}
        if show.keep_input:
            call["persistValues"] = True
        return call

    def ask_for_file(self) -> JSON:
        """The call to which we answer that Google shall ask for the file."""
        return {"function": self.url, "parameters": self.sign(ASK_FOR_FILE, {})}

    def link(self, link: OpenLink) -> JSON:
        """An address to open, and what happens when it is closed."""
        return {
            "url": absolute(link.url, self.base_url),
            "openAs": "OVERLAY" if link.overlay else "FULL_SIZE",
            "onClose": "RELOAD" if link.reload else "NOTHING",
        }

    def file(self, file: OpenFile) -> JSON:
        """The link to a file of the domain's."""
        return self.link(OpenLink(self.media(file.name, file.fields)))

    def picture(self, name: str, fields: Mapping[str, str]) -> str:
        """The address of a picture of the domain's."""
        return absolute(self.media(name, fields), self.base_url)
