"""What can be seen in an SVG: read back from the markup alone."""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from numirror.shell.drawing import fonts, text

_SVG = "{http://www.w3.org/2000/svg}"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with the corners of its letters."""

    said: str
    corners: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Bubble:
    """A balloon with its outline."""

    lines: tuple[Line, ...]
    outline: tuple[Point, ...]

    @property
    def said(self) -> str:
        return " ".join(line.said for line in self.lines)

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        across, down = [x for x, _ in self.outline], [y for _, y in self.outline]
        return min(across), min(down), max(across), max(down)


def lines(root: ET.Element) -> Iterator[Line]:
    """All texts, turned as their groups are."""
    yield from _lines(root, None)


def panels(root: ET.Element) -> list[ET.Element]:
    return root.findall(f".//{_SVG}g[@data-kind='panel']")


def frame(panel: ET.Element) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a panel."""
    rect = panel.find(f"{_SVG}clipPath/{_SVG}rect")
    assert rect is not None
    x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def bubbles(panel: ET.Element) -> list[Bubble]:
    found = [group for group in panel.iter(f"{_SVG}g") if group.get("data-kind") in ("speech", "thought", "shout")]
    return [Bubble(tuple(lines(group)), tuple(_outline(group[0]))) for group in found]


def is_inside(point: Point, outline: tuple[Point, ...]) -> bool:
    """By counting the edges on the right of it."""
    x, y = point
    count = 0
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            count += 1
    return count % 2 == 1


def _lines(element: ET.Element, turn: tuple[float, float, float] | None) -> Iterator[Line]:
    found = re.match(r"rotate\(([-\d.]+) ([-\d.]+) ([-\d.]+)\)$", element.get("transform", ""))
    if found:
        turn = (float(found[1]), float(found[2]), float(found[3]))
    if element.tag == f"{_SVG}text":
        yield _line(element, turn)
    for child in element:
        yield from _lines(child, turn)


def _line(element: ET.Element, turn: tuple[float, float, float] | None) -> Line:
    size, said = float(element.attrib["font-size"]), element.text or ""
    family, weight = element.attrib["font-family"], element.attrib["font-weight"]
    face = next(one for one in fonts.LETTERS if (one.family, str(one.weight)) == (family, weight))
    wide = text.width(said, size, face)
    before = {"middle": wide / 2, "end": wide}.get(element.get("text-anchor", ""), 0.0)
    x, y = float(element.attrib["x"]) - before, float(element.attrib["y"])
    corners = [(x, y - 0.72 * size), (x + wide, y - 0.72 * size), (x + wide, y + 0.12 * size), (x, y + 0.12 * size)]
    return Line(said, tuple(_turned(corner, turn) if turn else corner for corner in corners))


def _turned(point: Point, turn: tuple[float, float, float]) -> Point:
    angle, (dx, dy) = math.radians(turn[0]), (point[0] - turn[1], point[1] - turn[2])
    return turn[1] + dx * math.cos(angle) - dy * math.sin(angle), turn[2] + dx * math.sin(angle) + dy * math.cos(angle)


def _outline(shape: ET.Element) -> Iterator[Point]:
    if shape.tag == f"{_SVG}polygon":
        for pair in shape.attrib["points"].split():
            x, _, y = pair.partition(",")
            yield float(x), float(y)
        return
    at = (0.0, 0.0)
    for name, written in re.findall(r"([MHVQC])([^MHVQCZ]*)", shape.attrib["d"]):
        figures = [float(one) for one in written.split()]
        if name in "HV":
            figures = [figures[0], at[1]] if name == "H" else [at[0], figures[0]]
        points = [at, *zip(figures[::2], figures[1::2], strict=True)]
        yield from (points[1:] if len(points) == 2 else (_bezier(points, step / 8) for step in range(1, 9)))
        at = points[-1]


def _bezier(points: list[Point], share: float) -> Point:
    while len(points) > 1:
        points = [(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for (x1, y1), (x2, y2) in pairwise(points)]
    return points[0]
