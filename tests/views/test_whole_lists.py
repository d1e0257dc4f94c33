"""Many who want whole lists at once share them, or are told to come back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from dao.models import Movie
from tests.support.builders import a_movie, save
from tests.views.conftest import Account
from views.http.whole_lists import WholeLists

WHOLE = ["/movies/", "/movies/?sort=popular", "/genres/", "/favorites/movies/"]


@pytest.fixture
def few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> WholeLists:
    """There is one place for a caller, and one for a maker."""
    bound = WholeLists(callers=1, makers=1)
    monkeypatch.setitem(app.extensions, "whole_lists", bound)
    return bound


@pytest.mark.parametrize("url", WHOLE)
@pytest.mark.usefixtures("film")
def test_is_503_where_too_many_want_one(
    client: FlaskClient, account: Account, few: WholeLists, url: str
) -> None:
    with few.calling():
        response = client.get(url, headers=account.headers)
        page = client.get(url.partition("?")[0] + "?page=1", headers=account.headers)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert response.json == {
        "message": "Too many whole lists are wanted at the moment. "
        "Ask for pages, or try again later."
    }
    assert page.status_code == 200
    assert client.get(url, headers=account.headers).status_code == 200


@contextmanager
def held_up(engine: Engine, part: str) -> Iterator[tuple[Event, Event]]:
    """Let a statement wait that holds this part; tell when it has come, and let it go on."""
    come, goes_on = Event(), Event()

    def wait(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if part in statement:
            come.set()
            assert goes_on.wait(10)

    event.listen(engine, "before_cursor_execute", wait)
    try:
        yield come, goes_on
    finally:
        goes_on.set()
        event.remove(engine, "before_cursor_execute", wait)


def test_a_popular_list_that_was_begun_before_a_favorite_is_not_shared_with_who_comes_after(
    client: FlaskClient, app: Flask, session: Session, engine: Engine, account: Account, film: Movie
) -> None:
    other = a_movie(title="Film 2")
    save(session, other)
    with ThreadPoolExecutor(2) as pool, held_up(engine, "favorites_count DESC") as (come, goes_on):
        earlier = pool.submit(app.test_client().get, "/movies/?sort=popular")
        assert come.wait(10)
        liked = client.post(f"/favorites/movies/{other.id}/", headers=account.headers)
        later = pool.submit(app.test_client().get, "/movies/?sort=popular")
        goes_on.set()
        lists = [[one["id"] for one in each.result(timeout=30).json] for each in (earlier, later)]
    assert liked.status_code == 200
    assert lists[1] == [other.id, film.id]
    assert sorted(lists[0]) == [film.id, other.id]
