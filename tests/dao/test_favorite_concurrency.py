"""What many do at the same time leaves numbers that are exact."""

from collections.abc import Iterable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dao.favorite import FavoriteDAO
from dao.login_session import LoginSessionDAO
from dao.models import Favorite, Movie
from dao.movie import MovieDAO
from dao.user import UserDAO
from setup_db import transaction
from tests.dao.threads import at_once
from tests.support.builders import a_login_session, new_movies, new_users, save

THREADS = 8


def like(session: Session, users: Iterable[int], movie_ids: list[int]) -> None:
    favorites = [(user_id, movie_id, 1) for user_id in users for movie_id in movie_ids]
    FavoriteDAO(session).add_all(favorites)
    session.commit()


def counts(session: Session) -> list[int]:
    return list(session.scalars(select(Movie.favorites_count).order_by(Movie.id)))


@pytest.mark.parametrize("likers", [THREADS, 1], ids=["many", "one"])
def test_counts_each_who_adds_a_film_at_once(session: Session, engine: Engine, likers: int) -> None:
    users, [movie_id] = new_users(session, likers), new_movies(session, 1)
    each = users * THREADS
    at_once(engine, THREADS, lambda own, number: FavoriteDAO(own).add(each[number], movie_id, 1))
    assert counts(session) == [likers]


def test_rows_and_count_agree_when_one_adds_and_deletes(session: Session, engine: Engine) -> None:
    [user], [movie_id] = new_users(session, 1), new_movies(session, 1)

    def add_or_delete(own: Session, number: int) -> None:
        favorites = FavoriteDAO(own)
        if number % 2:
            favorites.add(user, movie_id, number)
        else:
            MovieDAO(own).lock(movie_id)
            favorites.delete(user, movie_id)

    at_once(engine, THREADS, add_or_delete)
    assert counts(session) == [len(session.scalars(select(Favorite.movie_id)).all())]


def test_counts_down_accounts_that_are_deleted_at_once(session: Session, engine: Engine) -> None:
    users, movie_ids = new_users(session, THREADS + 1), new_movies(session, 5)
    save(session, *(a_login_session(id=f"of {user_id}", user_id=user_id) for user_id in users))
    like(session, users[:4], movie_ids)
    like(session, users[4:], movie_ids[::-1])

    def delete_account(own: Session, number: int) -> None:
        """Delete an account in the steps and the order in which the service does it."""
        user_id = users[number]
        assert LoginSessionDAO(own).lock_owner(f"of {user_id}", user_id, for_deletion=True)
        FavoriteDAO(own).delete_all(user_id)
        UserDAO(own).delete(user_id)

    at_once(engine, THREADS, delete_account)
    assert counts(session) == [1, 1, 1, 1, 1]


def test_locks_the_films_of_an_account_in_one_order(
    session: Session, statements: list[str]
) -> None:
    users = new_users(session, 1)
    like(session, users, new_movies(session, 3)[::-1])
    statements.clear()
    with transaction(session):
        FavoriteDAO(session).delete_all(users[0])
    selected, counted, *_ = statements
    assert "ORDER BY movies.id" in selected
    assert counted.startswith("UPDATE movies")
