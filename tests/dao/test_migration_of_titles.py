"""Titles that get a table of their own on PostgreSQL, and numbers of films that genres get."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from tests.dao.migrated import downgrade, empty_database, upgrade
from tests.dao.test_migration_of_ids import CATALOGUE
from tests.support.databases import ENGINES, Databases

HIDDEN = (
    "INSERT INTO movies (id, title, folded_title, description, trailer, year, genre_id, "
    "director_id, source, external_id) "
    "VALUES (7, 'Stalker', 'stalker', '', '', 1979, 4, 5, 's', '7')",
    "UPDATE list_states SET visible_up_to = 6 WHERE name = 'movies'",
)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """The engine of a database as it was before, with a film, and one that nobody may see yet."""
    with empty_database(databases.new(request.param)) as engine:
        upgrade("0008")
        with engine.begin() as connection:
            for statement in (*CATALOGUE, *HIDDEN):
                connection.execute(text(statement))
        yield engine


def test_films_that_are_there_are_counted_and_can_be_found(engine: Engine) -> None:
    upgrade("0009")
    found = {"sqlite": "rowid, folded_title", "postgresql": "id, folded_title"}
    titles = f"SELECT {found[engine.dialect.name]} FROM movie_titles ORDER BY 1"  # noqa: S608
    with engine.connect() as connection:
        assert connection.execute(text(titles)).all() == [(6, "solaris"), (7, "stalker")]
        assert connection.scalars(text("SELECT movies_count FROM genres")).all() == [1]
    downgrade("0008")
    upgrade("0009")
    with engine.connect() as connection:
        assert connection.execute(text(titles)).all() == [(6, "solaris"), (7, "stalker")]
