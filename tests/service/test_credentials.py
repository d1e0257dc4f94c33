"""Verifying passwords."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from dao.models import User
from service.credentials import CredentialsService, Verified
from service.errors import TooManyAttempts
from tests.service.doubles import Logged, RecordingTransaction
from tests.support.builders import a_user

EMAIL, IP = "ann@example.com", "192.0.2.1"
VERIFIED = Verified(7, EMAIL, IP, "hash of right")


@pytest.fixture
def ann(users: Mock) -> User:
    """An account that is found, and found again when it is locked."""
    user = a_user(id=7, email=EMAIL, password_hash="hash of right")
    users.find_by_email.return_value = user
    users.lock.return_value = user
    return user


@pytest.mark.usefixtures("ann")
def test_gives_whose_password_it_is(real_credentials: CredentialsService) -> None:
    assert real_credentials.verify(EMAIL, "right", IP) == VERIFIED


@pytest.mark.usefixtures("ann")
def test_gives_nothing_for_a_wrong_password(real_credentials: CredentialsService) -> None:
    assert real_credentials.verify(EMAIL, "wrong", IP) is None


def test_gives_nothing_for_an_unknown_address(
    real_credentials: CredentialsService, users: Mock
) -> None:
    users.find_by_email.return_value = None
    assert real_credentials.verify("nobody@example.com", "right", IP) is None


def test_verifies_a_password_for_an_unknown_address_too(
    real_credentials: CredentialsService, users: Mock, passwords: Mock
) -> None:
    users.find_by_email.return_value = None
    real_credentials.verify("nobody@example.com", "right", IP)
    passwords.verify.assert_called_once_with("right", None)


@pytest.mark.usefixtures("ann")
def test_verifies_against_the_hash_of_the_account(
    real_credentials: CredentialsService, passwords: Mock
) -> None:
    real_credentials.verify(EMAIL, "wrong", IP)
    passwords.verify.assert_called_once_with("wrong", "hash of right")


@pytest.mark.usefixtures("ann")
def test_counts_the_attempt_of_this_address_and_ip(
    real_credentials: CredentialsService, rate_limits: Mock
) -> None:
    real_credentials.verify(EMAIL, "right", IP)
    rate_limits.count_login.assert_called_once_with(EMAIL, IP)


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    ("password", "afterwards"), [("right", ["passwords.needs_rehash"]), ("wrong", [])]
)
def test_counts_first_and_verifies_outside_of_the_transaction(
    real_credentials: CredentialsService,
    transaction: RecordingTransaction,
    password: str,
    afterwards: list[str],
) -> None:
    real_credentials.verify(EMAIL, password, IP)
    assert transaction.log == [
        "begin",
        "rate_limits.count_login",
        "users.find_by_email",
        "commit",
        "passwords.verify",
        *afterwards,
    ]


@pytest.mark.usefixtures("ann")
def test_refuses_one_attempt_too_many_and_says_how_long(
    real_credentials: CredentialsService, rate_limits: Mock
) -> None:
    rate_limits.count_login.return_value = 42
    with pytest.raises(TooManyAttempts) as refusal:
        real_credentials.verify(EMAIL, "right", IP)
    assert refusal.value.retry_after == 42


@pytest.mark.usefixtures("ann")
def test_keeps_the_count_of_an_attempt_that_it_refuses_and_verifies_nothing(
    real_credentials: CredentialsService, rate_limits: Mock, transaction: RecordingTransaction
) -> None:
    rate_limits.count_login.return_value = 42
    with pytest.raises(TooManyAttempts):
        real_credentials.verify(EMAIL, "right", IP)
    assert transaction.log == ["begin", "rate_limits.count_login", "users.find_by_email", "commit"]


KNOWN_OR_NOT = pytest.mark.parametrize(
    ("found", "user_id"),
    [(a_user(id=7, password_hash="hash of right"), 7), (None, None)],
    ids=["known address", "unknown address"],
)


@KNOWN_OR_NOT
def test_logs_whose_password_was_wrong_and_no_secret(
    real_credentials: CredentialsService,
    users: Mock,
    logged: Logged,
    found: User | None,
    user_id: int | None,
) -> None:
    users.find_by_email.return_value = found
    real_credentials.verify(EMAIL, "wrong", IP)
    assert logged() == [{"event": "password refused", "user_id": user_id}]


@KNOWN_OR_NOT
def test_logs_whose_password_was_tried_too_often_and_no_secret(
    real_credentials: CredentialsService,
    users: Mock,
    rate_limits: Mock,
    logged: Logged,
    found: User | None,
    user_id: int | None,
) -> None:
    users.find_by_email.return_value = found
    rate_limits.count_login.return_value = 42
    with pytest.raises(TooManyAttempts):
        real_credentials.verify(EMAIL, "right", IP)
    assert logged() == [{"event": "password throttled", "user_id": user_id}]


@pytest.mark.usefixtures("ann")
def test_leaves_it_to_the_caller_to_log_a_right_password(
    real_credentials: CredentialsService, logged: Logged
) -> None:
    real_credentials.verify(EMAIL, "right", IP)
    assert logged() == []


def test_locks_the_account_as_it_was_verified(
    real_credentials: CredentialsService, ann: User
) -> None:
    assert real_credentials.lock(VERIFIED) is ann


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("for_deletion", [False, True])
def test_locks_the_account_for_what_is_to_be_done(
    real_credentials: CredentialsService, users: Mock, for_deletion: bool
) -> None:
    real_credentials.lock(VERIFIED, for_deletion=for_deletion)
    users.lock.assert_called_once_with(7, for_deletion=for_deletion)


@pytest.mark.usefixtures("ann")
def test_locks_inside_the_transaction_of_its_caller(
    real_credentials: CredentialsService, transaction: RecordingTransaction
) -> None:
    with transaction():
        real_credentials.lock(VERIFIED)
    assert transaction.log == ["begin", "users.lock", "rate_limits.forgive", "commit"]


@pytest.mark.usefixtures("ann")
def test_forgets_what_this_address_was_tried_from_this_ip(
    real_credentials: CredentialsService, rate_limits: Mock
) -> None:
    real_credentials.lock(VERIFIED)
    rate_limits.forgive.assert_called_once_with(EMAIL, IP)


@pytest.mark.parametrize(
    "meanwhile",
    [a_user(id=7, password_hash="hash of another"), None],
    ids=["password changed", "account deleted"],
)
def test_locks_and_forgets_nothing_where_the_password_was_right_until_a_moment_ago(
    real_credentials: CredentialsService, users: Mock, rate_limits: Mock, meanwhile: User | None
) -> None:
    users.lock.return_value = meanwhile
    assert real_credentials.lock(VERIFIED) is None
    rate_limits.forgive.assert_not_called()


def test_logs_a_password_that_was_right_until_a_moment_ago(
    real_credentials: CredentialsService, users: Mock, logged: Logged
) -> None:
    users.lock.return_value = a_user(id=7, password_hash="hash of another")
    real_credentials.lock(VERIFIED)
    assert logged() == [{"event": "password refused", "user_id": 7}]
