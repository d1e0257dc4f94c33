"""A hash made with older parameters is made anew when its password comes, whoever is faster."""

from unittest.mock import Mock, call

import pytest

from dao.user import Account
from service.credentials import CredentialsService, Verified
from tests.service.doubles import Transaction
from tests.support.builders import an_account

EMAIL, IP = "ann@example.com", "192.0.2.1"
OLD, NEW, ANOTHERS = "old hash of right", "new hash of right", "another hash of right"


def ann(password_hash: str) -> Account:
    return an_account(id=7, email=EMAIL, password_hash=password_hash)


def verified(password_hash: str) -> Verified:
    return Verified(an_account(id=7, email=EMAIL, password_hash=password_hash), IP)


@pytest.fixture
def service(doubles: Mock, transaction: Transaction) -> CredentialsService:
    """Ann's hash is an old one. Hashes of one password differ, as salted ones do."""
    users, passwords = doubles.users, doubles.passwords
    users.find_by_email.return_value = users.lock.return_value = ann(OLD)
    users.update.return_value = ann(NEW)
    passwords.hash.side_effect = "new hash of {}".format
    passwords.verify.side_effect = lambda password, hashed: hashed.endswith(f" of {password}")
    passwords.needs_rehash.return_value = True
    return CredentialsService(users, doubles.rate_limits, passwords, transaction)


def test_hashes_outside_of_a_transaction(service: CredentialsService, doubles: Mock) -> None:
    assert service.verify(EMAIL, "right", IP) == verified(NEW)
    assert doubles.mock_calls[-6:] == [
        call.passwords.needs_rehash(OLD),
        call.passwords.hash("right"),
        call.begin(),
        call.users.lock(7),
        call.users.update(7, password_hash=NEW),
        call.commit(),
    ]


@pytest.mark.parametrize(
    ("meanwhile", "result"),
    [(ann(ANOTHERS), verified(ANOTHERS)), (ann("hash of wrong"), None), (None, None)],
    ids=["made anew by another login", "password changed", "account deleted"],
)
def test_keeps_what_has_become_of_the_account_while_it_hashed(
    service: CredentialsService, doubles: Mock, meanwhile: Account | None, result: Verified | None
) -> None:
    doubles.users.lock.return_value = meanwhile
    assert service.verify(EMAIL, "right", IP) == result
    assert doubles.users.update.mock_calls == []
