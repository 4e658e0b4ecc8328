"""A small landscape, as a seed has it: sky, sun, three ranges of hills, a house or two."""

import colorsys
import random
from collections.abc import Iterator

_RANGES = 3
_HILLS = 6


def draw(seed: str, width: int, height: int) -> bytes:
    """A PNG of exactly this size; the same for the same seed."""
    from resvg_py import svg_to_bytes

    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{_scene(seed, width, height)}</svg>'
    return bytes(svg_to_bytes(svg_string=svg, width=width, height=height, skip_system_fonts=True))


def _scene(seed: str, width: int, height: int) -> str:
    chance = random.Random(seed)
    hue = chance.random()
    sun_x, sun_y = chance.uniform(0.15, 0.85) * width, chance.uniform(0.15, 0.35) * height
    parts = [
        f'<rect width="100%" height="100%" fill="{_colour(hue, 0.25, 0.98)}"/>',
        f'<circle cx="{sun_x:.0f}" cy="{sun_y:.0f}" r="{height / 11:.0f}" fill="{_colour(hue + 0.5, 0.45, 1.0)}"/>',
    ]
    for number in range(_RANGES):
        top = height * (0.45 + 0.17 * number)
        colour = _colour(hue + 0.08 * number, 0.35 + 0.15 * number, 0.75 - 0.18 * number)
        parts.append(f'<path d="{" ".join(_range(chance, width, height, top))}" fill="{colour}"/>')
    parts += [_house(chance, width, height, hue) for _ in range(chance.randint(1, 2))]
    return "".join(parts)


def _range(chance: random.Random, width: int, height: int, top: float) -> Iterator[str]:
    yield f"M0 {height} L0 {top:.0f}"
    step = width / _HILLS
    for number in range(_HILLS):
        peak, foot = top - chance.uniform(0, 0.14) * height, top + chance.uniform(-0.05, 0.05) * height
        yield f"Q{step * (number + 0.5):.0f} {peak:.0f} {step * (number + 1):.0f} {foot:.0f}"
    yield f"L{width} {height} Z"


def _house(chance: random.Random, width: int, height: int, hue: float) -> str:
    side = height / 10
    x, y = chance.uniform(0.1, 0.8) * width, chance.uniform(0.78, 0.86) * height
    roof = f"M{x - side * 0.15:.0f} {y:.0f} l{side * 0.65:.0f} {-side * 0.6:.0f} l{side * 0.65:.0f} {side * 0.6:.0f} Z"
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{side:.0f}" height="{side:.0f}" fill="{_colour(hue, 0.08, 0.95)}"/>'
        f'<path d="{roof}" fill="{_colour(hue + 0.5, 0.6, 0.7)}"/>'
    )


def _colour(hue: float, saturation: float, value: float) -> str:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
