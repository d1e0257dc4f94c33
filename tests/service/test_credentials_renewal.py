"""A hash made with older parameters is made anew when its password comes, whoever is faster."""

from itertools import count
from unittest.mock import Mock, call

import pytest

from dao.models import User
from dao.user import Account
from service.credentials import CredentialsService, Verified
from tests.service.doubles import Transaction
from tests.support.builders import a_user, an_account

EMAIL, IP = "ann@example.com", "192.0.2.1"


@pytest.fixture
def ann() -> User:
    """The one row of the table, whose hash is an old one."""
    return a_user(id=7, email=EMAIL, password_hash="old hash of right")


def read(row: User) -> Account:
    return an_account(id=row.id, email=row.email, password_hash=row.password_hash)


@pytest.fixture
def service(doubles: Mock, transaction: Transaction, ann: User) -> CredentialsService:
    """Its hashes differ each time, as salted ones do; only the first is an old one."""
    users, passwords, numbers = doubles.users, doubles.passwords, count(1)
    users.find_by_email.side_effect = users.lock.side_effect = lambda _: read(ann)

    def store(_user_id: int, password_hash: str) -> Account:
        ann.password_hash = password_hash
        return read(ann)

    users.update.side_effect = store
    passwords.hash.side_effect = lambda password: f"hash {next(numbers)} of {password}"
    passwords.verify.side_effect = lambda password, hashed: hashed.endswith(f" of {password}")
    passwords.needs_rehash.side_effect = lambda hashed: hashed.startswith("old hash")
    return CredentialsService(users, doubles.rate_limits, passwords, transaction)


def verify(service: CredentialsService) -> Verified | None:
    return service.verify(EMAIL, "right", IP)


def verified(password_hash: str) -> Verified:
    return Verified(an_account(id=7, email=EMAIL, password_hash=password_hash), IP)


def test_hashes_outside_of_a_transaction(
    service: CredentialsService, ann: User, doubles: Mock
) -> None:
    assert verify(service) == verified("hash 1 of right")
    assert doubles.mock_calls[5:] == [
        call.passwords.needs_rehash("old hash of right"),
        call.passwords.hash("right"),
        call.begin(),
        call.users.lock(7),
        call.users.update(7, password_hash="hash 1 of right"),
        call.commit(),
    ]


@pytest.mark.parametrize(
    ("password_hash", "password"),
    [("hash 0 of right", "right"), ("old hash of right", "wrong")],
    ids=["parameters of today", "wrong password"],
)
def test_renews_no_other_hash(
    service: CredentialsService, ann: User, doubles: Mock, password_hash: str, password: str
) -> None:
    ann.password_hash = password_hash
    service.verify(EMAIL, password, IP)
    assert ann.password_hash == password_hash
    assert doubles.passwords.hash.mock_calls == []


@pytest.mark.parametrize(
    ("meanwhile", "result"),
    [
        ("hash 0 of right", verified("hash 0 of right")),
        ("hash 0 of another", None),
        (None, None),
    ],
    ids=["made anew by another login", "password changed", "account deleted"],
)
def test_keeps_what_has_become_of_the_account_while_it_hashed(
    service: CredentialsService,
    ann: User,
    doubles: Mock,
    meanwhile: str | None,
    result: Verified | None,
) -> None:
    def hash_slowly(password: str) -> str:
        if meanwhile:
            ann.password_hash = meanwhile
        else:
            doubles.users.lock.side_effect = lambda _: None
        return f"hash 1 of {password}"

    doubles.passwords.hash.side_effect = hash_slowly
    assert verify(service) == result
    assert doubles.users.update.mock_calls == []
