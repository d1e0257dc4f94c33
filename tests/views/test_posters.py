"""The posters of films, and where a film says that its poster is."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from dao.models import Movie
from tests.support.builders import a_movie, save


def posters(client: FlaskClient, movie_id: int, prefix: str = "") -> list[str]:
    """Where the film's poster is, by a list and by the film on its own, below a prefix."""
    below = {"SCRIPT_NAME": prefix}
    page = client.get("/movies/?page=1", environ_overrides=below).json
    alone = client.get(f"/movies/{movie_id}/", environ_overrides=below).json
    return [page[0]["poster"], alone["poster"]]


def test_a_poster_is_below_the_prefix_of_whoever_asks(client: FlaskClient, film: Movie) -> None:
    for prefix in ("/films", "", "/films"):
        assert posters(client, film.id, prefix) == [f"{prefix}/movies/{film.id}/poster.svg"] * 2


def test_the_url_that_a_file_brought_is_the_poster(client: FlaskClient, session: Session) -> None:
    movie = a_movie(poster="https://images.example/5.jpg")
    save(session, movie)
    assert posters(client, movie.id, "/films") == ["https://images.example/5.jpg"] * 2
