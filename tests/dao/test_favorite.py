from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from constants import MAX_ID
from dao.base import MissingReference
from dao.favorite import FavoriteDAO
from dao.models import Favorite, Movie
from tests.support.builders import new_films, new_users


@pytest.fixture
def favorites(session: Session) -> FavoriteDAO:
    return FavoriteDAO(session)


def rows(session: Session) -> list[tuple[int, int]]:
    """Who likes which film."""
    query = select(Favorite.user_id, Favorite.movie_id)
    return [(user_id, movie_id) for user_id, movie_id in session.execute(query)]


def counts(session: Session) -> list[int]:
    """The number that is kept with each film, by its id."""
    return list(session.scalars(select(Movie.favorites_count).order_by(Movie.id)))


def test_adds_a_favorite(session: Session, favorites: FavoriteDAO) -> None:
    [user], [film] = new_users(session, 1), new_films(session, 1)
    favorites.add(user, film, created_at=1_700_000_000_000_001)
    added = session.execute(select(Favorite.user_id, Favorite.movie_id, Favorite.created_at)).one()
    assert added == (user, film, 1_700_000_000_000_001)


def test_counts_each_user_of_the_film_alone(session: Session, favorites: FavoriteDAO) -> None:
    [first, second], [film, _] = new_users(session, 2), new_films(session, 2)
    favorites.add(first, film, 1)
    favorites.add(second, film, 2)
    assert counts(session) == [2, 0]


def test_counts_a_favorite_once_that_is_added_twice(
    session: Session, favorites: FavoriteDAO
) -> None:
    [user], [film] = new_users(session, 1), new_films(session, 1)
    favorites.add(user, film, 1)
    favorites.add(user, film, 2)
    assert counts(session) == [1]


def test_keeps_the_time_of_a_favorite_that_is_added_twice(
    session: Session, favorites: FavoriteDAO
) -> None:
    [user], [film] = new_users(session, 1), new_films(session, 1)
    favorites.add(user, film, 1)
    favorites.add(user, film, 2)
    assert session.scalars(select(Favorite.created_at)).all() == [1]


def test_refuses_a_film_that_does_not_exist(session: Session, favorites: FavoriteDAO) -> None:
    [user] = new_users(session, 1)
    with pytest.raises(MissingReference):
        favorites.add(user, MAX_ID, 1)


def test_refuses_a_user_who_does_not_exist(session: Session, favorites: FavoriteDAO) -> None:
    [film] = new_films(session, 1)
    with pytest.raises(MissingReference):
        favorites.add(MAX_ID, film, 1)


def test_deletes_this_favorite_alone(session: Session, favorites: FavoriteDAO) -> None:
    [user, other], [film, another] = new_users(session, 2), new_films(session, 2)
    for user_id, movie_id in ((user, film), (user, another), (other, film)):
        favorites.add(user_id, movie_id, 1)
    favorites.delete(user, film)
    assert sorted(rows(session)) == [(user, another), (other, film)]


def test_counts_a_deleted_favorite_no_more(session: Session, favorites: FavoriteDAO) -> None:
    [user, other], [film, another] = new_users(session, 2), new_films(session, 2)
    for user_id, movie_id in ((user, film), (user, another), (other, film)):
        favorites.add(user_id, movie_id, 1)
    favorites.delete(user, film)
    assert counts(session) == [1, 1]


def test_takes_a_favorite_off_once_that_is_deleted_twice(
    session: Session, favorites: FavoriteDAO
) -> None:
    [user, other], [film] = new_users(session, 2), new_films(session, 1)
    favorites.add(user, film, 1)
    favorites.add(other, film, 1)
    favorites.delete(user, film)
    favorites.delete(user, film)
    assert counts(session) == [1]


def test_may_delete_a_favorite_that_never_was(session: Session, favorites: FavoriteDAO) -> None:
    [user], [film] = new_users(session, 1), new_films(session, 1)
    favorites.delete(user, film)
    assert counts(session) == [0]


def test_may_add_again_what_was_deleted(session: Session, favorites: FavoriteDAO) -> None:
    [user], [film] = new_users(session, 1), new_films(session, 1)
    favorites.add(user, film, 1)
    favorites.delete(user, film)
    favorites.add(user, film, 2)
    assert counts(session) == [1]


def test_deletes_all_favorites_of_the_user_alone(session: Session, favorites: FavoriteDAO) -> None:
    [user, other], [film, another] = new_users(session, 2), new_films(session, 2)
    for user_id, movie_id in ((user, film), (user, another), (other, film)):
        favorites.add(user_id, movie_id, 1)
    favorites.delete_all(user)
    assert rows(session) == [(other, film)]


def test_counts_none_of_the_favorites_that_were_deleted_together(
    session: Session, favorites: FavoriteDAO
) -> None:
    [user, other], [film, another] = new_users(session, 2), new_films(session, 2)
    for user_id, movie_id in ((user, film), (user, another), (other, film)):
        favorites.add(user_id, movie_id, 1)
    favorites.delete_all(user)
    assert counts(session) == [1, 0]


def test_may_delete_all_favorites_of_who_has_none(session: Session, favorites: FavoriteDAO) -> None:
    [user, other], [film] = new_users(session, 2), new_films(session, 1)
    favorites.add(other, film, 1)
    favorites.delete_all(user)
    assert counts(session) == [1]
