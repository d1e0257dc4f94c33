"""Migrations keep the rows of earlier versions and the title search of SQLite."""

import re
from typing import Any

import flask_migrate
import pytest
from sqlalchemy import Connection, Engine, column, table, text

from helpers.database import repair_of_search
from helpers.database.sqlite_search import TRIGGERS
from tests.dao.migrated import MIGRATIONS, downgrade, upgrade

FOUND = "SELECT rowid FROM movie_titles('solaris')"
OTHER = "CREATE TRIGGER movie_titles_insert AFTER INSERT ON movies BEGIN SELECT 1; END"

on_sqlite = pytest.mark.parametrize("empty", ["sqlite"], indirect=True)


def execute(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def rows(engine: Engine, query: str) -> list[Any]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def insert(connection: Connection, kind: str, /, **row: Any) -> None:
    connection.execute(table(kind, *map(column, row)).insert(), row)


def insert_movie(connection: Connection, movie_id: int, title: str, genre_id: int) -> None:
    facts = {"title": title, "folded_title": title.lower(), "description": "", "trailer": ""}
    links = {"genre_id": genre_id, "director_id": 5, "source": "s", "external_id": str(movie_id)}
    insert(connection, "movies", id=movie_id, year=2000, **facts, **links)


def insert_user(connection: Connection, user_id: int, genre_id: int | None) -> None:
    facts = {"email": str(user_id), "password_hash": "", "favorite_genre_id": genre_id}
    insert(connection, "users", id=user_id, **facts)


def insert_director(connection: Connection, **names: str) -> None:
    insert(connection, "directors", id=5, source="s", external_id="5", **names)


def seed(engine: Engine) -> None:
    """Insert a film and a favorite. This needs 0006 or later."""
    with engine.begin() as connection:
        insert(connection, "genres", id=4, name="Drama", folded_name="drama")
        insert_director(connection, name="A", folded_name="a")
        insert_movie(connection, 6, "Solaris", genre_id=4)
        insert_user(connection, 1, genre_id=4)
        insert(connection, "favorites", user_id=1, movie_id=6, created_at=1)


def test_genres_become_one_by_their_folded_names_and_all_that_refers_to_them_follows(
    empty: Engine,
) -> None:
    genres = ["Drama", "Sci-Fi", "DRAMA ", "sci fi", "Драма", "Dra\u0301ma"]
    upgrade("0005")
    with empty.begin() as connection:
        for genre_id, name in enumerate(genres, start=1):
            insert(connection, "genres", id=genre_id, name=name)
        insert_director(connection, name="Лёв Ку́лиджанов")
        for movie_id, genre_id in enumerate([2, 3, 1, 4, 6], start=1):
            insert_movie(connection, movie_id, "ВАЛЛ·И", genre_id)
        for user_id, favorite in enumerate([3, 4, None, 5], start=1):
            insert_user(connection, user_id, favorite)
        insert(connection, "favorites", user_id=1, movie_id=2, created_at=1)

    upgrade()

    assert rows(empty, "SELECT id, name, folded_name FROM genres ORDER BY id") == [
        (1, "Drama", "drama"),
        (2, "Sci-Fi", "sci fi"),
        (5, "Драма", "драма"),
    ]
    assert rows(empty, "SELECT folded_name FROM directors") == [("лев кулиджанов",)]
    films = rows(empty, "SELECT folded_title, genre_id FROM movies ORDER BY id")
    assert films == [("валл и", genre_id) for genre_id in (2, 1, 1, 2, 1)]
    users = rows(empty, "SELECT favorite_genre_id FROM users ORDER BY id")
    assert users == [(1,), (2,), (None,), (5,)]
    assert rows(empty, "SELECT user_id, movie_id FROM favorites") == [(1, 2)]
    assert rows(empty, "SELECT total FROM list_states WHERE name = 'genres'") == [(3,)]


def schema(engine: Engine) -> dict[str, str]:
    """Return the SQL of tables, indexes and triggers by name, without quotes and extra spaces."""
    named = rows(engine, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: re.sub(r"[\s\"]+", " ", sql) for name, sql in named}


@on_sqlite
def test_ids_are_used_once_and_rows_checks_indexes_and_triggers_stay(empty: Engine) -> None:
    upgrade("0006")
    seed(empty)
    before = schema(empty)
    upgrade("0007")
    after = schema(empty)

    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"genres", "directors", "movies"}
    assert set(before) == set(after)
    assert all(after[name].count("AUTOINCREMENT") == 1 for name in changed)
    assert after["movies"].count("CHECK") == before["movies"].count("CHECK") == 2
    assert rows(empty, "SELECT id, genre_id, director_id FROM movies") == [(6, 4, 5)]
    assert rows(empty, "SELECT movie_id FROM favorites") == [(6,)]
    assert rows(empty, "PRAGMA foreign_key_check") == []
    assert rows(empty, FOUND) == [(6,)]


def test_films_that_are_there_are_counted_and_can_be_found(empty: Engine) -> None:
    upgrade("0008")
    seed(empty)
    with empty.begin() as connection:
        insert_movie(connection, 7, "Stalker", genre_id=4)
    execute(empty, "UPDATE list_states SET visible_up_to = 6 WHERE name = 'movies'")
    row_id = {"sqlite": "rowid", "postgresql": "id"}[empty.dialect.name]
    for _ in range(2):
        upgrade("0009")
        titles = rows(empty, f"SELECT {row_id}, folded_title FROM movie_titles ORDER BY 1")  # noqa: S608
        assert titles == [(6, "solaris"), (7, "stalker")]
        assert rows(empty, "SELECT movies_count FROM genres") == [(1,)]
        downgrade("0008")


def repair(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return repair_of_search(connection)


@on_sqlite
@pytest.mark.parametrize(
    "damage",
    [*([f"DROP TRIGGER {it}"] for it in TRIGGERS), ["DROP TRIGGER movie_titles_insert", OTHER]],
    ids=[*TRIGGERS, "another trigger"],
)
def test_a_lost_or_changed_trigger_is_found_and_can_be_repaired(
    empty: Engine, damage: list[str]
) -> None:
    upgrade()
    seed(empty)
    execute(empty, *damage, "DELETE FROM favorites", "DELETE FROM movies")
    with pytest.raises(SystemExit):
        flask_migrate.check(str(MIGRATIONS))
    execute(empty, *repair(empty))
    assert rows(empty, FOUND) == []
    assert repair(empty) == []
    flask_migrate.check(str(MIGRATIONS))
