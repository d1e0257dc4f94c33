"""Ids that are used once, and the search that SQLite's tables of films lose so easily."""

import re
from collections.abc import Iterator

import flask_migrate
import pytest
from sqlalchemy import Connection, Engine, text

from helpers.database import repair_of_search
from helpers.database.sqlite_search import TRIGGERS
from tests.dao.migrated import MIGRATIONS, empty_database, upgrade
from tests.support.databases import Databases

CATALOGUE = (
    "INSERT INTO genres (id, name, folded_name) VALUES (4, 'Drama', 'drama')",
    "INSERT INTO directors (id, name, folded_name, source, external_id) "
    "VALUES (5, 'A', 'a', 's', '5')",
    "INSERT INTO movies (id, title, folded_title, description, trailer, year, genre_id, "
    "director_id, source, external_id) "
    "VALUES (6, 'Solaris', 'solaris', '', '', 1972, 4, 5, 's', '6')",
    "INSERT INTO users (id, email, password_hash, favorite_genre_id) VALUES (1, 'a@b', '', 4)",
    "INSERT INTO favorites (user_id, movie_id, created_at) VALUES (1, 6, 1)",
)
FOUND = text("SELECT rowid FROM movie_titles(:part)")


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """The engine of a database of SQLite as it was before, with one film."""
    with empty_database(databases.new("sqlite")) as engine:
        upgrade("0006")
        with engine.begin() as connection:
            for statement in CATALOGUE:
                connection.exec_driver_sql(statement)
        yield engine


def schema(engine: Engine) -> dict[str, str]:
    """Every table, index and trigger by name, without the differences that do not matter."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return {row.name: re.sub(r"[\s\"]+", " ", row.sql) for row in rows}


def repair(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return repair_of_search(connection)


def delete_film(connection: Connection) -> None:
    for table in ("favorites", "movies"):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608


def test_keeps_rows_checks_indexes_and_triggers(engine: Engine) -> None:
    before = schema(engine)
    upgrade("0007")
    after = schema(engine)

    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"genres", "directors", "movies"}
    assert set(before) == set(after)
    assert all(after[name].count("AUTOINCREMENT") == 1 for name in changed)
    assert after["movies"].count("CHECK") == before["movies"].count("CHECK") == 2
    with engine.connect() as connection:
        for table, row_id in (("genres", 4), ("directors", 5), ("movies", 6)):
            ids = connection.exec_driver_sql(f"SELECT id FROM {table}").all()  # noqa: S608
            assert ids == [(row_id,)]
        assert connection.exec_driver_sql("SELECT movie_id FROM favorites").all() == [(6,)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.execute(FOUND, {"part": "solaris"}).all() == [(6,)]


@pytest.mark.parametrize("name", TRIGGERS)
@pytest.mark.parametrize("other", [None, "AFTER INSERT ON movies BEGIN SELECT 1; END"])
def test_a_lost_or_changed_trigger_is_found_and_can_be_repaired(
    engine: Engine, name: str, other: str | None
) -> None:
    upgrade()
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
        if other:
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {other}")
        delete_film(connection)
    with pytest.raises(SystemExit):
        flask_migrate.check(str(MIGRATIONS))
    with engine.begin() as connection:
        for statement in repair(engine):
            connection.exec_driver_sql(statement)
        assert connection.execute(FOUND, {"part": "solaris"}).all() == []
    assert repair(engine) == []
    flask_migrate.check(str(MIGRATIONS))
