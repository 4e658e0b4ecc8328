"""Which letters pictures have: those of their fonts, told here so that a card can say what a picture lacks."""

import re
import unicodedata
from collections.abc import Iterable

_LATIN = "0-9A-Za-zª²³µ¹º¼-¾À-ÖØ-öø-ÿ"
_ALPHABETS = (
    re.compile(f"[{_LATIN}Ā-ſƒƠơƯưȘ-țˆˇˉΆΈ-ΊΌΎ-ΡΣ-ώϑϒϖЀ-џҐ-ғҖ-қҢңҮ-ҳҺһӘәӨөẞẠ-ỹ]"),
    re.compile(f"[{_LATIN}\u05d0-\u05ea\u05ef-\u05f2]"),
    re.compile(f"[{_LATIN}\u0620-\u064a\u0660-\u0669\u066e-\u066f\u0671-\u06d3\u06d5\u06e5-\u06e6\u06ee-\u06fc\u06ff]"),
)
"""Latin, Greek and Cyrillic; Hebrew; Arabic. A text has letters of one of them: it is drawn with one font."""

_NAMES = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "LATIN": "some Latin",
    "GREEK": "some Greek",
    "CYRILLIC": "some Cyrillic",
}


def missing_scripts(texts: Iterable[str]) -> tuple[str, ...]:
    """The scripts of which some letters can't be drawn, by their English names, in the order that they come."""
    return tuple(dict.fromkeys(_script(letter) for text in texts for letter in _missing(text)))


def lacking_words(texts: Iterable[str], whole: str) -> str:
    """A sentence about letters that pictures lack, empty where they have all; `whole` says where every word stands."""
    scripts = ", ".join(missing_scripts(texts))
    return f"Pictures lack letters of this ({scripts}): “…” stands for them. Every word is {whole}." if scripts else ""


def _missing(text: str) -> list[str]:
    letters = [one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one)[0] in "LN"]
    return min(([one for one in letters if not known.match(one)] for known in _ALPHABETS), key=len)


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "unknown").partition(" ")[0].partition("-")[0]
    return _NAMES.get(first, first.capitalize())
