"""The profile."""

from typing import Any

import httpx
import pytest

from tests.contract.client import Account, Api, Json, status_of

SPELLINGS = ["favorite_genre", "favourite_genre"]


@pytest.fixture
def genre_id(film: Json) -> int:
    """The id of an existing genre."""
    found: int = film["genre"]["id"]
    return found


def profile(api: Api, account: Account) -> Json:
    found: Json = api.get("/user/", headers=account.headers).json()
    return found


def patch(api: Api, account: Account, changes: Any) -> httpx.Response:
    return api.patch("/user/", json=changes, headers=account.headers)


def test_changing_the_profile_returns_all_of_it(api: Api, account: Account, genre_id: int) -> None:
    before = profile(api, account)
    changes = {"name": "Анна", "surname": "Иванова", "favorite_genre": genre_id}
    response = patch(api, account, changes)
    after = {**before, **changes, "favourite_genre": genre_id}
    assert (response.status_code, response.json()) == (200, after)
    assert patch(api, account, {}).json() == after
    assert patch(api, account, {"surname": "Петрова"}).json() == {**after, "surname": "Петрова"}


@pytest.mark.parametrize("field", ["name", "surname", *SPELLINGS])
def test_null_clears(api: Api, account: Account, genre_id: int, field: str) -> None:
    patch(api, account, {"name": "Анна", "surname": "Иванова", "favorite_genre": genre_id})
    patch(api, account, {field: None})
    assert profile(api, account)[field] is None


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("kind", [int, str])
def test_the_favorite_genre_has_two_spellings(
    api: Api, account: Account, genre_id: int, spelling: str, kind: type
) -> None:
    after = patch(api, account, {spelling: kind(genre_id)}).json()
    assert {name: after[name] for name in SPELLINGS} == dict.fromkeys(SPELLINGS, genre_id)


def test_both_spellings_must_not_differ(api: Api, reader: Account, genre_id: int) -> None:
    statuses = [
        patch(api, reader, {"favorite_genre": genre_id, "favourite_genre": other}).status_code
        for other in (str(genre_id), None)
    ]
    assert statuses == [200, 400]


@pytest.mark.parametrize("field", ["name", "surname"])
def test_a_bad_name_is_refused(api: Api, reader: Account, field: str) -> None:
    assert status_of(patch(api, reader, {field: "a\tb"}), faulty={field}) == 400
