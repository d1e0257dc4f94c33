"""A session belongs to no instance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.contract.client import Account, Api, a_password
from tests.contract.tokens import claims_of
from tests.security.conftest import NEW_KEY, OLD_KEY
from tests.support.servers import serve


def test_who_signs_in_at_one_instance_is_known_at_the_other(other: Api, account: Account) -> None:
    assert other.whoami(account.tokens).json()["email"] == account.email


def test_who_signs_out_at_one_instance_is_signed_out_at_the_other(
    one: Api, other: Api, account: Account
) -> None:
    assert other.delete("/auth/login/", headers=account.headers).status_code == 204
    assert one.whoami(account.tokens).status_code == 401
    assert one.refresh(account.tokens).status_code == 401


def test_a_session_is_refreshed_at_whichever_instance(
    one: Api, other: Api, account: Account
) -> None:
    tokens, generations = account.tokens, []
    for api in (other, one, other, one):
        tokens = api.refresh(tokens).raise_for_status().json()
        generations.append(claims_of(tokens["refresh_token"])["gen"])
    assert generations == [1, 2, 3, 4]


def test_two_tabs_may_refresh_at_two_instances(one: Api, other: Api, account: Account) -> None:
    """The grace holds across instances: the second one gets tokens of the same generation."""
    pairs = [api.refresh(account.tokens).raise_for_status().json() for api in (one, other)]
    assert [claims_of(pair["refresh_token"])["gen"] for pair in pairs] == [1, 1]


def test_a_replay_at_one_instance_ends_the_session_at_the_other(
    one: Api, other: Api, account: Account
) -> None:
    second = other.refresh(account.tokens).raise_for_status().json()
    third = one.refresh(second).raise_for_status().json()
    assert other.refresh(account.tokens).status_code == 401
    assert one.whoami(third).status_code == 401


def test_a_password_that_is_changed_at_one_instance_ends_sessions_at_the_other(
    one: Api, other: Api, account: Account
) -> None:
    elsewhere = other.new_tokens(account.email, account.password)
    body = {"old_password": account.password, "new_password": a_password()}
    assert one.put("/user/password/", headers=account.headers, json=body).status_code == 204
    assert other.whoami(elsewhere).status_code == 401
    assert other.whoami(account.tokens).status_code == 200


@pytest.fixture(scope="module")
def rotating(database_url: str, logs: Path) -> Iterator[tuple[Api, Api]]:
    """Two instances in the middle of a change of keys: one still signs with the old key."""
    keys = [(OLD_KEY, NEW_KEY), (NEW_KEY, OLD_KEY)]
    with ExitStack() as stack:
        servers = [
            stack.enter_context(
                serve(
                    database_url,
                    logs / f"key-{number}.log",
                    SECRET_KEY=key,
                    SECRET_KEY_FALLBACKS=fallback,
                )
            )
            for number, (key, fallback) in enumerate(keys)
        ]
        before, after = (stack.enter_context(Api(server.url)) for server in servers)
        yield before, after


def test_nobody_notices_that_the_keys_change_one_instance_after_the_other(
    rotating: tuple[Api, Api],
) -> None:
    """What docs/deployment.md says of key rotation: first every instance knows the new key."""
    before, after = rotating
    account = before.new_account()
    tokens = account.tokens
    for api in (after, before, after, before):
        assert api.whoami(tokens).status_code == 200
        tokens = api.refresh(tokens).raise_for_status().json()
