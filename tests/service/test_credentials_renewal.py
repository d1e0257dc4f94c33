"""A hash made with older parameters is made anew when its password comes, whoever is faster."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any
from unittest.mock import Mock

import pytest

from dao.models import User
from helpers.tokens import Tokens
from service.auth import AuthService, SessionTimes
from service.credentials import CredentialsService, Verified
from service.errors import NotAuthenticated
from tests.service.doubles import Clock, Logged, RecordingTransaction
from tests.support.builders import a_user

EMAIL, IP = "ann@example.com", "192.0.2.1"
REFUSED = {"event": "password refused", "user_id": 7}


@pytest.fixture
def passwords(passwords: Mock) -> Mock:
    """Hashes that differ each time, as salted ones do; only the first is an old one."""
    numbers = count(1)
    passwords.hash.side_effect = lambda password: f"hash {next(numbers)} of {password}"
    passwords.verify.side_effect = lambda password, hashed: hashed.endswith(f" of {password}")
    passwords.needs_rehash.side_effect = lambda hashed: hashed.startswith("old hash")
    return passwords


@pytest.fixture
def ann(users: Mock) -> User:
    """The one row of the table, whose hash is an old one."""
    row = a_user(id=7, email=EMAIL, password_hash="old hash of right")
    users.find_by_email.return_value = row
    users.lock.return_value = row

    def update(row: User, **columns: Any) -> None:
        for name, value in columns.items():
            setattr(row, name, value)

    users.update.side_effect = update
    return row


@pytest.fixture
def auth(
    login_sessions: Mock,
    real_credentials: CredentialsService,
    tokens: Tokens,
    times: SessionTimes,
    transaction: RecordingTransaction,
    clock: Clock,
) -> AuthService:
    """Signs in with real credentials."""
    return AuthService(login_sessions, real_credentials, tokens, times, transaction, clock)


def log_in(auth: AuthService) -> None:
    auth.log_in(EMAIL, "right", IP)


def during_the_first_hashing(passwords: Mock, do: Callable[[], object]) -> None:
    """Let something be done in another thread while the first one makes its hash."""
    make: Callable[[str], str] = passwords.hash.side_effect

    def make_while(password: str) -> str:
        passwords.hash.side_effect = make
        do()
        return make(password)

    passwords.hash.side_effect = make_while


def test_renews_a_hash_that_was_made_with_older_parameters(
    real_credentials: CredentialsService, ann: User
) -> None:
    assert real_credentials.verify(EMAIL, "right", IP) == Verified(7, EMAIL, IP, "hash 1 of right")
    assert ann.password_hash == "hash 1 of right"


@pytest.mark.usefixtures("ann")
def test_makes_the_newer_hash_outside_of_the_transaction_that_stores_it(
    real_credentials: CredentialsService, transaction: RecordingTransaction
) -> None:
    real_credentials.verify(EMAIL, "right", IP)
    assert transaction.log[transaction.log.index("passwords.needs_rehash") :] == [
        "passwords.needs_rehash",
        "passwords.hash",
        "begin",
        "users.lock",
        "users.update",
        "commit",
    ]


def test_renews_no_hash_for_a_wrong_password(
    real_credentials: CredentialsService, ann: User
) -> None:
    assert real_credentials.verify(EMAIL, "wrong", IP) is None
    assert ann.password_hash == "old hash of right"


def test_renews_no_hash_that_was_made_with_parameters_of_today(
    real_credentials: CredentialsService, ann: User, passwords: Mock
) -> None:
    ann.password_hash = "hash 0 of right"
    assert real_credentials.verify(EMAIL, "right", IP) == Verified(7, EMAIL, IP, "hash 0 of right")
    passwords.hash.assert_not_called()


def test_the_hash_of_whoever_was_faster_stands(
    real_credentials: CredentialsService, passwords: Mock, ann: User
) -> None:
    faster: list[Verified | None] = []
    during_the_first_hashing(
        passwords, lambda: faster.append(real_credentials.verify(EMAIL, "right", IP))
    )
    slower = real_credentials.verify(EMAIL, "right", IP)
    assert [slower] == faster == [Verified(7, EMAIL, IP, "hash 1 of right")]
    assert ann.password_hash == "hash 1 of right"


@pytest.mark.usefixtures("ann")
def test_signs_in_two_at_once_with_one_old_hash(
    auth: AuthService, passwords: Mock, login_sessions: Mock
) -> None:
    during_the_first_hashing(passwords, lambda: log_in(auth))
    log_in(auth)
    assert login_sessions.add.call_count == 2


def test_verifies_the_hash_of_whoever_was_faster_outside_of_a_transaction(
    real_credentials: CredentialsService,
    passwords: Mock,
    ann: User,
    transaction: RecordingTransaction,
) -> None:
    during_the_first_hashing(passwords, lambda: setattr(ann, "password_hash", "hash 0 of right"))
    real_credentials.verify(EMAIL, "right", IP)
    assert transaction.log[-4:] == ["begin", "users.lock", "commit", "passwords.verify"]


def test_signs_nobody_in_whose_password_is_changed_while_the_hash_is_renewed(
    auth: AuthService, passwords: Mock, login_sessions: Mock, ann: User, logged: Logged
) -> None:
    during_the_first_hashing(passwords, lambda: setattr(ann, "password_hash", "hash 0 of another"))
    with pytest.raises(NotAuthenticated):
        log_in(auth)
    login_sessions.add.assert_not_called()
    assert ann.password_hash == "hash 0 of another"
    assert logged() == [REFUSED]


@pytest.mark.usefixtures("ann")
def test_signs_nobody_in_whose_account_is_deleted_while_the_hash_is_renewed(
    auth: AuthService, users: Mock, login_sessions: Mock, passwords: Mock, logged: Logged
) -> None:
    during_the_first_hashing(passwords, lambda: users.lock.configure_mock(return_value=None))
    with pytest.raises(NotAuthenticated):
        log_in(auth)
    login_sessions.add.assert_not_called()
    users.update.assert_not_called()
    assert logged() == [REFUSED]
