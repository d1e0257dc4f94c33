"""Verifying passwords, and deciding which ones a user may choose."""

from __future__ import annotations

from unittest.mock import Mock, call

import pytest

from dao.models import User
from service.credentials import CredentialsService, Verified, check_new_password
from service.errors import InvalidInput, TooManyAttempts
from tests.service.doubles import Logged, Transaction
from tests.support.builders import a_user

EMAIL, IP = "ann@example.com", "192.0.2.1"
ANN = a_user(id=7, email=EMAIL, password_hash="hash of right")
VERIFIED = Verified(7, EMAIL, IP, "hash of right")
COUNT_AND_FIND = [
    call.begin(),
    call.rate_limits.count_login(EMAIL, IP),
    call.users.find_by_email(EMAIL),
    call.commit(),
]


@pytest.fixture
def service(doubles: Mock, transaction: Transaction) -> CredentialsService:
    """Ann's account is found, and found again when it is locked."""
    doubles.users.find_by_email.return_value = doubles.users.lock.return_value = ANN
    return CredentialsService(doubles.users, doubles.rate_limits, doubles.passwords, transaction)


def test_gives_whose_password_it_is_having_counted_first_and_hashed_in_no_transaction(
    service: CredentialsService, doubles: Mock, logged: Logged
) -> None:
    assert service.verify(EMAIL, "right", IP) == VERIFIED
    assert doubles.mock_calls == [
        *COUNT_AND_FIND,
        call.passwords.verify("right", "hash of right"),
        call.passwords.needs_rehash("hash of right"),
    ]
    assert logged() == []  # That is left to the caller.


@pytest.mark.parametrize(
    ("found", "password", "password_hash"),
    [(ANN, "wrong", "hash of right"), (None, "right", None)],
    ids=["wrong password", "unknown e-mail"],
)
def test_gives_nothing_for_wrong_credentials_and_hashes_for_each_of_them(
    service: CredentialsService,
    doubles: Mock,
    found: User | None,
    password: str,
    password_hash: str | None,
) -> None:
    doubles.users.find_by_email.return_value = found
    assert service.verify(EMAIL, password, IP) is None
    assert doubles.mock_calls == [*COUNT_AND_FIND, call.passwords.verify(password, password_hash)]


def test_keeps_the_count_of_a_refused_attempt(service: CredentialsService, doubles: Mock) -> None:
    doubles.rate_limits.count_login.return_value = 42
    with pytest.raises(TooManyAttempts) as refusal:
        service.verify(EMAIL, "right", IP)
    assert refusal.value.retry_after == 42
    assert doubles.mock_calls == COUNT_AND_FIND


@pytest.mark.parametrize(("found", "user_id"), [(ANN, 7), (None, None)], ids=["known", "unknown"])
def test_logs_whose_password_was_wrong_or_tried_too_often_and_no_secret(
    service: CredentialsService,
    doubles: Mock,
    logged: Logged,
    found: User | None,
    user_id: int | None,
) -> None:
    doubles.users.find_by_email.return_value = found
    service.verify(EMAIL, "wrong", IP)
    doubles.rate_limits.count_login.return_value = 42
    with pytest.raises(TooManyAttempts):
        service.verify(EMAIL, "right", IP)
    assert logged() == [
        {"event": "password refused", "user_id": user_id},
        {"event": "password throttled", "user_id": user_id},
    ]


@pytest.mark.parametrize("for_deletion", [False, True])
def test_locks_the_account_in_the_callers_transaction_and_forgives_the_attempts_before(
    service: CredentialsService, doubles: Mock, for_deletion: bool
) -> None:
    assert service.lock(VERIFIED, for_deletion=for_deletion) is ANN
    locked = call.users.lock(7, for_deletion=for_deletion)
    assert doubles.mock_calls == [locked, call.rate_limits.forgive(EMAIL, IP)]


@pytest.mark.parametrize(
    "meanwhile",
    [a_user(id=7, password_hash="hash of another"), None],
    ids=["password changed", "account deleted"],
)
def test_forgives_nothing_where_the_password_was_right_until_a_moment_ago(
    service: CredentialsService, doubles: Mock, logged: Logged, meanwhile: User | None
) -> None:
    doubles.users.lock.return_value = meanwhile
    assert service.lock(VERIFIED) is None
    assert doubles.mock_calls == [call.users.lock(7, for_deletion=False)]
    assert logged() == [{"event": "password refused", "user_id": 7}]


@pytest.mark.parametrize(
    "password", ["correct horse battery", "ann", "example.com", "kinoteka 2", "ann@example.org"]
)
def test_a_new_password_may_be_what_is_not_guessed_first(password: str) -> None:
    check_new_password("password", password, "anna.lee@example.com")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("password", "This is one of the most common passwords."),
        ("PassWord123", "This is one of the most common passwords."),
        ("12345678", "This is one of the most common passwords."),
        ("anna.lee@example.com", "The password must not be your address."),
        ("ANNA.LEE@Example.com", "The password must not be your address."),
        ("anna.lee", "The password must not be your address."),
        ("Anna.Lee", "The password must not be your address."),
        ("Kinoteka", "The password must not be the name of this service."),
        ("КИНОТЕКА", "The password must not be the name of this service."),
    ],
)
def test_a_new_password_must_not_be_what_is_guessed_first(password: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_new_password("new_password", password, "anna.lee@example.com")
    assert refusal.value.errors == {"new_password": [reason]}
