"""Commands of the server's owner on accounts."""

from unittest.mock import Mock, call

import pytest

from dao.base import Duplicate
from service.errors import InvalidInput, NotFound
from service.owner import OwnerService
from tests.service.doubles import Logged, Transaction
from tests.support.builders import an_account

EMAIL, GOOD = "ann@example.com", "correct horse battery"
ANN = an_account(id=7, email=EMAIL, password_hash="hash of an older sentence")
LOCK = [call.begin(), call.users.find_by_email(EMAIL), call.users.lock(7)]
SET_PASSWORD = [
    call.passwords.hash(GOOD),
    *LOCK,
    call.users.update(7, password_hash=f"hash of {GOOD}"),
    call.login_sessions.delete_all(7),
    call.commit(),
]


@pytest.fixture
def owner(doubles: Mock, transaction: Transaction) -> OwnerService:
    """Ann has an account."""
    doubles.users.find_by_email.return_value = doubles.users.lock.return_value = ANN
    return OwnerService(
        doubles.users, doubles.login_sessions, doubles.favorites, doubles.passwords, transaction
    )


def test_sets_a_password_hashed_before_and_ends_all_sessions(
    owner: OwnerService, doubles: Mock, logged: Logged
) -> None:
    owner.set_password(EMAIL, GOOD)
    assert doubles.mock_calls == SET_PASSWORD
    assert logged() == [{"event": "password changed", "user_id": 7}]


def test_deletes_an_account_with_all_that_belongs_to_it(
    owner: OwnerService, doubles: Mock, logged: Logged
) -> None:
    owner.delete(EMAIL)
    deleted = [call.favorites.delete_all(7), call.users.delete(7)]
    assert doubles.mock_calls == [*LOCK, *deleted, call.commit()]
    assert logged() == [{"event": "account deleted", "user_id": 7}]


@pytest.mark.parametrize("missing", ["find_by_email", "lock"])
def test_finds_no_account_where_there_is_none(
    owner: OwnerService, doubles: Mock, missing: str
) -> None:
    getattr(doubles.users, missing).return_value = None
    with pytest.raises(NotFound, match=r"^There is no account with this e-mail address.$"):
        owner.delete(EMAIL)
    assert doubles.mock_calls[-1] == call.roll_back()
    assert doubles.users.delete.mock_calls == []


def test_sets_no_password_that_is_easily_guessed(owner: OwnerService, doubles: Mock) -> None:
    with pytest.raises(InvalidInput):
        owner.set_password(EMAIL, "87654321")
    assert doubles.mock_calls == []


def test_restores_an_account_that_is_gone(owner: OwnerService, doubles: Mock) -> None:
    doubles.users.find_by_email.return_value = None
    owner.restore(EMAIL, GOOD)
    assert call.users.add(EMAIL, f"hash of {GOOD}") in doubles.mock_calls
    assert doubles.mock_calls[-1] == call.commit()


def test_restores_a_password_that_was_changed(owner: OwnerService, doubles: Mock) -> None:
    doubles.users.add.side_effect = Duplicate
    owner.restore(EMAIL, GOOD)
    assert doubles.mock_calls[-len(SET_PASSWORD) :] == SET_PASSWORD


def test_leaves_an_account_whose_password_is_still_the_same(
    owner: OwnerService, doubles: Mock
) -> None:
    doubles.users.find_by_email.return_value = an_account(password_hash=f"hash of {GOOD}")
    owner.restore(EMAIL, GOOD)
    assert call.begin() not in doubles.mock_calls
