from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.movie import MovieDAO
from helpers.text import fold
from tests.dao.rows import titles
from tests.support.builders import a_movie, save

TITLES = (
    *("Ёлки 2", "Еловый лес", "The Room", "Panic Room", "the broom", "50% off", "505 off"),
    *("snake_case", "snakeXcase", "back\\slash", 'say "hello"', "O'Neill"),
    *("🎬🎥🎞 film", "a*b*c", "NOT a AND b", "re: (x) OR y", "мой й", "ро", "..."),
)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("", list(TITLES)),
        ("room", ["The Room", "Panic Room", "the broom"]),
        ("e r", ["The Room"]),
        ("ёлк", ["Ёлки 2"]),
        ("ло в", []),
        ("лов", ["Еловый лес"]),
        ("50% o", ["50% off"]),
        ("05 o", ["505 off"]),
        ("e_c", ["snake_case"]),
        ("k\\s", ["back\\slash"]),
        ('"hel', ['say "hello"']),
        ('"""', []),
        ("🎥🎞 f", ["🎬🎥🎞 film"]),
        ("*b*c", []),
        ("abc", ["a*b*c"]),
        ("a AND b", ["NOT a AND b"]),
        ("a OR b", []),
        ("NOT", ["NOT a AND b"]),
        ("re: (x) or", ["re: (x) OR y"]),
        ("title:room", []),
        ("___", []),
        ("%%%", []),
        ("...", ["..."]),
        ("мои\u0306 ", ["мой й"]),
        ("x" * 5000, []),
        # Titles that begin with it, since it has under three characters.
        ("ёл", ["Ёлки 2", "Еловый лес"]),
        ("ё2", []),
        ("th", ["The Room", "the broom"]),
        ("ро", ["ро"]),
        ("50", ["50% off", "505 off"]),
        ("🎬", ["🎬🎥🎞 film"]),
        ("%", []),
        ("_", []),
        ("oo", []),
        (".", ["..."]),
        ("*", []),
        ('"', []),
    ],
)
def test_finds_titles_that_hold_the_text_or_begin_with_a_short_one(
    session: Session, movies: MovieDAO, part: str, expected: list[str]
) -> None:
    save(session, *(a_movie(title=title) for title in TITLES))
    found = movies.find(MovieFilter(title_part=fold(part)))
    assert (titles(found), found.total) == (expected, len(expected))
