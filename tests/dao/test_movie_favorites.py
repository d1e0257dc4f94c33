"""The lists of films that a user likes."""

import pytest
from sqlalchemy.orm import Session

from dao.models import Favorite, User
from dao.movie import MovieDAO
from tests.dao.rows import titles
from tests.support.builders import a_movie, a_user, save


def a_fan(session: Session, **liked_at: int) -> User:
    """Add a user who likes films with these titles since these times."""
    films = {title: a_movie(title=title) for title in liked_at}
    user = a_user()
    save(session, user, *films.values())
    for title, moment in liked_at.items():
        save(session, Favorite(user_id=user.id, movie_id=films[title].id, created_at=moment))
    return user


@pytest.mark.parametrize(
    ("number", "expected"), [(None, "cdba"), (1, "cd"), (2, "ba"), (3, ""), (2**63, "")]
)
def test_finds_the_favorites_of_the_user_alone_from_the_newest_on(
    session: Session, movies: MovieDAO, number: int | None, expected: str
) -> None:
    a_fan(session, x=25)
    fan = a_fan(session, a=10, b=10, d=30, c=40)  # The order of equal times is by id, descending.
    page = movies.find_favorites(fan.id, number, 2)
    assert ("".join(titles(page)), page.total) == (expected, 4)
    assert (page.number, page.size, page.revision) == (number, 2, None)
    ids = movies.find_favorites(fan.id, number, 2, ids_only=True)
    assert (ids.columns, ids.total) == (("id",), 4)
    assert ids.column("id") == movies.find_favorites(fan.id, number, 2).column("id")
