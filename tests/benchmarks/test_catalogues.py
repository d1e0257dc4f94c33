"""The catalogues that benchmarks are made on. How fast anything is, no test asks."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, text

from benchmarks.fill import fill
from dao.models import Director, Genre, Movie
from tests.support.databases import ENGINES, Databases
from tests.support.servers import run_flask

FILMS = 400


@pytest.fixture(scope="module", params=ENGINES)
def empty(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """A database as the migrations make it."""
    url = databases.new(request.param)
    run_flask(url, "db", "upgrade")
    engine = create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def indexes(empty: Engine) -> dict[str | None, object]:
    """The indexes of the films in the empty database."""
    return indexes_of(empty)


@pytest.fixture(scope="module")
def filled(empty: Engine, indexes: object) -> Engine:
    empty.dispose()  # Nobody else may have it open.
    fill(empty.url.render_as_string(hide_password=False), FILMS)
    return empty


def indexes_of(engine: Engine) -> dict[str | None, object]:
    found = inspect(engine).get_indexes("movies")
    return {index["name"]: index["column_names"] for index in found}


def numbers(connection: Connection, statement: str) -> list[int]:
    return list(connection.scalars(text(statement)))


def test_keeps_the_totals_of_what_it_fills_in(filled: Engine) -> None:
    with filled.connect() as connection:
        kept = numbers(connection, "SELECT total FROM list_states ORDER BY name")
        counted = [
            connection.scalar(select(func.count(model.id))) for model in (Director, Genre, Movie)
        ]
    assert kept == counted == [FILMS // 4, 16, FILMS]


def test_leaves_the_indexes_as_the_migrations_made_them(
    filled: Engine, indexes: dict[str | None, object]
) -> None:
    assert indexes_of(filled) == indexes != {}
