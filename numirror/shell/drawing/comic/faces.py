"""Eyes, brows and mouths, around the middle of a head of radius 46."""

from numirror.kernel.picture import Mood
from numirror.shell.drawing.comic.ink import INK
from numirror.shell.drawing.comic.looks import Look
from numirror.shell.drawing.elements import WHITE, Attributes, circle, ellipse, group, path

_STROKE: Attributes = {
    "fill": "none",
    "stroke": INK,
    "stroke_width": 3.6,
    "stroke_linecap": "round",
    "stroke_linejoin": "round",
}

_BROWS: dict[Mood, str] = {
    "calm": "M-24 -17Q-16 -21 -8 -18M8 -18Q16 -21 24 -17",
    "happy": "M-25 -20Q-16 -27 -7 -21M7 -21Q16 -27 25 -20",
    "sad": "M-25 -14Q-16 -19 -8 -23M8 -23Q16 -19 25 -14",
    "angry": "M-26 -23L-6 -13M6 -13L26 -23",
    "surprised": "M-26 -25Q-16 -33 -7 -26M7 -26Q16 -33 26 -25",
    "afraid": "M-26 -19Q-17 -26 -7 -28M7 -28Q17 -26 26 -19",
}

_MOUTHS: dict[Mood, str] = {
    "calm": path("M-11 21Q0 27 11 21", **_STROKE),
    "happy": path("M-18 15Q0 21 18 15Q15 35 0 35Q-15 35 -18 15Z", fill="#7a1f2b", stroke=INK, stroke_width=3.2)
    + path("M-15 17.5Q0 22.5 15 17.5L13.5 23Q0 27 -13.5 23Z", fill=WHITE),
    "sad": path("M-12 28Q0 17 12 28", **_STROKE),
    "angry": path("M-16 19H16V30H-16Z", fill=WHITE, stroke=INK, stroke_width=3.2, stroke_linejoin="round")
    + path("M-16 24.5H16M-8 19V30M0 19V30M8 19V30", fill="none", stroke=INK, stroke_width=2),
    "surprised": ellipse(0, 25, 8.5, 11, fill="#7a1f2b", stroke=INK, stroke_width=3.2),
    "afraid": path("M-16 25Q-11 18 -6 25T4 25T15 24", **_STROKE),
}

_EXTRAS: dict[Mood, str] = {
    "calm": "",
    "happy": ellipse(-29, 12, 7, 4.5, fill="#ff6f61", opacity=0.4)
    + ellipse(29, 12, 7, 4.5, fill="#ff6f61", opacity=0.4),
    "sad": path("M24 6Q33 18 24 22Q15 18 24 6Z", fill="#7cc6f2", stroke=INK, stroke_width=2),
    "angry": path("M32 -46l8 6M44 -36l-5 8M30 -36l6 8", **(_STROKE | {"stroke": "#d1495b"})),
    "surprised": "",
    "afraid": path("M40 -30Q52 -14 40 -9Q29 -14 40 -30Z", fill="#7cc6f2", stroke=INK, stroke_width=2)
    + path("M-20 -40v9M-11 -43v9M-2 -44v9", fill="none", stroke="#5b7fa8", stroke_width=2.4, stroke_linecap="round"),
}


def face(mood: Mood, look: Look) -> str:
    """The face of a mood."""
    beard = path("M-30 12Q-28 44 0 47Q28 44 30 12Q18 14 0 13Q-18 14 -30 12Z", fill=look.hair) if look.has_beard else ""
    freckles = "".join(circle(x, y, 1.6, fill="#a5603a") for x, y in _FRECKLES) if look.has_freckles else ""
    nose = path("M0 1Q6 8 -1 10", **(_STROKE | {"stroke_width": 2.8}))
    brows = path(_BROWS[mood], **(_STROKE | {"stroke_width": 4.4}))
    glasses = _glasses() if look.has_glasses else ""
    return group(beard, freckles, nose, _eyes(mood), brows, _mouth(mood, look), glasses, _EXTRAS[mood])


_FRECKLES = ((-26, 8), (-20, 11), (-23, 4), (26, 8), (20, 11), (23, 4))


def _mouth(mood: Mood, look: Look) -> str:
    """On a beard a line would not be seen without something light behind it."""
    behind = ellipse(0, 24, 18, 9, fill=look.skin) if look.has_beard and mood in ("calm", "sad", "afraid") else ""
    return behind + _MOUTHS[mood]


def _eyes(mood: Mood) -> str:
    if mood == "happy":
        return path("M-23 -3Q-16 -12 -9 -3M9 -3Q16 -12 23 -3", **(_STROKE | {"stroke_width": 4}))
    if mood == "calm":
        return ellipse(-16, -4, 4.2, 6, fill=INK) + ellipse(16, -4, 4.2, 6, fill=INK)
    high, pupil = {"sad": (9, 4.5), "angry": (8, 4.5), "surprised": (12, 5), "afraid": (12, 3)}[mood]
    return "".join(
        ellipse(x, -4, 9.5, high, fill=WHITE, stroke=INK, stroke_width=2.8) + circle(x + 1.5, -3, pupil, fill=INK)
        for x in (-16, 16)
    )


def _glasses() -> str:
    strokes: Attributes = {"fill": WHITE, "fill_opacity": 0.25, "stroke": INK, "stroke_width": 3.4}
    return circle(-16, -4, 13.5, **strokes) + circle(16, -4, 13.5, **strokes) + path("M-3 -6Q0 -8 3 -6", **_STROKE)
