"""Pictures are values: equal where they show the same, and the same after a journey."""

import msgspec

from numirror.kernel.picture import Balloon, Bars, ComicPage, Figure, Grid, Panel, Picture, Series, Square

PICTURES: tuple[Picture, ...] = (
    Bars("Done", "", ("Mon",), (Series("now", (1.0,)),)),
    Grid("Bingo", "", ((Square("Run", is_ticked=True),),)),
    ComicPage("Cat", 1, 1, (Panel("park", (Figure("Ada", 7),), (Balloon("Ada", "Hi"),)),)),
)


def test_a_picture_is_the_same_after_a_journey() -> None:
    for picture in PICTURES:
        again = msgspec.json.decode(msgspec.json.encode(picture), type=Picture)
        assert again == picture
        assert hash(again) == hash(picture)


def test_pictures_are_told_apart() -> None:
    assert len(set(PICTURES)) == 3
