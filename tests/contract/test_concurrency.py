"""Requests at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

import httpx

from tests.contract.client import Account, Api, Json, a_password, an_address, bearer
from tests.contract.threads import at_once
from tests.contract.tokens import claims_of

T = TypeVar("T")
Call = Callable[[], httpx.Response]


def statuses(responses: Iterable[httpx.Response]) -> list[int]:
    return sorted(response.status_code for response in responses)


def failures(responses: Iterable[httpx.Response]) -> list[int]:
    return [status for status in statuses(responses) if not httpx.codes.is_success(status)]


def like(api: Api, account: Account, film: Json) -> Call:
    return partial(api.post, f"/favorites/movies/{film['id']}/", headers=account.headers)


def change_password(api: Api, account: Account, access_token: str, new: str) -> Call:
    body = {"old_password": account.password, "new_password": new}
    return partial(api.put, "/user/password/", json=body, headers=bearer(access_token))


def delete(api: Api, account: Account) -> Call:
    body = {"password": account.password}
    return partial(api.request, "DELETE", "/user/", json=body, headers=account.headers)


def one_after_another(call: Call) -> Callable[[], list[httpx.Response]]:
    """Make a call that keeps a race going for as long as the slower side of it takes."""
    return lambda: [call() for _ in range(4)]


def favorites_count(api: Api, film: Json) -> int:
    count: int = api.get(f"/movies/{film['id']}/").json()["favorites_count"]
    return count


def favorite_ids(api: Api, account: Account) -> list[int]:
    found = api.get("/favorites/movies/", headers=account.headers).json()
    return sorted(film["id"] for film in found)


def test_one_pair_refreshed_twenty_times_at_once_is_rotated_once(
    api: Api, account: Account
) -> None:
    """Twenty refreshes of one pair at once all succeed, with tokens of one new generation."""
    responses = at_once([partial(api.refresh, account.tokens)] * 20)
    assert failures(responses) == []
    generations = {claims_of(answer.json()["refresh_token"])["gen"] for answer in responses}
    assert generations == {claims_of(account.tokens["refresh_token"])["gen"] + 1}


def test_every_pair_of_simultaneous_refreshes_works(api: Api, account: Account) -> None:
    """After twenty refreshes at once each of the twenty pairs can be refreshed again."""
    renewed = at_once([partial(api.refresh, account.tokens)] * 20)
    responses = at_once([partial(api.refresh, answer.json()) for answer in renewed])
    assert failures(responses) == []


def test_a_film_liked_twenty_times_at_once_is_one_favorite(
    api: Api, account: Account, film: Json
) -> None:
    """Twenty requests that add one favorite at once all succeed, and count once."""
    before = favorites_count(api, film)
    assert failures(at_once([like(api, account, film)] * 20)) == []
    assert favorites_count(api, film) == before + 1
    assert favorite_ids(api, account) == [film["id"]]


def test_likes_and_dislikes_at_once_leave_a_true_count(
    api: Api, account: Account, film: Json
) -> None:
    """After a favorite was added and removed at once, the count says what is there."""
    before = favorites_count(api, film)
    unlike = partial(api.delete, f"/favorites/movies/{film['id']}/", headers=account.headers)
    calls: list[Call] = [like(api, account, film), unlike] * 10
    assert failures(at_once(calls)) == []
    assert favorites_count(api, film) == before + len(favorite_ids(api, account))


def test_people_who_like_the_same_films_do_not_block_each_other(
    api: Api, account: Account, films: list[Json]
) -> None:
    """Two people who like many films at once, in opposite order, have all of them afterwards."""
    somebody = api.new_account()
    calls = [like(api, account, film) for film in films]
    calls += [like(api, somebody, film) for film in reversed(films)]
    assert failures(at_once(calls)) == []
    ids = sorted(film["id"] for film in films)
    assert [favorite_ids(api, person) for person in (account, somebody)] == [ids, ids]


def test_of_thirty_registrations_of_one_address_one_succeeds(api: Api) -> None:
    """Of thirty registrations of one address at once, in any case, one succeeds and 29 get 409."""
    address, password = an_address(), a_password()
    spellings = [address, address.upper(), address.title()] * 10
    responses = at_once([partial(api.register, spelling, password) for spelling in spellings])
    assert statuses(responses) == [201] + [409] * 29
    assert api.log_in(address, password).is_success


def test_logins_at_once_all_succeed(api: Api, account: Account) -> None:
    """Twenty logins of one person at once begin twenty sessions."""
    responses = at_once([partial(api.log_in, account.email, account.password)] * 20)
    assert failures(responses) == []
    sessions = {claims_of(answer.json()["access_token"])["sid"] for answer in responses}
    assert len(sessions) == 20


def test_no_refresh_survives_a_logout(api: Api, account: Account) -> None:
    """Refreshes that race a logout win nothing: afterwards no token of the session is good."""
    calls: list[Call] = [partial(api.delete, "/auth/login/", headers=account.headers)]
    calls += [partial(api.refresh, account.tokens)] * 19
    logout, *refreshes = at_once(calls)
    assert logout.is_success
    assert set(failures(refreshes)) <= {401}
    pairs = [account.tokens, *(answer.json() for answer in refreshes if answer.is_success)]
    assert [api.whoami(pair).status_code for pair in pairs] == [401] * len(pairs)
    assert [api.refresh(pair).status_code for pair in pairs] == [401] * len(pairs)


def test_no_login_with_the_old_password_survives_its_change(api: Api, account: Account) -> None:
    """Of logins with the old password that race its change no session is left, but the caller's."""
    change = change_password(api, account, account.tokens["access_token"], a_password())
    log_in = one_after_another(partial(api.log_in, account.email, account.password))
    [changed], *logins = at_once([lambda: [change()], *[log_in] * 8])
    assert changed.is_success
    answers = [answer for several in logins for answer in several]
    assert set(failures(answers)) <= {401}
    pairs = [answer.json() for answer in answers if answer.is_success]
    assert [api.whoami(pair).status_code for pair in pairs] == [401] * len(pairs)
    assert api.whoami(account.tokens).is_success


def test_of_password_changes_at_once_one_succeeds(api: Api, account: Account) -> None:
    """Of devices that change the password at once one succeeds, and its password is the new one."""
    sessions = [api.new_tokens(account.email, account.password) for _ in range(5)]
    passwords = [a_password() for _ in sessions]
    responses = at_once(
        [
            change_password(api, account, tokens["access_token"], new)
            for tokens, new in zip(sessions, passwords, strict=True)
        ]
    )
    changed = [answer.is_success for answer in responses]
    works = [api.log_in(account.email, new).is_success for new in passwords]
    assert (sum(changed), works) == (1, changed)


def test_favorites_that_race_a_deletion_leave_nothing_behind(
    api: Api, account: Account, films: list[Json]
) -> None:
    """Favorites that are added while their account is deleted do not count afterwards."""
    before = [favorites_count(api, film) for film in films]
    calls = [delete(api, account), *(like(api, account, film) for film in films)]
    deleted, *likes = at_once(calls)
    assert deleted.is_success
    assert set(failures(likes)) <= {401}
    assert [favorites_count(api, film) for film in films] == before


def test_requests_that_race_a_deletion_fail_as_nobodys(
    api: Api, account: Account, genre_id: int
) -> None:
    """Whatever happens while an account is deleted either succeeds or is 401."""
    changes = {"name": "Анна", "favorite_genre": genre_id}
    calls: list[Call] = [
        partial(api.patch, "/user/", json=changes, headers=account.headers),
        partial(api.get, "/user/", headers=account.headers),
        partial(api.get, "/favorites/movies/", headers=account.headers),
        partial(api.refresh, account.tokens),
        partial(api.log_in, account.email, account.password),
    ]
    deletion = delete(api, account)
    [deleted], *others = at_once([lambda: [deletion()], *map(one_after_another, calls * 2)])
    answers = [answer for several in others for answer in several]
    assert deleted.is_success
    assert set(failures(answers)) <= {401}
    assert api.whoami(account.tokens).status_code == 401
