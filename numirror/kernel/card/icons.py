"""Icons that Google knows by name, and icons of our own."""

from typing import Literal

import msgspec

from numirror.kernel.card.addresses import check_picture

KnownIcon = Literal[
    "AIRPLANE",
    "BOOKMARK",
    "BUS",
    "CAR",
    "CLOCK",
    "CONFIRMATION_NUMBER_ICON",
    "DESCRIPTION",
    "DOLLAR",
    "EMAIL",
    "EVENT_PERFORMER",
    "EVENT_SEAT",
    "FLIGHT_ARRIVAL",
    "FLIGHT_DEPARTURE",
    "HOTEL",
    "HOTEL_ROOM_TYPE",
    "INVITE",
    "MAP_PIN",
    "MEMBERSHIP",
    "MULTIPLE_PEOPLE",
    "OFFER",
    "PERSON",
    "PHONE",
    "RESTAURANT_ICON",
    "SHOPPING_CART",
    "STAR",
    "STORE",
    "TICKET",
    "TRAIN",
    "VIDEO_CAMERA",
    "VIDEO_PLAY",
]


class Picture(msgspec.Struct, frozen=True):
    """A small PNG or JPEG in the place of an icon. `alt_text` says what it shows."""

    url: str
    alt_text: str
    round: bool = False

    def __post_init__(self) -> None:
        check_picture(self.url)


Icon = KnownIcon | Picture
