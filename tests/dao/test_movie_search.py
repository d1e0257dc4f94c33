import pytest
from sqlalchemy import delete, func, update
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.models import Movie
from dao.movie import MovieDAO
from helpers.text import fold
from tests.dao.rows import titles
from tests.support.builders import a_movie, save

LONG = "x" * 60
TITLES = (
    *("Ёлки 2", "Еловый лес", "The Room", "Panic Room", "the broom", "50% off", "505 off"),
    *("🎬🎥🎞 film", "re: (x) OR y", "мой й", "ро", "...", f"{LONG}a"),
)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("", list(TITLES)),
        ("room", ["The Room", "Panic Room", "the broom"]),
        ("50% o", ["50% off"]),
        ("re: (x) or", ["re: (x) OR y"]),
        ("title:room", []),
        ("мои\u0306 ", ["мой й"]),
        (f"{LONG}a", [f"{LONG}a"]),
        (f"{LONG}b", []),
        # Folding keeps a text of punctuation alone, and no character in it is a wildcard.
        ("...", ["..."]),
        ("___", []),
        ('"""', []),
        # A text of fewer than three characters matches the beginning of titles.
        ("ёл", ["Ёлки 2", "Еловый лес"]),
        ("🎬", ["🎬🎥🎞 film"]),
        ("oo", []),
        ("%", []),
    ],
)
def test_finds_titles_that_hold_the_text_or_begin_with_a_short_one(
    session: Session, movies: MovieDAO, part: str, expected: list[str]
) -> None:
    save(session, *(a_movie(title=title) for title in TITLES))
    found = movies.find(MovieFilter(title_part=fold(part)))
    assert (titles(found), found.total) == (expected, len(expected))


@pytest.mark.parametrize("size", [2, 50])
@pytest.mark.parametrize("order", ["id", "newest", "rating", "title", "popular"])
def test_pages_hold_all_films_with_a_text_where_others_come_before_them(
    session: Session, movies: MovieDAO, order: str, size: int
) -> None:
    """PostgreSQL first searches the start of the order, and finds at most one match there."""
    early = {"year": 2020, "rating": 9.0, "favorites_count": 9}
    late = {"year": 1950, "rating": None, "favorites_count": 0}
    others = [a_movie(title=f"Another {number}", **early) for number in range(40)]
    first, *rest = (a_movie(title=f"Solaris {n}", **(late if n else early)) for n in range(10))
    save(session, *others[:20], first, *others[20:], *rest)
    wanted = MovieFilter(title_part="solaris")
    expected = titles(movies.find(wanted, order))
    pages = [movies.find(wanted, order, number, size) for number in range(1, 10 // size + 2)]
    assert [title for page in pages for title in titles(page)] == expected
    assert sorted(expected) == [f"Solaris {number}" for number in range(10)]


def test_follows_titles_that_change_and_films_that_go(session: Session, movies: MovieDAO) -> None:
    renamed, kept, deleted = films = [a_movie(title=f"Solaris {n}", source="s") for n in "123"]
    save(session, *films)

    def found(part: str) -> list[int]:
        return [row[0] for row in movies.find(MovieFilter(title_part=part)).rows]

    assert found("solaris") == [renamed.id, kept.id, deleted.id]
    retitled = update(Movie).values(folded_title=func.replace(Movie.folded_title, "1", "stalker"))
    session.execute(retitled.where(Movie.source == "s"))
    session.execute(delete(Movie).where(Movie.id == deleted.id))
    session.commit()
    assert found("solaris") == [renamed.id, kept.id]
    assert (found("stalker"), found("ris 1")) == ([renamed.id], [])
