"""A poster: a motif, and below it genre and year, the title, and the director."""

from html import escape

from helpers.posters.chance import Chance
from helpers.posters.motifs import MOTIFS
from helpers.posters.palettes import choose_inks
from helpers.posters.typography import (
    cleaned,
    fitted,
    is_measured,
    is_right_to_left,
    shortened,
    width,
    wrapped,
)

MEDIA_TYPE = "image/svg+xml"

# The left edge and the width of text, and the baseline of a title's last line.
_LEFT = 24
_ROOM = 252
_TITLE_BOTTOM = 408

# Font sizes of a title, and the most lines at each. The first one that fits is taken.
_SIZES = ((40, 3), (33, 4), (27, 5), (22, 6), (17, 7))

# Font sizes of the label (genre and year) and of the director's name, and the width of an em of
# each. The label has space between its letters. Letters that are not bold are narrower.
_LABEL_SIZE = 12
_LABEL_EM = 13.5
_NAME_SIZE = 14
_NAME_EM = 12.3


def draw_poster(
    *, movie_id: int, title: str, year: int, genre_id: int, genre: str, director: str
) -> bytes:
    """Return the poster of a film as SVG 1.1. Its texts may have any characters."""
    chance = Chance(movie_id)
    inks = choose_inks(movie_id, year)
    motif = MOTIFS[genre_id % len(MOTIFS)](chance, inks)
    size, lines = _set_title(cleaned(title))
    step = round(size * 1.12)
    first = _TITLE_BOTTOM - step * (len(lines) - 1)
    top = first - size - 8
    accent = f'fill="{inks.accent}"'
    name = shortened(cleaned(director), _ROOM / _NAME_EM)
    text = (
        _line(_label(genre, year), top, _LABEL_SIZE, f'{accent} letter-spacing="1"'),
        *(
            _line(line, first + step * number, size, 'font-weight="800"', whole=title)
            for number, line in enumerate(lines)
        ),
        _line(name, 432, _NAME_SIZE, accent),
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="450" viewBox="0 0 300 450">'
        f'<rect width="300" height="450" fill="{inks.ground}"/>{motif}'
        # A background that keeps the motif out of the text.
        f'<path fill="{inks.ground}" d="M0 {top - 26}H300V450H0z"/>'
        f'<g font-family="system-ui,sans-serif" fill="{inks.title}">{"".join(text)}</g></svg>'
    ).encode()


def _set_title(title: str) -> tuple[int, list[str]]:
    """Return the largest font size in which the title fits, and its lines."""
    for size, most in _SIZES:
        room = _ROOM / size
        lines = wrapped(title, room)
        if len(lines) <= most and all(width(line) <= room for line in lines):
            return size, lines
    return size, fitted(title, room, most)


def _label(genre: str, year: int) -> str:
    end = f" · {year}"
    return shortened(cleaned(genre).upper(), _ROOM / _LABEL_EM - width(end)) + end


def _line(text: str, y: int, size: int, attributes: str, whole: str = "") -> str:
    """Return a line of text, in the direction of the `whole` text if it is a part of one."""
    x, length = _LEFT, ""
    if is_right_to_left(whole or text):
        x, attributes = _LEFT + _ROOM, f'{attributes} direction="rtl"'
    if not is_measured(text):  # The browser condenses text that may be wider.
        wanted = min(round(width(text) * size), _ROOM)
        length = f' textLength="{wanted}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{x}" y="{y}" font-size="{size}"{length} {attributes}>{escape(text)}</text>'
