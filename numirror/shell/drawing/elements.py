"""SVG as text, written by nobody else: whatever text comes in, markup never does."""

import re
from html import escape
from typing import TypeAlias

WHITE = "#ffffff"

Attributes: TypeAlias = dict[str, str | float]

# https://www.w3.org/TR/xml/#charsets, and C1 controls, which nothing can be seen of.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_LOOKED_AT = 10_000
"""Characters of a text that is to be shortened; what comes after them takes no time."""


def clean(text: str) -> str:
    """The text as one line, without what XML can't hold."""
    return " ".join(_FORBIDDEN.sub("", text).split())


def shortened(text: str, most: int) -> str:
    """The clean text, with an ellipsis where it was longer than `most` characters."""
    whole = clean(text[:_LOOKED_AT])
    return whole if len(whole) <= most else f"{whole[: most - 1].rstrip()}…"


def number(value: float) -> str:
    """With two decimals at most."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def element(name: str, *children: str, **attributes: str | float) -> str:
    """`children` are elements or escaped text. Of an attribute's name, `_` is `-`, and a last `_` nothing."""
    written = "".join(f' {key.strip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def group(*children: str, **attributes: str | float) -> str:
    """Elements that belong together; nothing where there are none."""
    return element("g", *children, **attributes) if any(children) else ""


def rect(x: float, y: float, width: float, height: float, **attributes: str | float) -> str:
    """A rectangle."""
    return element("rect", x=x, y=y, width=max(0.0, width), height=max(0.0, height), **attributes)


def circle(x: float, y: float, radius: float, **attributes: str | float) -> str:
    """A circle around a point."""
    return element("circle", cx=x, cy=y, r=radius, **attributes)


def ellipse(x: float, y: float, rx: float, ry: float, **attributes: str | float) -> str:
    """An ellipse around a point."""
    return element("ellipse", cx=x, cy=y, rx=rx, ry=ry, **attributes)


def path(d: str, **attributes: str | float) -> str:
    """A path; `d` is its drawing commands."""
    return element("path", d=d, **attributes)


def polygon(points: "list[tuple[float, float]]", **attributes: str | float) -> str:
    """A closed shape with straight edges."""
    return element("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in points), **attributes)


def document(width: int, height: int, label: str, *children: str) -> str:
    """A whole SVG. `label` is what a screen reader says."""
    return element(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=label or "A picture",
    )


def _value(value: str | float) -> str:
    return escape(clean(value)) if isinstance(value, str) else number(value)
