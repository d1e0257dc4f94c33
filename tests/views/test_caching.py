"""Cached responses, entity tags and caching headers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from dao.models import Movie
from tests.support.builders import a_genre, a_movie, save
from tests.views.conftest import Account, besides_the_revision
from views.http.cache.store import Url

lists = pytest.mark.parametrize("url", ["/movies/", "/movies/?page=1", "/directors/?page=1"])


@lists
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.usefixtures("film")
def test_a_cached_list_is_the_fresh_one_to_the_last_header(
    client: FlaskClient, url: str, method: str
) -> None:
    fresh, cached = (
        client.open(url, method=method, headers={"X-Request-ID": "same"}) for _ in range(2)
    )
    assert cached.data == fresh.data
    assert list(cached.headers) == list(fresh.headers)
    assert (cached.status_code, cached.headers["Cache-Control"]) == (200, "public, no-cache")


@lists
def test_an_import_is_seen_in_a_list_that_was_cached(
    client: FlaskClient, session: Session, film: Movie, url: str
) -> None:
    before = client.get(url).headers["ETag"]
    save(session, a_movie(title="Film 2"))
    response = client.get(url, headers={"If-None-Match": before})
    assert (response.status_code, response.headers["X-Total-Count"]) == (200, "2")
    assert response.headers["ETag"] != before


@pytest.mark.parametrize("url", ["/movies/?page=1", "/movies/?sort=popular", "/movies/{id}/"])
def test_a_304_has_all_headers_but_those_of_the_body(
    client: FlaskClient, film: Movie, url: str
) -> None:
    headers = {"X-Request-ID": "same"}
    full = client.get(url.format(id=film.id), headers=headers)
    headers["If-None-Match"] = full.headers["ETag"]
    matched = client.get(url.format(id=film.id), headers=headers)
    assert (matched.status_code, matched.data) == (304, b"")
    of_the_body = ("Content-Type", "Content-Length")
    assert list(matched.headers) == [one for one in full.headers if one[0] not in of_the_body]


@pytest.mark.parametrize("query", ["x=1", "page=1&x=1", "page=1&page=2", "page=1&"])
@pytest.mark.usefixtures("film")
def test_the_cache_knows_no_url_whose_parameters_are_not_all_known(
    app: Flask, client: FlaskClient, query: str
) -> None:
    for url in ("/movies/?page=1", f"/movies/?{query}"):
        assert client.get(url).json[0]["title"] == "Film 1"
    cache = app.extensions["response_cache"]
    assert cache.lookup(Url("", "/movies/", "page=1")) is not None
    assert cache.lookup(Url("", "/movies/", query)) is None


def test_spellings_of_one_search_share_one_whole_list(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    drama, comedy = a_genre(), a_genre()
    save(session, a_movie(title="Amélie", genre=drama), a_movie(title="Other", genre=comedy))
    first = client.get(f"/movies/?q=amelie&genre_id={drama.id},{comedy.id}")
    statements.clear()
    again = client.get(f"/movies/?q=%20Am%C3%89lie&genre_id={comedy.id},{drama.id}&sort=&year=")
    assert [film["title"] for film in again.json] == ["Amélie"]
    assert again.data == first.data
    assert besides_the_revision(statements) == []


@pytest.mark.parametrize(
    ("is_signed_in", "cache_control"), [(False, "public, no-cache"), (True, "private, no-cache")]
)
def test_shared_caches_may_store_a_film_only_without_a_token(
    client: FlaskClient, film: Movie, account: Account, is_signed_in: bool, cache_control: str
) -> None:
    response = client.get(f"/movies/{film.id}/", headers=account.headers if is_signed_in else {})
    assert response.headers["Cache-Control"] == cache_control
    assert response.headers["Vary"] == "Authorization"
