"""A bar chart, readable in a sidebar of 300 pixels: 600 units wide, with large letters."""

from collections.abc import Iterator

from numirror.kernel.picture import LABELS_MOST, TITLE_LENGTH, Bars, Series
from numirror.shell.drawing import text
from numirror.shell.drawing.box import Box
from numirror.shell.drawing.elements import WHITE, Attributes, document, element, group, path, rect, shortened
from numirror.shell.drawing.fonts import BOLD, PLAIN, best
from numirror.shell.drawing.scale import Scale, figure, is_known

WIDTH, HEIGHT = 600, 440
_MARGIN = 28
_PLOT_BOTTOM = 372
_TICK_SIZE, _LABEL_SIZE, _VALUE_SIZE = 20.0, 21.0, 21.0

_INK, _QUIET, _LINE = "#1f2933", "#5b6774", "#e3e7ec"
_COLOURS = ("#2f6fde", "#bccbe0")
"""Of this period, and of the one before; apart in lightness too."""


def svg(bars: Bars) -> str:
    """The chart. Of more than two series the first two are shown, of too many labels the last."""
    shown = bars.series[:2]
    heading, top = _heading(bars, shown)
    scale = Scale.of(value for one in shown for value in _last(one.values, len(bars.labels)))
    ticks = [figure(tick) for tick in scale.ticks]
    left = _MARGIN + max(text.width(tick, _TICK_SIZE, PLAIN) for tick in ticks) + 12
    plot = Box(left, top, WIDTH - _MARGIN - left, _PLOT_BOTTOM - top)
    return document(
        WIDTH,
        HEIGHT,
        shortened(bars.title, TITLE_LENGTH),
        rect(0, 0, WIDTH, HEIGHT, fill=WHITE),
        *heading,
        group(*_axis(scale, ticks, plot)),
        *_columns(bars, shown, scale, plot),
    )


def _heading(bars: Bars, shown: tuple[Series, ...]) -> tuple[list[str], float]:
    """Title, subtitle and legend, and where the room below them begins."""
    room = WIDTH - 2 * _MARGIN
    title = text.one_line(text.shown(bars.title, TITLE_LENGTH, BOLD), BOLD, room, 34, 24)
    subtitle = text.one_line(text.shown(bars.subtitle, TITLE_LENGTH, PLAIN), PLAIN, room, 22, 18)
    drawn = [text.written(line, _MARGIN, 54, title.size, title.face, _INK) for line in title.lines]
    drawn += [text.written(line, _MARGIN, 88, subtitle.size, subtitle.face, _QUIET) for line in subtitle.lines]
    if len(shown) < 2:
        return drawn, 140
    return [*drawn, group(*_legend(shown))], 168


def _legend(shown: tuple[Series, ...]) -> Iterator[str]:
    x = float(_MARGIN)
    for one, colour in zip(shown, _COLOURS, strict=False):
        name = text.one_line(text.shown(one.name, TITLE_LENGTH, PLAIN), PLAIN, 210, 21, 21)
        yield rect(x, 107, 18, 18, rx=4, fill=colour)
        for line in name.lines:
            yield text.written(line, x + 26, 123, name.size, name.face, _INK)
        x += name.width + 56


def _axis(scale: Scale, ticks: list[str], plot: Box) -> Iterator[str]:
    for tick, words in zip(scale.ticks, ticks, strict=True):
        y = _height(scale, tick, plot)
        colour, wide = (_QUIET, 2) if tick == 0 else (_LINE, 1.5)
        yield element("line", x1=plot.x, y1=y, x2=plot.right, y2=y, stroke=colour, stroke_width=wide)
        yield text.written(words, plot.x - 10, y + 7, _TICK_SIZE, PLAIN, _QUIET, text_anchor="end")


def _columns(bars: Bars, shown: tuple[Series, ...], scale: Scale, plot: Box) -> Iterator[str]:
    labels = bars.labels[-LABELS_MOST:]
    if not labels or not shown:
        yield from text.paragraph(_nothing(), plot.middle[0], plot.middle[1] - 16, _QUIET)
        return
    slot = plot.width / len(labels)
    for number, series in reversed(list(enumerate(shown))):
        values = _last(series.values, len(bars.labels))
        boxes = [_bar(value, slot, (index, number, len(shown)), scale, plot) for index, value in enumerate(values)]
        yield group(*(_column(box, value < 0, _COLOURS[number]) for box, value in zip(boxes, values, strict=True)))
        if number == 0:
            yield group(*_values(values, boxes, slot if len(shown) == 1 else slot * 0.9))
    yield group(*_labels(labels, slot, plot))


def _nothing() -> text.Fitted:
    return text.one_line("Nothing to show yet", PLAIN, WIDTH, 26, 26)


def _last(values: tuple[float, ...], labels: int) -> tuple[float, ...]:
    """Those of the labels that are shown."""
    return values[:labels][max(0, labels - LABELS_MOST) :]


def _bar(value: float, slot: float, place: tuple[int, int, int], scale: Scale, plot: Box) -> Box:
    """From zero to the value. The series of a label stand beside each other, the older one first."""
    index, number, count = place
    wide = min(slot * 0.76, 84.0)
    each = wide / count
    x = plot.x + index * slot + (slot - wide) / 2 + (count - 1 - number) * each
    zero, end = _height(scale, 0, plot), _height(scale, value, plot)
    return Box(x, min(zero, end), each, abs(end - zero))


def _height(scale: Scale, value: float, plot: Box) -> float:
    return plot.bottom - scale.share(value) * plot.height


def _column(box: Box, is_down: bool, colour: str) -> str:
    """Round where it ends, square where it stands."""
    if box.height <= 0:
        return ""
    r = min(6.0, box.width / 2, box.height)
    foot, end = (box.y, box.bottom) if is_down else (box.bottom, box.y)
    turn = end - r if is_down else end + r
    return path(
        f"M{box.x:.1f} {foot:.1f}V{turn:.1f}Q{box.x:.1f} {end:.1f} {box.x + r:.1f} {end:.1f}"
        f"H{box.right - r:.1f}Q{box.right:.1f} {end:.1f} {box.right:.1f} {turn:.1f}V{foot:.1f}Z",
        fill=colour,
    )


def _values(values: tuple[float, ...], boxes: list[Box], room: float) -> Iterator[str]:
    """Over each bar where there is room for all, otherwise over the highest."""
    words = [figure(value) if is_known(value) else "–" for value in values]
    highest = max(values, key=lambda value: value if is_known(value) else float("-inf"), default=0.0)
    fits = all(text.width(one, _VALUE_SIZE, BOLD) <= room for one in words)
    for value, box, one in zip(values, boxes, words, strict=True):
        if not fits and value != highest:
            continue
        half = text.width(one, _VALUE_SIZE, BOLD) / 2
        x = max(half, min(box.middle[0], WIDTH - half))
        y = box.bottom + 22 if value < 0 else box.y - 7
        halo: Attributes = {"stroke": WHITE, "stroke_width": 5, "paint_order": "stroke"}
        yield text.written(one, x, y, _VALUE_SIZE, BOLD, _INK, text_anchor="middle", **halo)
        if not fits:
            return


def _labels(labels: tuple[str, ...], slot: float, plot: Box) -> Iterator[str]:
    """Each, or as many as there is room for, counted from the last."""
    words = [text.shown(label, 14, PLAIN) for label in labels]
    widest = min(max(text.width(word, _LABEL_SIZE, best(word, PLAIN)) for word in words) + 10, plot.width / 2)
    every = max(1, -int(-widest // slot))
    for index, word in enumerate(words):
        if (len(words) - 1 - index) % every == 0:
            face = best(word, PLAIN)
            shown = text.cut(word, _LABEL_SIZE, face, slot * every)
            half = text.width(shown, _LABEL_SIZE, face) / 2
            x = max(half, min(plot.x + (index + 0.5) * slot, WIDTH - half))
            yield text.written(shown, x, HEIGHT - 26, _LABEL_SIZE, face, _INK, text_anchor="middle")
