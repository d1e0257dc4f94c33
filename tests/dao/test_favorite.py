"""Favorites, and the number of favorites that is stored with each film."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from constants import MAX_ID
from dao.base import MissingReference
from dao.favorite import FavoriteDAO
from dao.models import Favorite, Movie
from tests.dao.threads import at_once
from tests.support.builders import new_movies, new_users

THREADS = 8


@pytest.fixture
def favorites(session: Session) -> FavoriteDAO:
    return FavoriteDAO(session)


@pytest.fixture
def likes(session: Session, favorites: FavoriteDAO) -> list[tuple[int, int, int]]:
    """A user likes two films, and another user likes one of them."""
    [user, other], [movie_id, another] = new_users(session, 2), new_movies(session, 2)
    added = [(user, movie_id, 3), (user, another, 2), (other, movie_id, 1)]
    favorites.add_all(iter(added))
    return added


def rows(session: Session) -> list[tuple[int, int, int]]:
    """Return user, film and time of each favorite, latest first."""
    query = select(Favorite.user_id, Favorite.movie_id, Favorite.created_at)
    return [(*row,) for row in session.execute(query.order_by(Favorite.created_at.desc()))]


def counts(session: Session) -> list[int]:
    """Return the stored number of favorites of each film, in order of id."""
    return list(session.scalars(select(Movie.favorites_count).order_by(Movie.id)))


def test_adds_a_favorite_once_and_counts_it(session: Session, favorites: FavoriteDAO) -> None:
    [user], [movie_id, _] = new_users(session, 1), new_movies(session, 2)
    for created_at in (1_700_000_000_000_001, 1_700_000_000_000_002):
        favorites.add(user, movie_id, created_at)
        assert rows(session) == [(user, movie_id, 1_700_000_000_000_001)]
        assert counts(session) == [1, 0]


def test_adds_many_favorites_and_counts_them(
    session: Session, favorites: FavoriteDAO, likes: list[tuple[int, int, int]]
) -> None:
    favorites.add_all([])
    assert rows(session) == likes
    assert counts(session) == [2, 1]


@pytest.mark.parametrize("likers", [THREADS, 1], ids=["many", "one"])
def test_counts_every_concurrent_favorite_of_a_film(
    session: Session, engine: Engine, likers: int
) -> None:
    users, [movie_id] = new_users(session, likers), new_movies(session, 1)
    each = users * THREADS
    at_once(engine, THREADS, lambda own, number: FavoriteDAO(own).add(each[number], movie_id, 1))
    assert counts(session) == [likers]


@pytest.mark.parametrize("missing", ["user", "film"])
def test_refuses_a_user_or_film_that_does_not_exist(
    session: Session, favorites: FavoriteDAO, missing: str
) -> None:
    [user], [movie_id] = new_users(session, 1), new_movies(session, 1)
    ids = {"user": (MAX_ID, movie_id), "film": (user, MAX_ID)}[missing]
    with pytest.raises(MissingReference):
        favorites.add(*ids, 1)


@pytest.mark.parametrize("times", [1, 2])
def test_deletes_this_favorite_alone_and_counts_it_no_more_however_often(
    session: Session, favorites: FavoriteDAO, likes: list[tuple[int, int, int]], times: int
) -> None:
    [user, movie_id, _], *others = likes
    for _ in range(times):
        favorites.delete(user, movie_id)
    assert rows(session) == others
    assert counts(session) == [1, 1]


def test_deletes_and_counts_no_more_all_favorites_of_the_user_alone(
    session: Session, favorites: FavoriteDAO, likes: list[tuple[int, int, int]]
) -> None:
    favorites.delete_all(likes[0][0])
    assert rows(session) == likes[2:]
    assert counts(session) == [1, 0]


def test_locks_the_films_of_an_account_in_one_order_before_it_counts(
    favorites: FavoriteDAO, likes: list[tuple[int, int, int]], statements: list[str]
) -> None:
    statements.clear()
    favorites.delete_all(likes[0][0])
    selected, counted, *_ = statements
    assert "ORDER BY movies.id" in selected
    assert counted.startswith("UPDATE movies")
