"""Catalogues of realistic size in a test database."""

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from dao.models import Movie
from tests.support.builders import a_director, a_genre, save

DIRECTORS = 50
DESCRIPTION = "Somebody goes somewhere, and comes back as somebody else. " * 8


def save_many_movies(engine: Engine, number: int) -> None:
    """Save this number of films. The engine should have no timeouts."""
    with Session(engine, expire_on_commit=False) as session:
        genre, directors = a_genre(), [a_director() for _ in range(DIRECTORS)]
        save(session, genre, *directors)
        session.execute(
            insert(Movie),
            [
                {
                    "title": f"Film {position}",
                    "folded_title": f"film {position}",
                    "description": DESCRIPTION,
                    "trailer": "",
                    "year": 1900 + position % 120,
                    "rating": None,
                    "genre_id": genre.id,
                    "director_id": directors[position % DIRECTORS].id,
                    "source": "test",
                    "external_id": f"large {position}",
                }
                for position in range(number)
            ],
        )
        save(session)
