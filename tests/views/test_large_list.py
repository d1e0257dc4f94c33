"""A list far larger than what may be held of it in memory."""

import tracemalloc

from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.support.large import save_many_movies
from tests.views.conftest import besides_the_revision

FILMS = 6_000


def test_a_whole_list_takes_two_statements_and_less_memory_than_it_is_long(
    client: FlaskClient, unlimited: Engine, statements: list[str]
) -> None:
    save_many_movies(unlimited, FILMS)
    statements.clear()
    tracemalloc.start()
    whole = client.get("/movies/", buffered=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(besides_the_revision(statements)) == 2
    assert peak < int(whole.headers["Content-Length"])
    assert len(whole.json) == int(whole.headers["X-Total-Count"]) == FILMS
