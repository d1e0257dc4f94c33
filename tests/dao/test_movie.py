import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from dao.models import Favorite, Movie
from dao.movie import MovieDAO
from tests.dao.threads import at_once
from tests.support.builders import a_director, a_genre, a_movie, new_users, save


@pytest.mark.parametrize(
    ("who", "is_favorite"), [("fan", True), ("stranger", False), ("nobody", None)]
)
def test_reads_a_film_with_its_credits_and_whether_it_is_a_favorite_in_one_statement(
    session: Session,
    movies: MovieDAO,
    statements: list[str],
    who: str,
    is_favorite: bool | None,
) -> None:
    film = a_movie(genre=a_genre(name="Drama"), director=a_director(name="Tarkovsky"))
    another = a_movie()
    save(session, film, another)
    [fan, stranger] = new_users(session, 2)
    for user_id, movie_id in ((fan, film.id), (stranger, another.id)):
        save(session, Favorite(user_id=user_id, movie_id=movie_id, created_at=1))
    statements.clear()
    found = movies.get(film.id, {"fan": fan, "stranger": stranger, "nobody": None}[who])
    assert found is not None
    assert (found["genre.name"], found["director.name"]) == ("Drama", "Tarkovsky")
    assert found["is_favorite"] is is_favorite
    assert len(statements) == 1


def test_who_locks_a_film_reads_what_the_one_before_has_written(
    session: Session, engine: Engine
) -> None:
    film = a_movie(year=2000)
    save(session, film)

    def add_a_year(own: Session, _: int) -> None:
        MovieDAO(own).lock(film.id)
        year = own.scalars(select(Movie.year)).one()
        own.execute(update(Movie).values(year=year + 1))

    at_once(engine, 8, add_a_year)
    assert session.scalar(select(Movie.year)) == 2008
