"""Verifying passwords."""

from __future__ import annotations

from unittest.mock import Mock, call

import pytest

from dao.models import User
from service.credentials import CredentialsService, Verified
from service.errors import TooManyAttempts
from tests.service.doubles import Logged, Transaction
from tests.support.builders import a_user

EMAIL, IP = "ann@example.com", "192.0.2.1"
VERIFIED = Verified(7, EMAIL, IP, "hash of right")
COUNT_AND_FIND = [
    call.begin(),
    call.rate_limits.count_login(EMAIL, IP),
    call.users.find_by_email(EMAIL),
    call.commit(),
]

KNOWN_OR_NOT = pytest.mark.parametrize(
    ("found", "user_id", "password_hash"),
    [(a_user(id=7, password_hash="hash of right"), 7, "hash of right"), (None, None, None)],
    ids=["known e-mail", "unknown e-mail"],
)


@pytest.fixture
def service(
    users: Mock, rate_limits: Mock, passwords: Mock, transaction: Transaction
) -> CredentialsService:
    return CredentialsService(users, rate_limits, passwords, transaction)


@pytest.fixture(autouse=True)
def ann(users: Mock) -> User:
    """An account that is found, and found again when it is locked."""
    user = a_user(id=7, email=EMAIL, password_hash="hash of right")
    users.find_by_email.return_value = user
    users.lock.return_value = user
    return user


def test_gives_whose_password_it_is_having_counted_first_and_hashed_in_no_transaction(
    service: CredentialsService, calls: Mock, logged: Logged
) -> None:
    assert service.verify(EMAIL, "right", IP) == VERIFIED
    assert calls.mock_calls == [
        *COUNT_AND_FIND,
        call.passwords.verify("right", "hash of right"),
        call.passwords.needs_rehash("hash of right"),
    ]
    assert logged() == []  # That is left to the caller.


@KNOWN_OR_NOT
def test_gives_nothing_for_wrong_credentials_after_it_has_hashed_for_everybody(
    service: CredentialsService,
    users: Mock,
    calls: Mock,
    found: User | None,
    user_id: int | None,
    password_hash: str | None,
) -> None:
    users.find_by_email.return_value = found
    assert service.verify(EMAIL, "wrong", IP) is None
    assert calls.mock_calls == [*COUNT_AND_FIND, call.passwords.verify("wrong", password_hash)]


def test_keeps_the_count_of_an_attempt_that_it_refuses_and_verifies_nothing(
    service: CredentialsService, rate_limits: Mock, calls: Mock
) -> None:
    rate_limits.count_login.return_value = 42
    with pytest.raises(TooManyAttempts) as refusal:
        service.verify(EMAIL, "right", IP)
    assert refusal.value.retry_after == 42
    assert calls.mock_calls == COUNT_AND_FIND


@KNOWN_OR_NOT
def test_logs_whose_password_was_wrong_or_tried_too_often_and_no_secret(
    service: CredentialsService,
    users: Mock,
    rate_limits: Mock,
    logged: Logged,
    found: User | None,
    user_id: int | None,
    password_hash: str | None,
) -> None:
    users.find_by_email.return_value = found
    service.verify(EMAIL, "wrong", IP)
    rate_limits.count_login.return_value = 42
    with pytest.raises(TooManyAttempts):
        service.verify(EMAIL, "right", IP)
    assert logged() == [
        {"event": "password refused", "user_id": user_id},
        {"event": "password throttled", "user_id": user_id},
    ]


@pytest.mark.parametrize("for_deletion", [False, True])
def test_locks_the_account_in_the_callers_transaction_and_forgives_the_attempts_before(
    service: CredentialsService, ann: User, calls: Mock, for_deletion: bool
) -> None:
    assert service.lock(VERIFIED, for_deletion=for_deletion) is ann
    assert calls.mock_calls == [
        call.users.lock(7, for_deletion=for_deletion),
        call.rate_limits.forgive(EMAIL, IP),
    ]


@pytest.mark.parametrize(
    "meanwhile",
    [a_user(id=7, password_hash="hash of another"), None],
    ids=["password changed", "account deleted"],
)
def test_forgives_nothing_where_the_password_was_right_until_a_moment_ago(
    service: CredentialsService, users: Mock, calls: Mock, logged: Logged, meanwhile: User | None
) -> None:
    users.lock.return_value = meanwhile
    assert service.lock(VERIFIED) is None
    assert calls.mock_calls == [call.users.lock(7, for_deletion=False)]
    assert logged() == [{"event": "password refused", "user_id": 7}]
