"""A hash made with older parameters is made anew when its password comes, whoever is faster."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any
from unittest.mock import Mock, call

import pytest

from dao.models import User
from service.credentials import CredentialsService, Verified
from tests.service.doubles import Logged, Transaction
from tests.support.builders import a_user

EMAIL, IP = "ann@example.com", "192.0.2.1"


@pytest.fixture(autouse=True)
def salted(passwords: Mock) -> None:
    """Let hashes differ each time, as salted ones do; only the first is an old one."""
    numbers = count(1)
    passwords.hash.side_effect = lambda password: f"hash {next(numbers)} of {password}"
    passwords.verify.side_effect = lambda password, hashed: hashed.endswith(f" of {password}")
    passwords.needs_rehash.side_effect = lambda hashed: hashed.startswith("old hash")


@pytest.fixture(autouse=True)
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
def service(
    users: Mock, rate_limits: Mock, passwords: Mock, transaction: Transaction
) -> CredentialsService:
    return CredentialsService(users, rate_limits, passwords, transaction)


def verify(service: CredentialsService) -> Verified | None:
    return service.verify(EMAIL, "right", IP)


def verified(password_hash: str) -> Verified:
    return Verified(7, EMAIL, IP, password_hash)


def during_the_first_hashing(passwords: Mock, do: Callable[[], object]) -> None:
    """Let something be done in another thread while the first one makes its hash."""
    make: Callable[[str], str] = passwords.hash.side_effect

    def make_while(password: str) -> str:
        passwords.hash.side_effect = make
        do()
        return make(password)

    passwords.hash.side_effect = make_while


def test_makes_a_newer_hash_outside_of_the_transaction_that_stores_it(
    service: CredentialsService, ann: User, calls: Mock
) -> None:
    assert verify(service) == verified("hash 1 of right")
    assert calls.mock_calls[5:] == [
        call.passwords.needs_rehash("old hash of right"),
        call.passwords.hash("right"),
        call.begin(),
        call.users.lock(7),
        call.users.update(ann, password_hash="hash 1 of right"),
        call.commit(),
    ]


@pytest.mark.parametrize(
    ("password_hash", "password"),
    [("hash 0 of right", "right"), ("old hash of right", "wrong")],
    ids=["parameters of today", "wrong password"],
)
def test_renews_no_other_hash(
    service: CredentialsService, ann: User, passwords: Mock, password_hash: str, password: str
) -> None:
    ann.password_hash = password_hash
    service.verify(EMAIL, password, IP)
    assert ann.password_hash == password_hash
    passwords.hash.assert_not_called()


def test_gives_both_of_two_at_once_the_hash_of_whoever_was_faster(
    service: CredentialsService, passwords: Mock, ann: User
) -> None:
    faster: list[Verified | None] = []
    during_the_first_hashing(passwords, lambda: faster.append(verify(service)))
    slower = verify(service)
    assert [slower] == faster == [verified("hash 1 of right")]
    assert ann.password_hash == "hash 1 of right"


def test_verifies_the_hash_of_whoever_was_faster_outside_of_a_transaction(
    service: CredentialsService, passwords: Mock, ann: User, calls: Mock
) -> None:
    during_the_first_hashing(passwords, lambda: setattr(ann, "password_hash", "hash 0 of right"))
    verify(service)
    assert calls.mock_calls[-4:] == [
        call.begin(),
        call.users.lock(7),
        call.commit(),
        call.passwords.verify("right", "hash 0 of right"),
    ]


def test_refuses_a_password_that_is_changed_while_its_hash_is_renewed(
    service: CredentialsService, passwords: Mock, ann: User, logged: Logged
) -> None:
    during_the_first_hashing(passwords, lambda: setattr(ann, "password_hash", "hash 0 of another"))
    assert verify(service) is None
    assert ann.password_hash == "hash 0 of another"
    assert logged() == [{"event": "password refused", "user_id": 7}]


def test_refuses_an_account_that_is_deleted_while_its_hash_is_renewed(
    service: CredentialsService, users: Mock, passwords: Mock, logged: Logged
) -> None:
    during_the_first_hashing(passwords, lambda: users.lock.configure_mock(return_value=None))
    assert verify(service) is None
    users.update.assert_not_called()
    assert logged() == [{"event": "password refused", "user_id": 7}]
