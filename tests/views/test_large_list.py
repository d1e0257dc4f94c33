"""A catalogue of the size that the course's own has."""

from __future__ import annotations

import tracemalloc

from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from dao.models import Movie
from tests.support.builders import a_director, a_genre, save
from tests.views.conftest import of_the_list

FILMS = 36_650


def test_the_whole_list_is_the_union_of_its_pages_in_two_statements(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    genre, directors = a_genre(), [a_director() for _ in range(50)]
    save(session, genre, *directors)
    columns = {"trailer": "", "rating": None, "genre_id": genre.id, "source": "test"}
    text = "Somebody goes somewhere, and comes back as somebody else. " * 8
    session.execute(
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
    save(session)

    statements.clear()
    tracemalloc.start()
    whole = client.get("/movies/", buffered=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(of_the_list(statements)) == 2
    assert whole.headers["X-Total-Count"] == str(FILMS)
    # Of a body of more than twenty megabytes.
    assert int(whole.headers["Content-Length"]) > 20_000_000
    assert peak < 10_000_000

    pages: list[dict[str, object]] = []
    for page in range(1, FILMS // 100 + 2):
        pages += client.get(f"/movies/?page={page}&per_page=100").json
    assert len(pages) == FILMS
    assert pages == whole.json
