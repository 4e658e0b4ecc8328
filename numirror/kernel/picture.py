"""Pictures as values: what is to be seen. Drawing them is the shell's business.

Any value of these types can be drawn: what is longer than a limit below is cut with an ellipsis, what is more is left
out.
"""

from typing import Literal, TypeAlias

import msgspec

Pose = Literal["standing", "waving", "pointing", "sitting", "running", "arms_crossed"]
Mood = Literal["calm", "happy", "sad", "angry", "surprised", "afraid"]

TITLE_LENGTH = 80
"""Characters of a title, a subtitle, a credit and a caption in a chart."""

LABELS_MOST = 40
"""Of a chart; the last ones are shown."""

SQUARE_LENGTH = 70
"""Characters of a field of a grid."""

GRID_SIZE_MOST = 7
"""Rows, and squares in each."""

PANELS_MOST, FIGURES_MOST, BALLOONS_MOST = 6, 3, 4
"""Panels of a page; figures and balloons of a panel."""

BALLOON_LENGTH = 160
CAPTION_LENGTH = 120
SOUND_LENGTH = 16
"""Characters that there is room for in any panel; where letters are very wide, fewer."""


class Series(msgspec.Struct, frozen=True):
    """Figures of one kind, one for each label."""

    name: str
    values: tuple[float, ...]


class Bars(msgspec.Struct, frozen=True, tag=True):
    """A bar chart: one or two series beside each other."""

    title: str
    subtitle: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


class Square(msgspec.Struct, frozen=True):
    """A field of a grid. `in_line` says that it belongs to a complete line."""

    text: str
    is_ticked: bool = False
    is_free: bool = False
    in_line: bool = False


class Grid(msgspec.Struct, frozen=True, tag=True):
    """A bingo card: rows of squares."""

    title: str
    subtitle: str
    squares: tuple[tuple[Square, ...], ...]


class Figure(msgspec.Struct, frozen=True):
    """Somebody in a panel. The same seed looks the same everywhere."""

    name: str
    seed: int
    pose: Pose = "standing"
    mood: Mood = "calm"


class Balloon(msgspec.Struct, frozen=True):
    """What somebody says."""

    speaker: str
    text: str
    kind: Literal["speech", "thought", "shout"] = "speech"


class Panel(msgspec.Struct, frozen=True):
    """One picture of a comic."""

    scene: str
    figures: tuple[Figure, ...] = ()
    balloons: tuple[Balloon, ...] = ()
    sound: str = ""
    caption: str = ""


class ComicPage(msgspec.Struct, frozen=True, tag=True):
    """A page of one to six panels."""

    title: str
    number: int
    count: int
    panels: tuple[Panel, ...]
    credit: str = ""


Picture: TypeAlias = Bars | Grid | ComicPage
