"""The nine motifs of posters, drawn above the text from simple shapes.

A poster is 300 units wide and 450 high. A motif may extend to the bottom, because the text has its
own background.
"""

from helpers.posters.chance import Chance
from helpers.posters.palettes import Inks

# The tips of twelve sunbeams, relative to the sun. All of them are outside the poster.
_TIPS = (
    *((400, 0), (346, 200), (200, 346), (0, 400), (-200, 346), (-346, 200)),
    *((-400, 0), (-346, -200), (-200, -346), (0, -400), (200, -346), (346, -200)),
)

# A quarter of a disc in a tile of 75 units: from a corner along one side, and back along the arc.
_QUARTERS = (
    "M{x} {y}h75A75 75 0 0 1 {x} {bottom}z",
    "M{right} {y}v75A75 75 0 0 1 {x} {y}z",
    "M{right} {bottom}h-75A75 75 0 0 1 {right} {y}z",
    "M{x} {bottom}v-75A75 75 0 0 1 {right} {bottom}z",
)


def mountains(chance: Chance, inks: Inks) -> str:
    """Three mountain ranges in front of a sun or a moon. The nearest one is the most opaque."""
    ranges = (
        _land(
            inks.strong,
            opacity,
            f"{height}L{chance.number(0, 85)} {height - chance.number(30, 93)}"
            f" {chance.number(90, 175)} {height - 5}"
            f" {chance.number(180, 243)} {height - chance.number(45, 96)} 300 {height - 10}",
        )
        for height, opacity in ((210, 40), (250, 70), (290, 100))
    )
    return _sun(chance, inks, y=(110, 160), radius=(46, 77)) + "".join(ranges)


def dunes(chance: Chance, inks: Inks) -> str:
    """Four waves of sand or water."""
    waves = (
        _land(inks.strong, opacity, f"{height}q75 {-chance.number(20, 56)} 150 0t150 0")
        for height, opacity in ((130, 35), (168, 51), (206, 67), (244, 83))
    )
    return _sun(chance, inks, y=(70, 112), radius=(30, 58)) + "".join(waves)


def town(chance: Chance, inks: Inks) -> str:
    """Ten houses in a row."""
    houses = (
        f'<path fill="{inks.strong}" fill-opacity=".{chance.number(55, 97)}" '
        f'd="M{x} 450V{chance.number(110, 280)}h30V450z"/>'
        for x in range(0, 300, 30)
    )
    return _sun(chance, inks, y=(66, 98), radius=(28, 53)) + "".join(houses)


def sunbeams(chance: Chance, inks: Inks) -> str:
    """A sun whose beams fill the sky."""
    x, y = chance.number(86, 213), chance.number(120, 205)
    beams = "".join(f"M{x} {y}l{tip} {rise} {-rise // 4} {tip // 4}z" for tip, rise in _TIPS)
    turned = f'transform="rotate({chance.number(0, 18)} {x} {y})"'
    beams = f'<path fill="{inks.strong}" d="{beams}" {turned}/>'
    return beams + _disc(x, y, chance.number(34, 65), inks.accent)


def planet(chance: Chance, inks: Inks) -> str:
    """A planet with a ring among stars."""
    stars = "".join(f"M{chance.number(0, 300)} {chance.number(8, 263)}h0" for _ in range(14))
    stars = f'<path stroke="{inks.accent}" stroke-width="3" stroke-linecap="round" d="{stars}"/>'
    y = chance.number(120, 162)
    ring = (
        f'<ellipse cx="150" cy="{y}" rx="{chance.number(128, 149)}" ry="{chance.number(20, 45)}" '
        f'fill="none" stroke="{inks.accent}" stroke-width="{chance.number(5, 11)}" '
        f'transform="rotate({chance.number(-32, 31)} 150 {y})"/>'
    )
    return stars + _disc(150, y, chance.number(58, 89), inks.strong) + ring


def rings(chance: Chance, inks: Inks) -> str:
    """Concentric rings, as of a target, a record or an eye."""
    x, y = chance.number(20, 275), chance.number(60, 187)
    colors = (*(inks.strong, inks.ground) * 2, inks.accent, inks.ground, inks.accent)
    radii = range(210, 10, -30)
    return "".join(_disc(x, y, radius, color) for radius, color in zip(radii, colors, strict=True))


def stripes(chance: Chance, inks: Inks) -> str:
    """Eight stripes, thick and thin, that rise to the right."""
    return "".join(
        f'<path stroke="{_either(chance, inks)}" stroke-width="{chance.number(6, 37)}" '
        f'd="M{x + chance.number(0, 21)} 480l480-480"/>'
        for x in range(-370, 126, 62)
    )


def tiles(chance: Chance, inks: Inks) -> str:
    """Sixteen quarters of a disc, each in one of four directions."""
    return "".join(
        f'<path fill="{_either(chance, inks)}" '
        f'd="{chance.choice(_QUARTERS).format(x=x, y=y, right=x + 75, bottom=y + 75)}"/>'
        for y in range(0, 300, 75)
        for x in range(0, 300, 75)
    )


def bubbles(chance: Chance, inks: Inks) -> str:
    """Six translucent bubbles."""
    return "".join(
        _disc(
            chance.number(30, 269),
            chance.number(30, 253),
            chance.number(28, 91),
            color,
            ' fill-opacity=".72"',
        )
        for color in (inks.strong, inks.accent) * 3
    )


MOTIFS = (mountains, rings, stripes, tiles, sunbeams, dunes, bubbles, town, planet)


def _sun(chance: Chance, inks: Inks, y: tuple[int, int], radius: tuple[int, int]) -> str:
    return _disc(chance.number(60, 240), chance.number(*y), chance.number(*radius), inks.accent)


def _either(chance: Chance, inks: Inks) -> str:
    """Choose a color: the strong one twice as often as the accent."""
    return chance.choice((inks.strong, inks.accent, inks.strong))


def _disc(x: int, y: int, radius: int, color: str, more: str = "") -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{color}"{more}/>'


def _land(color: str, opacity: int, skyline: str) -> str:
    """Return the land below a skyline across the poster. The opacity is in percent."""
    return f'<path fill="{color}" fill-opacity="{opacity}%" d="M0 {skyline}V450H0z"/>'
