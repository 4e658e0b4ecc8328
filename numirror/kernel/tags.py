"""Tags in a text: `#garden`, as people write them."""

import re

_TAG = re.compile(r"(?<![\w#&])#(\w[\w-]{0,49})")


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of a text in lower case without their `#`, each once, in order. `#1` is a number and no tag."""
    found = (match.group(1).rstrip("-").casefold() for match in _TAG.finditer(text))
    return tuple(dict.fromkeys(tag for tag in found if tag and not tag.isdecimal()))
