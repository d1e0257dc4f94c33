"""Accounts: registration and profile."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from dao.base import Duplicate, MissingReference
from dao.models import User
from service.errors import BadToken, Conflict, InvalidInput, TooManyAttempts
from service.user import UserService
from tests.service.doubles import Logged, RecordingTransaction
from tests.support.builders import a_user

EMAIL, IP = "ann@example.com", "192.0.2.1"
GOOD = "correct horse"


def register(accounts: UserService, password: str = GOOD) -> User:
    return accounts.register(EMAIL, password, IP)


def test_registers_an_account(accounts: UserService, users: Mock) -> None:
    added = a_user(id=7)
    users.add.return_value = added
    assert register(accounts) is added
    users.add.assert_called_once_with(EMAIL, "hash of correct horse")


def test_counts_and_hashes_before_the_transaction_that_registers(
    accounts: UserService, users: Mock, transaction: RecordingTransaction
) -> None:
    users.add.return_value = a_user(id=7)
    register(accounts)
    assert transaction.log == [
        "begin",
        "rate_limits.count_registration",
        "commit",
        "passwords.hash",
        "begin",
        "users.add",
        "commit",
    ]


def test_counts_a_registration_for_the_ip(
    accounts: UserService, users: Mock, rate_limits: Mock
) -> None:
    users.add.return_value = a_user(id=7)
    register(accounts)
    rate_limits.count_registration.assert_called_once_with(IP)


def test_counts_no_registration_from_the_terminal(
    accounts: UserService, users: Mock, transaction: RecordingTransaction
) -> None:
    users.add.return_value = a_user(id=7)
    accounts.register(EMAIL, "correct horse")
    assert transaction.log == ["passwords.hash", "begin", "users.add", "commit"]


def test_logs_who_has_registered_and_no_secret(
    accounts: UserService, users: Mock, logged: Logged
) -> None:
    users.add.return_value = a_user(id=7)
    register(accounts)
    assert logged() == [{"event": "registered", "user_id": 7}]


def test_refuses_an_address_that_is_registered(
    accounts: UserService, users: Mock, transaction: RecordingTransaction
) -> None:
    users.add.side_effect = Duplicate
    with pytest.raises(Conflict, match=r"This address is registered already."):
        register(accounts)
    assert transaction.committed == ["rate_limits.count_registration"]


def test_refuses_to_register_with_a_password_that_is_guessed_first(
    accounts: UserService, transaction: RecordingTransaction
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        register(accounts, EMAIL)
    assert refusal.value.errors == {"password": ["The password must not be your address."]}
    assert transaction.log == []


def test_refuses_one_registration_too_many_and_says_how_long(
    accounts: UserService, rate_limits: Mock
) -> None:
    rate_limits.count_registration.return_value = 42
    with pytest.raises(TooManyAttempts) as refusal:
        register(accounts)
    assert refusal.value.retry_after == 42


def test_keeps_the_count_of_a_registration_that_it_refuses_and_hashes_nothing(
    accounts: UserService, rate_limits: Mock, transaction: RecordingTransaction
) -> None:
    rate_limits.count_registration.return_value = 42
    with pytest.raises(TooManyAttempts):
        register(accounts)
    assert transaction.log == ["begin", "rate_limits.count_registration", "commit"]


def test_gets_an_account(accounts: UserService, users: Mock) -> None:
    ann = a_user(id=7)
    users.get.return_value = ann
    assert accounts.get(7) is ann
    users.get.assert_called_once_with(7)


def test_the_token_of_an_account_that_is_gone_is_bad(accounts: UserService, users: Mock) -> None:
    users.get.return_value = None
    with pytest.raises(BadToken):
        accounts.get(7)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Ann"},
        {"surname": None},
        {"favorite_genre_id": 5},
        {"name": None, "surname": "Lee", "favorite_genre_id": None},
    ],
    ids=str,
)
def test_changes_what_it_is_given_and_returns_the_account(
    accounts: UserService, users: Mock, changes: dict[str, str | int | None]
) -> None:
    ann = a_user(id=7)
    users.lock.return_value = ann
    assert accounts.update(7, changes) is ann
    users.update.assert_called_once_with(ann, **changes)


def test_locks_an_account_that_it_changes(
    accounts: UserService, transaction: RecordingTransaction
) -> None:
    accounts.update(7, {"name": "Ann"})
    assert transaction.log == ["begin", "users.lock", "users.update", "commit"]


def test_only_reads_where_there_is_nothing_to_change(
    accounts: UserService, users: Mock, transaction: RecordingTransaction
) -> None:
    ann = a_user(id=7)
    users.get.return_value = ann
    assert accounts.update(7, {}) is ann
    assert transaction.log == ["users.get"]


def test_refuses_an_unknown_genre(
    accounts: UserService, users: Mock, transaction: RecordingTransaction
) -> None:
    users.update.side_effect = MissingReference
    with pytest.raises(InvalidInput) as refusal:
        accounts.update(7, {"favorite_genre_id": 5})
    assert refusal.value.errors == {"favorite_genre": ["There is no such genre."]}
    assert transaction.committed == []


def test_does_not_change_an_account_that_is_gone(
    accounts: UserService, users: Mock, transaction: RecordingTransaction
) -> None:
    users.lock.return_value = None
    with pytest.raises(BadToken):
        accounts.update(7, {"name": "Ann"})
    assert transaction.log == ["begin", "users.lock", "roll back"]
