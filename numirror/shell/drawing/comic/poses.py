"""Where arms and legs are. A figure is 300 units high and stands on (0, 0); up is negative."""

from dataclasses import dataclass

from numirror.kernel.picture import Pose

Limb = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
"""Shoulder, elbow, hand; or hip, knee, foot."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A pose. `drop` is how much lower the body is, `lean` how far it is turned, in degrees."""

    left_arm: Limb
    right_arm: Limb
    left_leg: Limb = ((-14, -106), (-17, -55), (-18, -8))
    right_leg: Limb = ((14, -106), (17, -55), (18, -8))
    drop: float = 0
    lean: float = 0
    points: bool = False


_HANGING: Limb = ((-33, -180), (-47, -147), (-42, -112))

STANCES: dict[Pose, Stance] = {
    "standing": Stance(_HANGING, ((33, -180), (47, -147), (42, -112))),
    "waving": Stance(_HANGING, ((33, -180), (68, -182), (78, -226))),
    "pointing": Stance(((-33, -180), (-52, -150), (-26, -124)), ((33, -180), (62, -176), (94, -186)), points=True),
    "sitting": Stance(
        ((-33, -180), (-50, -146), (-27, -112)),
        ((33, -180), (50, -146), (27, -112)),
        left_leg=((-16, -104), (-34, -88), (-34, -48)),
        right_leg=((16, -104), (34, -88), (34, -48)),
        drop=40,
    ),
    "running": Stance(
        ((-33, -178), (-62, -158), (-50, -124)),
        ((33, -178), (52, -146), (82, -164)),
        left_leg=((-12, -106), (-34, -66), (-72, -52)),
        right_leg=((12, -106), (46, -78), (44, -26)),
        drop=-10,
        lean=7,
    ),
    "arms_crossed": Stance(((-33, -180), (-50, -146), (14, -150)), ((33, -180), (50, -146), (-14, -138))),
}
