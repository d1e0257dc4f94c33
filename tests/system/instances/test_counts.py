"""What one instance acknowledges, both show at once."""

from __future__ import annotations

from itertools import cycle

from sqlalchemy import Engine, text

from tests.contract.client import Account, Api, Json

ORDER = (
    "SELECT movies.id FROM movies LEFT JOIN favorites ON movie_id = movies.id "
    "GROUP BY movies.id ORDER BY count(user_id) DESC, movies.id"
)


def ids(films: list[Json]) -> list[int]:
    return [film["id"] for film in films]


def favorites(api: Api, account: Account) -> list[int]:
    answer = api.get("/favorites/movies/", headers=account.headers)
    return ids(answer.raise_for_status().json())


def change(api: Api, method: str, account: Account, film: int) -> None:
    answer = api.request(method, f"/favorites/movies/{film}/", headers=account.headers)
    answer.raise_for_status()


def test_favorites_are_the_same_at_both(one: Api, other: Api, account: Account) -> None:
    expected: list[int] = []
    for film, api in zip((5, 9, 2), cycle((one, other))):
        change(api, "POST", account, film)
        expected.insert(0, film)
        assert [favorites(one, account), favorites(other, account)] == [expected, expected]
    change(other, "DELETE", account, 9)
    assert [favorites(one, account), favorites(other, account)] == [[2, 5], [2, 5]]


def test_counts_are_exact_at_both(one: Api, other: Api, account: Account) -> None:
    def counts(film: int) -> list[tuple[int, bool]]:
        answers = [api.get(f"/movies/{film}/", headers=account.headers) for api in (one, other)]
        shown = [answer.raise_for_status().json() for answer in answers]
        return [(film["favorites_count"], film["is_favorite"]) for film in shown]

    (before, _), _ = counts(31)
    change(one, "POST", account, 31)
    assert counts(31) == [(before + 1, True)] * 2
    change(other, "POST", account, 31)  # It is one already.
    assert counts(31) == [(before + 1, True)] * 2
    change(other, "DELETE", account, 31)
    assert counts(31) == [(before, False)] * 2


def test_popularity_is_exact_at_both_after_each_favorite(
    one: Api, other: Api, database: Engine
) -> None:
    """Both have shown the list before, so neither may show what it has kept."""
    for api in (one, other, one, other):
        account = api.new_account()
        change(api, "POST", account, 77)
        change(api, "POST", account, 78)
        change(api, "DELETE", account, 77)
        with database.connect() as connection:
            expected = list(connection.scalars(text(ORDER)))
        for asked in (one, other):
            shown = asked.get("/movies/", params={"sort": "popular"})
            assert ids(shown.raise_for_status().json()) == expected


def test_a_deleted_account_leaves_no_favorite_behind_at_either(one: Api, other: Api) -> None:
    account = other.new_account()
    change(one, "POST", account, 44)
    before = one.get("/movies/44/").json()["favorites_count"]
    body = {"password": account.password}
    gone = other.request("DELETE", "/user/", headers=account.headers, json=body)
    assert gone.status_code == 204
    assert one.get("/movies/44/").json()["favorites_count"] == before - 1
    assert one.get("/user/", headers=account.headers).status_code == 401
