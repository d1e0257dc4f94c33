"""Entity tags, answers that are kept, and what caches may do with either."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from dao.models import Movie
from tests.support.builders import a_movie, save
from tests.views.conftest import Account

LISTS = ["/movies/", "/movies/?page=1", "/movies/?q=film", "/genres/", "/directors/?page=1"]


@pytest.fixture
def film(session: Session) -> Movie:
    saved = a_movie(title="Film 1")
    save(session, saved)
    return saved


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.usefixtures("film")
def test_a_kept_list_is_the_fresh_one_to_the_last_header(client: FlaskClient, address: str) -> None:
    fresh, kept = (client.get(address, headers={"X-Request-ID": "same"}) for _ in range(2))
    assert kept.data == fresh.data
    assert list(kept.headers) == list(fresh.headers)
    assert (kept.status_code, kept.headers["Cache-Control"]) == (200, "public, no-cache")


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.usefixtures("film")
def test_a_kept_list_takes_no_statement_but_that_of_the_revision(
    client: FlaskClient, statements: list[str], address: str
) -> None:
    client.get(address)
    statements.clear()
    client.get(address)
    assert len(statements) == 1
    assert statements[0].startswith("SELECT list_states.revision")


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_import_is_seen_in_a_list_that_was_kept(
    client: FlaskClient, session: Session, film: Movie, address: str, method: str
) -> None:
    before = client.get(address).headers["ETag"]
    save(session, a_movie(title="Film 2"))
    answer = client.open(address, method=method, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["X-Total-Count"] == "2"
    assert answer.headers["ETag"] != before


@pytest.mark.usefixtures("film")
def test_an_import_that_leaves_a_list_as_it_is_leaves_its_tag(
    client: FlaskClient, session: Session
) -> None:
    before = client.get("/movies/?q=film").headers["ETag"]
    save(session, a_movie(title="Something else"))
    answer = client.get("/movies/?q=film", headers={"If-None-Match": before})
    assert answer.status_code == 304


@pytest.mark.parametrize(
    "address", [*LISTS, "/movies/?sort=popular", "/movies/{id}/", "/genres/{genre}/"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_match_is_304_with_all_headers_but_those_of_the_body(
    client: FlaskClient, film: Movie, address: str, method: str
) -> None:
    address = address.format(id=film.id, genre=film.genre_id)
    full = client.open(address, method=method, headers={"X-Request-ID": "same"})
    tag = full.headers["ETag"]
    matched = client.open(
        address, method=method, headers={"If-None-Match": tag, "X-Request-ID": "same"}
    )
    assert (matched.status_code, matched.data) == (304, b"")
    of_the_body = ("Content-Type", "Content-Length")
    assert list(matched.headers) == [one for one in full.headers if one[0] not in of_the_body]


def test_the_most_popular_are_exact_after_a_favorite(
    client: FlaskClient, session: Session, account: Account, film: Movie
) -> None:
    other = a_movie(title="Film 2")
    save(session, other)
    before = client.get("/movies/?sort=popular")
    client.post(f"/favorites/movies/{other.id}/", headers=account.headers)
    after = client.get("/movies/?sort=popular", headers={"If-None-Match": before.headers["ETag"]})
    assert [one["id"] for one in before.json] == [film.id, other.id]
    assert [one["id"] for one in after.json] == [other.id, film.id]


def test_the_tag_of_a_film_changes_with_its_favorites(
    client: FlaskClient, account: Account, film: Movie
) -> None:
    before = client.get(f"/movies/{film.id}/").headers["ETag"]
    client.post(f"/favorites/movies/{film.id}/", headers=account.headers)
    answer = client.get(f"/movies/{film.id}/", headers={"If-None-Match": before})
    assert (answer.status_code, answer.json["favorites_count"]) == (200, 1)


@pytest.mark.parametrize("token", [None, "undefined"])
def test_a_film_for_nobody_may_be_shared(
    client: FlaskClient, film: Movie, token: str | None
) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = client.get(f"/movies/{film.id}/", headers=headers)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Vary"] == "Authorization"


def test_a_film_for_somebody_is_private(client: FlaskClient, film: Movie, account: Account) -> None:
    answer = client.get(f"/movies/{film.id}/", headers=account.headers)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Vary"] == "Authorization"
    assert answer.json["is_favorite"] is False


@pytest.mark.usefixtures("film")
def test_favorites_are_not_stored(client: FlaskClient, account: Account) -> None:
    answer = client.get("/favorites/movies/", headers=account.headers)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("address", ["/movies/?page=0", "/movies/?sort=best", "/movies/0/"])
def test_an_error_is_not_kept(client: FlaskClient, session: Session, address: str) -> None:
    answers = [client.get(address, headers={"If-None-Match": "*"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] in ([400, 400], [404, 404])
    assert not [answer for answer in answers if "ETag" in answer.headers]


@pytest.mark.usefixtures("film")
def test_every_address_of_a_list_links_to_its_own_pages(client: FlaskClient) -> None:
    links = [client.get(f"/movies/?page=1{more}").headers["Link"] for more in ("", "&x=1", "&q=f")]
    assert [link.partition(";")[0] for link in links] == [
        "</movies/?page=1>",
        "</movies/?page=1&x=1>",
        "</movies/?page=1&q=f>",
    ]


@pytest.fixture
def broken(engine: Engine) -> Iterator[list[str]]:
    """Texts of statements that fail, as they do where the database is gone."""
    texts: list[str] = []

    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if any(text in statement for text in texts):
            raise OperationalError("", {}, Exception("no database"))

    event.listen(engine, "before_cursor_execute", fail)
    yield texts
    event.remove(engine, "before_cursor_execute", fail)


@pytest.mark.usefixtures("film")
def test_a_kept_list_is_503_where_its_revision_is_not_known(
    client: FlaskClient, broken: list[str]
) -> None:
    assert client.get("/movies/").status_code == 200
    broken.append("list_states.revision")
    answer = client.get("/movies/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    broken.clear()
    assert client.get("/movies/").status_code == 200


@pytest.mark.usefixtures("film")
def test_a_list_whose_reading_fails_is_an_error_and_not_kept(
    client: FlaskClient, broken: list[str]
) -> None:
    broken.append("JOIN genres")
    assert client.get("/movies/").status_code == 503
    broken.clear()
    assert client.get("/movies/").status_code == 200


@pytest.mark.usefixtures("film")
def test_simultaneous_readers_of_a_whole_list_have_it_read_once(
    app: Flask, statements: list[str]
) -> None:
    statements.clear()
    readers = [Thread(target=app.test_client().get, args=("/movies/",)) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert sum("JOIN genres" in statement for statement in statements) == 1


def test_a_change_of_one_film_gives_all_lists_with_it_another_tag(
    client: FlaskClient, session: Session, film: Movie
) -> None:
    before = [client.get(address).headers["ETag"] for address in LISTS]
    session.execute(update(Movie).values(rating=1.5))
    save(session)
    after = [client.get(address).headers["ETag"] for address in LISTS]
    assert [old == new for old, new in zip(before, after, strict=True)] == [
        "movies" not in address for address in LISTS
    ]
