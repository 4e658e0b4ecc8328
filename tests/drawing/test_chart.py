"""Rules of charts and their axes."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numirror.kernel.picture import Bars, Series
from numirror.shell.drawing import svg
from numirror.shell.drawing.scale import Scale, figure
from tests.drawing import seen

NOW, BEFORE = "#2f6fde", "#bccbe0"


def _columns(bars: Bars, colour: str) -> list[tuple[float, float]]:
    """Where each bar stands and ends."""
    paths = [one.attrib for one in ET.fromstring(svg(bars)).iter() if one.tag.endswith("path")]
    feet = [re.match(r"M[-\d.]+ ([-\d.]+).* ([-\d.]+)H", one["d"]) for one in paths if one["fill"] == colour]
    return [(float(found[1]), float(found[2])) for found in feet if found]


def _said(bars: Bars) -> list[str]:
    return [line.said for line in seen.lines(ET.fromstring(svg(bars)))]


def test_bars_are_as_long_as_their_values() -> None:
    columns = _columns(Bars("", "", ("a", "b", "c"), (Series("", (2, 4, -3)),)), NOW)
    lengths = [foot - end for foot, end in columns]
    assert lengths[1] == pytest.approx(2 * lengths[0], abs=0.3)
    assert lengths[2] == pytest.approx(-1.5 * lengths[0], abs=0.3)


def test_the_period_before_stands_beside() -> None:
    bars = Bars("Done", "this week", ("Mon", "Tue"), (Series("now", (3, 5)), Series("before", (4, 1))))
    assert len(_columns(bars, NOW)) == len(_columns(bars, BEFORE)) == 2
    assert {"Done", "this week", "now", "before", "Mon", "Tue", "3", "5"} <= set(_said(bars))


def test_without_anything_the_chart_says_so() -> None:
    assert "Nothing to show yet" in _said(Bars("", "", (), ()))


def test_a_month_has_only_labels_that_are_apart() -> None:
    bars = Bars("", "", tuple(str(day) for day in range(1, 32)), (Series("", tuple(range(31))),))
    days = _below(bars)
    assert days[-1].said == "31"
    assert all(one.corners[1][0] < other.corners[0][0] for one, other in pairwise(days))


def test_of_too_many_labels_the_last_are_shown() -> None:
    bars = Bars("", "", tuple(str(day) for day in range(1000)), (Series("", tuple(range(1000))),))
    labels = [int(line.said) for line in _below(bars)]
    assert labels[-1] == 999
    assert min(labels) >= 960
    assert len(_columns(bars, NOW)) == 40


def test_wide_words_at_the_edge_stay_on_the_page() -> None:
    figures = (*[float("-inf")] * 39, -1e15)
    bars = Bars("", "", ("Wednesday 14th",) * 40, (Series("", figures),))
    lines = list(seen.lines(ET.fromstring(svg(bars))))
    assert "−1,000T" in [line.said for line in lines if line.corners[0][0] > 500]
    assert all(-0.1 <= x <= 600.1 for line in lines for x, _ in line.corners)


def _below(bars: Bars) -> list[seen.Line]:
    """The labels."""
    return [line for line in seen.lines(ET.fromstring(svg(bars))) if line.corners[0][1] > 380]


@given(st.lists(st.floats() | st.integers(), max_size=20))
def test_the_axis_has_zero_and_all_values_and_few_ticks(values: list[float]) -> None:
    scale = Scale.of(values)
    assert 0 in scale.ticks
    assert 2 <= len(scale.ticks) <= 8
    assert all(-1e-9 <= scale.share(value) <= 1 + 1e-9 for value in values)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (-0.0, "0"),
        (7, "7"),
        (2.5, "2.5"),
        (-3, "−3"),
        (1234, "1,234"),
        (12500, "12.5k"),
        (3_400_000, "3.4M"),
        (float("inf"), "1,000T"),
        (10**400, "1,000T"),
    ],
)
def test_figures_are_short(value: float, said: str) -> None:
    assert figure(value) == said


def test_what_is_unknown_is_no_zero() -> None:
    assert "–" in _said(Bars("", "", ("a", "b"), (Series("", (1, float("nan"))),)))
    assert Scale.of([1, float("nan")]) == Scale.of([1])
