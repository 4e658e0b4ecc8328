"""How a page is divided: rows of panels, read from left to right and from top to bottom."""

from collections.abc import Sequence

from numirror.shell.drawing.box import Box

GUTTER = 22

_Row = tuple[float, tuple[float, ...]]
"""Share of the height, and shares of the width of each panel."""

_LAYOUTS: dict[int, tuple[tuple[_Row, ...], ...]] = {
    1: (((1, (1,)),),),
    2: (((0.54, (1,)), (0.46, (1,))), ((0.46, (1,)), (0.54, (1,)))),
    3: (
        ((0.52, (1,)), (0.48, (0.54, 0.46))),
        ((0.48, (0.46, 0.54)), (0.52, (1,))),
    ),
    4: (
        ((0.52, (0.57, 0.43)), (0.48, (0.44, 0.56))),
        ((0.34, (1,)), (0.34, (0.46, 0.54)), (0.32, (1,))),
    ),
    5: (
        ((0.34, (0.44, 0.56)), (0.32, (1,)), (0.34, (0.56, 0.44))),
        ((0.34, (1,)), (0.33, (0.56, 0.44)), (0.33, (0.44, 0.56))),
    ),
    6: (
        ((0.34, (0.56, 0.44)), (0.33, (0.44, 0.56)), (0.33, (0.53, 0.47))),
        ((0.33, (0.44, 0.56)), (0.34, (0.56, 0.44)), (0.33, (0.48, 0.52))),
    ),
}


def divide(area: Box, texts: Sequence[int], number: int) -> tuple[Box, ...]:
    """A box for each panel (at most six). `texts` is how much is said in each: a row of much gets more height."""
    layouts = _LAYOUTS.get(len(texts), ((),))
    rows: tuple[_Row, ...] = layouts[number % len(layouts)]
    weights = _weights(rows, texts)
    free = area.height - GUTTER * (len(rows) - 1)
    boxes: list[Box] = []
    y = area.y
    for (_, shares), weight in zip(rows, weights, strict=True):
        height = free * weight / sum(weights)
        boxes += _row(Box(area.x, y, area.width, height), shares)
        y += height + GUTTER
    return tuple(boxes)


def _weights(rows: tuple[_Row, ...], texts: Sequence[int]) -> list[float]:
    weights, first = [], 0
    for share, shares in rows:
        said = max(texts[first : first + len(shares)])
        weights.append(share * (1 + min(said, 500) / 1400))
        first += len(shares)
    return weights


def _row(row: Box, shares: tuple[float, ...]) -> list[Box]:
    free = row.width - GUTTER * (len(shares) - 1)
    boxes, x = [], row.x
    for share in shares:
        boxes.append(Box(x, row.y, free * share, row.height))
        x += free * share + GUTTER
    return boxes
