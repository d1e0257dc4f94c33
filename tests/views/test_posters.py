"""Links from films to their posters."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.builders import a_movie, save

ELSEWHERE = "https://images.example/5.jpg"


@pytest.mark.parametrize(
    ("stored", "poster"), [("", "/films/movies/{id}/poster.svg"), (ELSEWHERE, ELSEWHERE)]
)
def test_a_poster_is_an_imported_url_or_a_path_below_the_request_s_prefix(
    client: FlaskClient, session: Session, stored: str, poster: str
) -> None:
    movie = a_movie(poster=stored)
    save(session, movie)
    below = {"SCRIPT_NAME": "/films"}
    page = client.get("/movies/?page=1", environ_overrides=below).json
    alone = client.get(f"/movies/{movie.id}/", environ_overrides=below).json
    assert [page[0]["poster"], alone["poster"]] == [poster.format(id=movie.id)] * 2
