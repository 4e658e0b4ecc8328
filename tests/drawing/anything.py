"""Any value of the pictures' types, and texts that have broken others."""

from typing import get_args

from hypothesis import strategies as st

from numirror.kernel.picture import Balloon, Bars, ComicPage, Figure, Grid, Mood, Panel, Pose, Series, Square

HOSTILE = {
    "markup": "</text><script>alert(1)</script>",
    "entities": "Smith & Sons &lt;&amp;&#0; \"double\" 'single'",
    "cdata": "]]> <![CDATA[ <!-- --> <?xml ?> <!DOCTYPE a [<!ENTITY b 'c'>]> &b;",
    "controls": "a\x00b\x08c\x1bd\x7fe\x9ff\ufffeg\uffffh\r\n\tz",
    "surrogate": "half \ud83d of a pair \udc00",
    "joined signs": "👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈👍🏿🇺🇦",
    "right to left": "שלום \u202eevil\u202c مرحبا",
    "marks": "Z" + "\u0301\u0323\u20dd\u0489" * 60 + " a\u0300",
    "endless word": "W" * 10_000,
    "endless signs": "🎉" * 10_000,
    "no letters of ours": "漢字かな交じり文 ไทย हिन्दी",
    "spaces": " \u00a0\u2003\u3000\u200b ",
    "attribute": '" onload="x" fill="url(http://127.0.0.1/)',
}

words = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(sorted(HOSTILE.values()))
plain = st.lists(st.text("abcdeёжщäßABC.,!?", min_size=1, max_size=9), min_size=1, max_size=8).map(" ".join)

series = st.builds(Series, words, st.lists(st.floats(), max_size=50).map(tuple))
bars = st.builds(Bars, words, words, st.lists(words, max_size=50).map(tuple), st.lists(series, max_size=3).map(tuple))
squares = st.builds(Square, words, st.booleans(), st.booleans(), st.booleans())
grids = st.builds(Grid, words, words, st.lists(st.lists(squares, max_size=8).map(tuple), max_size=8).map(tuple))

names = st.sampled_from(["Ada", "Bob", "ada ", ""]) | words
figures = st.builds(Figure, names, st.integers(), st.sampled_from(get_args(Pose)), st.sampled_from(get_args(Mood)))


def balloons(said: st.SearchStrategy[str], least: int = 0, most: int = 5) -> st.SearchStrategy[tuple[Balloon, ...]]:
    """What is said in one panel."""
    kinds = st.sampled_from(("speech", "thought", "shout"))
    return st.lists(st.builds(Balloon, names, said, kinds), min_size=least, max_size=most).map(tuple)


def panels(said: st.SearchStrategy[str] = words, least: int = 0, most: int = 5) -> st.SearchStrategy[Panel]:
    """One panel."""
    scenes = words | st.sampled_from(
        ("kitchen", "office", "night", "park", "sea", "mountain", "space", "street", "room")
    )
    return st.builds(
        Panel, scenes, st.lists(figures, max_size=4).map(tuple), balloons(said, least, most), words | st.just(""), words
    )


def pages(panel: st.SearchStrategy[Panel], most: int = 7) -> st.SearchStrategy[ComicPage]:
    """A page of such panels."""
    return st.builds(ComicPage, words, st.integers(), st.integers(), st.lists(panel, max_size=most).map(tuple), words)


pictures = bars | grids | pages(panels(), 4)
