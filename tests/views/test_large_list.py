"""A catalogue of the size that the course's own has."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, NullPool, create_engine, delete, insert
from sqlalchemy.orm import Session

from dao.models import Movie
from tests.support.builders import a_director, a_genre, save
from tests.views.conftest import besides_the_revision

FILMS = 36_650


@pytest.fixture
def _large_catalogue(session: Session, engine: Engine) -> Iterator[None]:
    """So many films, written and deleted without the limits that requests have."""
    genre, directors = a_genre(), [a_director() for _ in range(50)]
    text = "Somebody goes somewhere, and comes back as somebody else. " * 8
    with Session(create_engine(engine.url, poolclass=NullPool), expire_on_commit=False) as own:
        save(own, genre, *directors)
        columns = {"trailer": "", "rating": None, "genre_id": genre.id, "source": "test"}
        own.execute(
            insert(Movie),
            [
                {
                    **columns,
                    "title": f"Film {number}",
                    "folded_title": f"film {number}",
                    "description": text,
                    "year": 1900 + number % 120,
                    "director_id": directors[number % 50].id,
                    "external_id": f"large {number}",
                }
                for number in range(FILMS)
            ],
        )
        save(own)
        yield
        own.execute(delete(Movie))
        own.commit()


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
    # Of a body of more than twenty megabytes.
    assert int(whole.headers["Content-Length"]) > 20_000_000
    assert peak < 10_000_000

    pages: list[dict[str, object]] = []
    for page in range(1, FILMS // 100 + 2):
        pages += client.get(f"/movies/?page={page}&per_page=100").json
    assert len(pages) == FILMS
    assert pages == whole.json
