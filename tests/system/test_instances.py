"""Two instances on one PostgreSQL: nothing lives in one of them alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest
from httpx import codes
from sqlalchemy import Engine, text

from tests.contract.client import Account, Api, Json, a_password, an_email
from tests.support.databases import Databases
from tests.system.conftest import Start

POPULAR = (
    "SELECT movies.id FROM movies LEFT JOIN favorites ON movie_id = movies.id "
    "GROUP BY movies.id ORDER BY count(user_id) DESC, movies.id"
)


@pytest.fixture(scope="module")
def database_url(databases: Databases) -> str:
    return databases.prepared("postgresql")


@pytest.fixture(scope="module")
def instances(start: Start, database_url: str) -> Iterator[tuple[Api, Api]]:
    """Two instances with the default limit on guessing."""
    urls = [start(database_url, LIMIT_LOGIN_PAIR="10/300").url for _ in range(2)]
    with Api(urls[0]) as one, Api(urls[1]) as other:
        yield one, other


@pytest.fixture(scope="module")
def one(instances: tuple[Api, Api]) -> Api:
    return instances[0]


@pytest.fixture(scope="module")
def other(instances: tuple[Api, Api]) -> Api:
    return instances[1]


@pytest.fixture
def account(one: Api) -> Account:
    """Somebody new, who has signed in at the one instance."""
    return one.new_account()


def test_guesses_count_wherever_they_are_made(one: Api, other: Api) -> None:
    """Ten tries in five minutes, half of them here and half there, and not one more."""
    email, statuses = an_email(), []
    for _, api in zip(range(12), cycle((one, other))):
        guess = {"email": email, "password": a_password()}
        statuses.append(api.post("/auth/login/", json=guess).status_code)
    assert statuses == [codes.UNAUTHORIZED] * 10 + [codes.TOO_MANY_REQUESTS] * 2


def ids(films: list[Json]) -> list[int]:
    return [film["id"] for film in films]


def change(api: Api, method: str, account: Account, movie_id: int) -> None:
    path = f"/favorites/movies/{movie_id}/"
    api.request(method, path, headers=account.headers).raise_for_status()


def test_popularity_is_exact_at_both_after_each_favorite(
    one: Api, other: Api, database: Engine
) -> None:
    """Both have shown the list before, so neither may show what it has cached."""
    for api in (one, other, one, other):
        account = api.new_account()
        change(api, "POST", account, 77)
        change(api, "POST", account, 78)
        change(api, "DELETE", account, 77)
        with database.connect() as connection:
            expected = list(connection.scalars(text(POPULAR)))
        for asked in (one, other):
            shown = asked.get("/movies/", params={"sort": "popular"})
            assert ids(shown.raise_for_status().json()) == expected
