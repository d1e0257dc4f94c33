"""A list that is much longer than what of it may be in memory."""

import tracemalloc

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.support.large import save_many_movies
from tests.views.conftest import besides_the_revision

FILMS = 12_000


@pytest.fixture
def _large_catalogue(client: FlaskClient, unlimited: Engine) -> None:
    save_many_movies(unlimited, FILMS)


@pytest.mark.usefixtures("_large_catalogue")
def test_the_whole_list_is_the_union_of_its_pages_in_two_statements(
    client: FlaskClient, statements: list[str]
) -> None:
    statements.clear()
    tracemalloc.start()
    whole = client.get("/movies/", buffered=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(besides_the_revision(statements)) == 2
    assert whole.headers["X-Total-Count"] == str(FILMS)
    assert int(whole.headers["Content-Length"]) > 7_000_000
    assert peak < 3_500_000

    pages: list[dict[str, object]] = []
    for page in range(1, FILMS // 100 + 2):
        pages += client.get(f"/movies/?page={page}&per_page=100").json
    assert len(pages) == FILMS
    assert pages == whole.json
