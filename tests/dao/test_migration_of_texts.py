"""A database of an earlier version is folded anew, and loses nothing by that."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, column, table, text

from tests.dao.migrated import empty_database, upgrade
from tests.support.databases import ENGINES, Databases

GENRES = [
    (1, "Drama"),
    (2, "Sci-Fi"),
    (3, "DRAMA "),
    (4, "sci fi"),
    (5, "Драма"),
    (6, "Dra\u0301ma"),
]
FILMS = [(1, "ВАЛЛ·И", 2), (2, "Amélie", 3), (3, "Solaris", 1), (4, "Alien", 4), (5, "Сталкер", 6)]


@pytest.fixture(params=ENGINES)
def earlier(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """The engine of a database with rows of version 0005."""
    with empty_database(databases.new(request.param)) as engine:
        upgrade("0005")
        with engine.begin() as connection:
            seed(connection)
        yield engine


def seed(connection: Connection) -> None:
    for genre_id, name in GENRES:
        insert(connection, "genres", id=genre_id, name=name)
    insert(connection, "directors", id=1, name="Лёв Ку́лиджанов", source="s", external_id="1")
    for movie_id, title, genre_id in FILMS:
        insert(
            connection,
            "movies",
            **{"id": movie_id, "title": title, "folded_title": title.lower(), "year": 2000},
            **{"description": "", "trailer": "", "genre_id": genre_id, "director_id": 1},
            **{"source": "s", "external_id": str(movie_id)},
        )
    for user_id, favorite in enumerate([3, 4, None, 5], start=1):
        email = f"{user_id}@example.com"
        insert(
            connection,
            "users",
            **{"id": user_id, "email": email, "password_hash": "", "favorite_genre_id": favorite},
        )
    insert(connection, "favorites", user_id=1, movie_id=2, created_at=1)
    connection.execute(text("UPDATE list_states SET revision = 5, total = 6"))


def insert(connection: Connection, kind: str, /, **row: Any) -> None:
    connection.execute(table(kind, *map(column, row)).insert(), row)


def rows(engine: Engine, query: str) -> list[Any]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_folds_titles_and_names(earlier: Engine) -> None:
    upgrade()
    assert rows(earlier, "SELECT folded_title FROM movies ORDER BY id") == [
        *(("валл и",), ("amelie",), ("solaris",), ("alien",), ("сталкер",))
    ]
    assert rows(earlier, "SELECT folded_name FROM directors") == [("лев кулиджанов",)]


def test_genres_that_become_one_keep_the_smaller_id_and_all_that_refers_to_them(
    earlier: Engine,
) -> None:
    upgrade()
    names = [(1, "Drama", "drama"), (2, "Sci-Fi", "sci fi"), (5, "Драма", "драма")]
    assert rows(earlier, "SELECT id, name, folded_name FROM genres ORDER BY id") == names
    films = rows(earlier, "SELECT genre_id FROM movies ORDER BY id")
    assert films == [(2,), (1,), (1,), (2,), (1,)]
    users = rows(earlier, "SELECT favorite_genre_id FROM users ORDER BY id")
    assert users == [(1,), (2,), (None,), (5,)]
    assert rows(earlier, "SELECT user_id, movie_id FROM favorites") == [(1, 2)]
