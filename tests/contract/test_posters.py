"""Posters, which pages of any origin may show."""

from urllib.parse import urljoin

from tests.contract.client import Api, Json


def test_the_poster_of_a_film_is_a_picture_of_its_own(api: Api, films: list[Json]) -> None:
    lists = api.get("/movies/", params={"page": 1})
    posters = [api.get(urljoin(str(lists.url), film["poster"])) for film in films]
    assert {poster.headers["Content-Type"] for poster in posters} == {"image/svg+xml"}
    assert all(poster.text.startswith("<svg ") for poster in posters)
    assert len({poster.content for poster in posters}) == len(films)


def test_a_poster_may_be_shown_by_pages_of_any_origin(api: Api, film: Json) -> None:
    headers = api.get(film["poster"]).headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
