"""The colors of posters."""

from typing import NamedTuple

# Films from this year on have a dark background, and earlier ones the color of paper.
NIGHT_FROM = 1970

_PAPER = "#f4ecd8"
_WHITE = "#fff"


class Palette(NamedTuple):
    """A dark color, a strong one, and a pale one that is legible on the dark one."""

    night: str
    strong: str
    pale: str


PALETTES = (
    Palette("#14213d", "#e76f51", "#f4c27a"),
    Palette("#3b0d1f", "#d1495b", "#f7c8a0"),
    Palette("#0b3c49", "#2a9d8f", "#e9d98b"),
    Palette("#2b1b3d", "#9b5de5", "#f2b5d4"),
    Palette("#12372a", "#6a994e", "#f2e8a5"),
    Palette("#1b2632", "#c1666b", "#e8cfa0"),
    Palette("#412234", "#e0653a", "#f6d186"),
    Palette("#102a43", "#3e92cc", "#d8e2a8"),
    Palette("#3a1f14", "#c8772e", "#f3d9a4"),
    Palette("#1f2041", "#4b7bec", "#f8b195"),
    Palette("#003844", "#e63946", "#ffd6a5"),
    Palette("#2f2d2e", "#b0413e", "#d8c99b"),
)


class Inks(NamedTuple):
    """The colors of one poster.

    Title and accent are legible on the ground. The motif has the strong color and the accent.
    """

    ground: str
    title: str
    accent: str
    strong: str


def choose_inks(movie_id: int, year: int) -> Inks:
    # Not by chance, so that neighbors in a grid differ, and its rows as well.
    dozen = movie_id // len(PALETTES)
    night, strong, pale = PALETTES[(7 * movie_id + 2 * dozen) % len(PALETTES)]
    if year < NIGHT_FROM:
        return Inks(_PAPER, night, night, strong)
    return Inks(night, _WHITE, pale, strong)
