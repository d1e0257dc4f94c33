"""What needs the password of the account: changing it, and deleting the account."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import Mock

import pytest

from dao.models import User
from helpers.tokens import Claims
from service.credentials import Verified
from service.errors import BadToken, InvalidInput, TooManyAttempts
from service.user import UserService
from tests.service.doubles import RecordingTransaction
from tests.support.builders import a_user

EMAIL, IP = "ann@example.com", "192.0.2.1"
SESSION = "0123456789abcdef0123456789abcdef"
GOOD = "correct horse"
CALLER = Claims(7, SESSION, 0)
VERIFIED = Verified(7, EMAIL, IP, "hash of right")

Operation = Callable[[UserService], None]


@pytest.fixture(autouse=True)
def ann(users: Mock, credentials: Mock) -> User:
    """An account whose password is right, and still the same when the account is locked."""
    users.get.return_value = a_user(id=7, email=EMAIL)
    credentials.verify.return_value = VERIFIED
    locked = a_user(id=7, email=EMAIL)
    credentials.lock.return_value = locked
    return locked


def change(accounts: UserService, new_password: str = GOOD) -> None:
    accounts.change_password(CALLER, "right", new_password, IP)


def delete(accounts: UserService) -> None:
    accounts.delete(7, "right", IP)


BOTH = pytest.mark.parametrize("operate", [change, delete])


@BOTH
def test_verifies_the_password_of_the_account(
    accounts: UserService, credentials: Mock, operate: Operation
) -> None:
    operate(accounts)
    credentials.verify.assert_called_once_with(EMAIL, "right", IP)


@BOTH
def test_refuses_one_attempt_too_many(
    accounts: UserService,
    credentials: Mock,
    transaction: RecordingTransaction,
    operate: Operation,
) -> None:
    credentials.verify.side_effect = TooManyAttempts(42)
    with pytest.raises(TooManyAttempts):
        operate(accounts)
    assert transaction.log == ["users.get", "credentials.verify"]


@BOTH
def test_refuses_a_password_that_was_right_until_a_moment_ago(
    accounts: UserService,
    credentials: Mock,
    transaction: RecordingTransaction,
    operate: Operation,
) -> None:
    credentials.lock.return_value = None
    with pytest.raises(BadToken, match=r"The password was changed a moment ago. Sign in again."):
        operate(accounts)
    assert transaction.log[-3:] == ["begin", "credentials.lock", "roll back"]


@BOTH
def test_refuses_a_caller_whose_account_is_gone(
    accounts: UserService, users: Mock, transaction: RecordingTransaction, operate: Operation
) -> None:
    users.get.return_value = None
    with pytest.raises(BadToken):
        operate(accounts)
    assert transaction.log == ["users.get"]


def test_stores_the_hash_of_the_new_password(accounts: UserService, users: Mock, ann: User) -> None:
    change(accounts)
    users.update.assert_called_once_with(ann, password_hash="hash of correct horse")


def test_ends_all_sessions_but_that_of_the_caller(
    accounts: UserService, login_sessions: Mock
) -> None:
    change(accounts)
    login_sessions.delete_others.assert_called_once_with(SESSION, 7)


def test_verifies_and_hashes_before_the_transaction_that_changes_the_password(
    accounts: UserService, transaction: RecordingTransaction
) -> None:
    change(accounts)
    assert transaction.log == [
        "users.get",
        "credentials.verify",
        "passwords.hash",
        "begin",
        "credentials.lock",
        "users.update",
        "login_sessions.delete_others",
        "commit",
    ]


def test_refuses_a_wrong_old_password(
    accounts: UserService, credentials: Mock, transaction: RecordingTransaction
) -> None:
    credentials.verify.return_value = None
    with pytest.raises(InvalidInput) as refusal:
        change(accounts)
    assert refusal.value.errors == {"old_password": ["The password is wrong."]}
    assert transaction.log == ["users.get", "credentials.verify"]


def test_refuses_a_new_password_that_is_guessed_first_before_it_verifies_anything(
    accounts: UserService, transaction: RecordingTransaction
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        change(accounts, EMAIL)
    assert refusal.value.errors == {"new_password": ["The password must not be your address."]}
    assert transaction.log == ["users.get"]


def test_deletes_the_account_with_its_favorites(
    accounts: UserService, users: Mock, favorites: Mock
) -> None:
    delete(accounts)
    favorites.delete_all.assert_called_once_with(7)
    users.delete.assert_called_once_with(7)


def test_locks_the_account_whose_password_it_changes(
    accounts: UserService, credentials: Mock
) -> None:
    change(accounts)
    credentials.lock.assert_called_once_with(VERIFIED)


def test_locks_an_account_for_its_deletion(accounts: UserService, credentials: Mock) -> None:
    delete(accounts)
    credentials.lock.assert_called_once_with(VERIFIED, for_deletion=True)


def test_verifies_before_the_transaction_that_deletes_the_favorites_first(
    accounts: UserService, transaction: RecordingTransaction
) -> None:
    delete(accounts)
    assert transaction.log == [
        "users.get",
        "credentials.verify",
        "begin",
        "credentials.lock",
        "favorites.delete_all",
        "users.delete",
        "commit",
    ]


def test_refuses_to_delete_an_account_with_a_wrong_password(
    accounts: UserService, credentials: Mock, transaction: RecordingTransaction
) -> None:
    credentials.verify.return_value = None
    with pytest.raises(InvalidInput) as refusal:
        delete(accounts)
    assert refusal.value.errors == {"password": ["The password is wrong."]}
    assert transaction.log == ["users.get", "credentials.verify"]
