"""Precompiled statements return the rows and raise the errors of `Connection.execute`."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, bindparam, column, exists, select, table, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from dao.models import Genre, Movie
from helpers.database import ENGINE_MODULES, Statement, UnusableDatabase, fetch_all
from tests.support.builders import a_genre, a_movie, save

GENRE = select(Genre.id, Genre.name).where(Genre.name == bindparam("name"))


@pytest.fixture
def connection(engine: Engine, session: Session) -> Iterator[Connection]:
    """A connection to a database with two genres and a film without a rating."""
    genres = a_genre(name="Drama"), a_genre(name="Comedy")
    save(session, *genres, a_movie(genre=genres[0], rating=None))
    session.rollback()
    with engine.connect() as made:
        yield made


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (GENRE, {"name": "Drama", "unused": 1}),
        (GENRE.where(Genre.name.like("%a%")), {"name": "Drama"}),
        (select(Movie.rating, Movie.year).limit(bindparam("limit")), {"limit": 1}),
        (GENRE.where(Genre.id.in_(bindparam("ids", expanding=True))), {"name": "", "ids": [1, 2]}),
        (select(exists().where(Genre.name == bindparam("name"))), {"name": "Drama"}),
    ],
    ids=["unused value", "per cent", "null", "many values", "boolean"],
)
def test_gives_the_rows_of_the_connection(
    connection: Connection, statement: Statement, values: dict[str, Any]
) -> None:
    expected = connection.execute(statement, values).all()
    found = fetch_all(connection, statement, values)
    assert [tuple(row) for row in found] == [tuple(row) for row in expected]
    assert [list(map(type, row)) for row in found] == [list(map(type, row)) for row in expected]


def test_begins_a_transaction_and_tells_listeners(
    connection: Connection, statements: list[str]
) -> None:
    fetch_all(connection, GENRE, {"name": "Drama"})
    assert connection.in_transaction()
    assert ["FROM genres" in statement for statement in statements] == [True]


def test_a_constraint_raises_sqlalchemys_error(connection: Connection, engine: Engine) -> None:
    module = ENGINE_MODULES[engine.dialect.name]
    add = module.insert(Genre).values(name="Drama", folded_name="drama").returning(Genre.id)
    with pytest.raises(IntegrityError) as raised:
        fetch_all(connection, add, {})
    assert not raised.value.connection_invalidated


def test_a_missing_table_is_reported_in_a_sentence(connection: Connection) -> None:
    with pytest.raises(UnusableDatabase, match="no tables yet"):
        fetch_all(connection, select(table("nowhere", column("id")).c.id), {})


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_lost_connection_leaves_the_pool(connection: Connection, unlimited: Engine) -> None:
    [[process]] = connection.execute(text("SELECT pg_backend_pid()"))
    with unlimited.begin() as other:
        other.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
    with pytest.raises(OperationalError) as raised:
        fetch_all(connection, GENRE, {"name": "Drama"})
    assert (raised.value.connection_invalidated, connection.invalidated) == (True, True)
