from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from dao.models import Favorite, Movie
from dao.movie import MovieDAO
from tests.dao.threads import at_once
from tests.support.builders import a_director, a_genre, a_movie, a_user, save


def a_favorite(session: Session, movie_id: int) -> int:
    """Make the film the favorite of a new user, and return the user's id."""
    user = a_user()
    save(session, user)
    save(session, Favorite(user_id=user.id, movie_id=movie_id, created_at=1))
    return user.id


def test_says_for_each_user_anew_whether_it_is_a_favorite(
    session: Session, movies: MovieDAO
) -> None:
    film, another, stranger = a_movie(), a_movie(), a_user()
    save(session, film, another, stranger)
    save(session, Favorite(user_id=stranger.id, movie_id=another.id, created_at=1))
    fan_id = a_favorite(session, film.id)
    said = []
    for user_id in (stranger.id, fan_id, None):
        found = movies.get(film.id, user_id)
        assert found is not None
        said.append(found["is_favorite"])
    assert said == [False, True, None]


def test_reads_a_film_with_its_credits_in_one_statement(
    session: Session, movies: MovieDAO, statements: list[str]
) -> None:
    film = a_movie(genre=a_genre(name="Drama"), director=a_director(name="Tarkovsky"))
    save(session, film)
    fan_id = a_favorite(session, film.id)
    for user_id in (None, fan_id):
        statements.clear()
        found = movies.get(film.id, user_id)
        assert found is not None
        assert (found["genre.name"], found["director.name"]) == ("Drama", "Tarkovsky")
        assert len(statements) == 1


def test_who_locks_a_film_reads_what_the_one_before_has_written(
    session: Session, engine: Engine
) -> None:
    film = a_movie(year=2000)
    save(session, film)

    def add_a_year(own: Session, _: int) -> None:
        MovieDAO(own).lock(film.id)
        year = own.scalars(select(Movie.year).where(Movie.id == film.id)).one()
        own.execute(update(Movie).where(Movie.id == film.id).values(year=year + 1))

    at_once(engine, 8, add_a_year)
    assert session.scalar(select(Movie.year)) == 2008
