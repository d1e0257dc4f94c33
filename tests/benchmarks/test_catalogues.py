"""The catalogues of the benchmarks. These tests measure no times."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, func, inspect, select, text

from benchmarks.fill import fill
from dao.models import Director, Genre, Movie
from tests.support.databases import ENGINES, Databases
from tests.support.servers import run_flask

FILMS = 400
Indexes = dict[str | None, object]


@pytest.fixture(scope="module", params=ENGINES)
def filled(
    request: pytest.FixtureRequest, databases: Databases
) -> Iterator[tuple[Engine, Indexes]]:
    """A filled database, and the indexes of `movies` before it was filled."""
    url = databases.new(request.param)
    run_flask(url, "db", "upgrade")
    engine = create_engine(url)
    before = indexes_of(engine)
    engine.dispose()  # Filling needs the database to itself.
    fill(url, FILMS)
    yield engine, before
    engine.dispose()


def indexes_of(engine: Engine) -> Indexes:
    found = inspect(engine).get_indexes("movies")
    return {index["name"]: index["column_names"] for index in found}


def test_keeps_the_totals_of_what_it_fills_in(filled: tuple[Engine, Indexes]) -> None:
    with filled[0].connect() as connection:
        kept = connection.scalars(text("SELECT total FROM list_states ORDER BY name")).all()
        models = (Director, Genre, Movie)
        counted = [connection.scalar(select(func.count(model.id))) for model in models]
    assert kept == counted == [FILMS // 4, 16, FILMS]


def test_leaves_the_indexes_as_the_migrations_made_them(filled: tuple[Engine, Indexes]) -> None:
    engine, before = filled
    assert indexes_of(engine) == before != {}
