"""Builders of rows with sensible defaults. A test names only the values that matter to it."""

from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from dao.catalogue import CatalogueDAO
from dao.models import Director, Genre, LoginSession, Movie, User
from dao.user import Account
from helpers.pages import Page
from helpers.text import fold
from setup_db import Base

_numbers = count(1)


def a_genre(**columns: Any) -> Genre:
    name = columns.get("name", f"Genre {next(_numbers)}")
    return Genre(**{"name": name, "folded_name": fold(name), **columns})


def a_director(**columns: Any) -> Director:
    number = next(_numbers)
    name = columns.get("name", f"Director {number}")
    row = {"name": name, "folded_name": fold(name), "source": "test", "external_id": str(number)}
    return Director(**{**row, **columns})


def a_movie(**columns: Any) -> Movie:
    """A film, with a new genre and director unless they are given."""
    number = next(_numbers)
    title = columns.get("title", f"Film {number}")
    row = {
        "title": title,
        "folded_title": fold(title),
        "description": "Somebody goes somewhere.",
        "trailer": "",
        "poster": "",
        "year": 2000,
        "rating": 7.5,
        "source": "test",
        "external_id": str(number),
    }
    if "genre_id" not in columns:
        row["genre"] = a_genre()
    if "director_id" not in columns:
        row["director"] = a_director()
    return Movie(**{**row, **columns})


def a_user(**columns: Any) -> User:
    row = {"email": f"user{next(_numbers)}@example.com", "password_hash": "no hash at all"}
    return User(**{**row, **columns})


def an_account(**columns: Any) -> Account:
    """An account, as its DAO returns it."""
    unset = dict.fromkeys(("name", "surname", "favorite_genre_id"))
    row = {"id": 1, "email": "user@example.com", "password_hash": "no hash at all", **unset}
    return Account(**{**row, **columns})


def a_login_session(**columns: Any) -> LoginSession:
    """A session that began at 1000 and expires at 2000. `user_id` is required."""
    times = {"created_at": 1000, "rotated_at": 1000, "expires_at": 2000}
    row = {"id": f"{next(_numbers):032x}", "generation": 0, "ip": "127.0.0.1", **times}
    return LoginSession(**{**row, **columns})


def a_page(*names: str, total: int = 0, number: int | None = None, size: int = 12) -> Page:
    """A page of rows with a single column, `name`."""
    return Page([(name,) for name in names], ("name",), total, 5, number, size)


def save(session: Session, *rows: Base) -> None:
    """Commit rows and expunge them, so that later reads come from the database.

    The catalogue gets a new revision, as after an import.
    """
    session.add_all(rows)
    session.flush()
    CatalogueDAO(session).publish(revision=next(_numbers))
    session.commit()
    session.expunge_all()


def new_users(session: Session, number: int) -> list[int]:
    """Save this number of users, and return their ids."""
    users = [a_user() for _ in range(number)]
    save(session, *users)
    return [user.id for user in users]


def new_movies(session: Session, number: int) -> list[int]:
    """Save this number of films, and return their ids."""
    movies = [a_movie() for _ in range(number)]
    save(session, *movies)
    return [movie.id for movie in movies]
