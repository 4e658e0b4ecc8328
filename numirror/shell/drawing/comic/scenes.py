"""Which backdrop the words of a scene mean."""

from typing import Literal

from numirror.shell.drawing.comic.ink import Chances

Indoors = Literal["room", "kitchen", "office"]
Outdoors = Literal["street", "park", "night", "sea", "mountains", "space"]
Scene = Literal[Indoors, Outdoors, "rays", "dots"]

# Beginnings of words in English, German, Russian and Ukrainian; whole words where they are short, because a season is
# no sea. The first line that has one wins.
_WORDS: dict[Scene, str] = {
    "space": "space planet rocket galax weltraum rakete космос ракет планет",
    "night": "night moon dark midnight nacht mond dunkel ночь ночи ночью ніч ночі луна місяц темн",
    "kitchen": "kitchen cook breakfast dinner küche koch frühstück кухн кухон завтрак сніданок",
    "office": "office desk meeting computer work büro arbeit schreibtisch офис офіс работ робоч совещ нарад",
    "sea": "sea beach ocean boat ship island lake river meer strand boot insel fluss море моря морск пляж озер "
    "остров река реки реке реку річк",
    "mountains": "mountain hill hills peak snow berg berge gipfel schnee гора горы горах гори горн верш снег сніг",
    "park": "park garden forest tree trees wood woods meadow garten wald baum wiese парк сад саду лес лесу лесн ліс "
    "лісі дерев",
    "street": "street city town road shop market bus station straße stadt markt laden bahnhof улиц вулиц город міст "
    "магазин рынок рынке ринок ринку вокзал",
    "room": "room indoor home house bed sofa living door zimmer haus wohn bett комнат кімнат дом дома доме дім вдома "
    "будин кварти",
}
_BEGINNINGS = {scene: tuple(words.split()) for scene, words in _WORDS.items()}

_OTHERWISE: tuple[Scene, ...] = ("rays", "dots", "room", "park")

_LOOKED_AT = 1_000
_AROUND = ".,;:!?()\"'«»„“”"


def scene_of(words: str) -> Scene:
    """The backdrop; for words that say nothing, always the same one."""
    said = words[:_LOOKED_AT].casefold().split()
    for scene, beginnings in _BEGINNINGS.items():
        if any(_means(word.strip(_AROUND), beginnings) for word in said):
            return scene
    return Chances("scene", words).one(_OTHERWISE)


def _means(word: str, beginnings: tuple[str, ...]) -> bool:
    return any(word == one or (len(one) > 3 and word.startswith(one)) for one in beginnings)
