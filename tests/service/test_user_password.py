"""Changing the password, and deleting the account."""

from collections.abc import Callable
from unittest.mock import Mock, call

import pytest

from service.credentials import Verified
from service.errors import BadToken, InvalidInput
from service.user import UserService
from tests.service.doubles import CALLER, SESSION, Logged
from tests.support.builders import an_account

EMAIL, IP = "ann@example.com", "192.0.2.1"
GOOD = "correct horse"
ANN = an_account(id=7, email=EMAIL)
VERIFIED = Verified(ANN, IP)
GET_AND_VERIFY = [call.users.get(7), call.credentials.verify(EMAIL, "right", IP)]
CHECK_CALLER = [call.begin(), call.caller(CALLER)]

Operation = Callable[[UserService], None]


@pytest.fixture(autouse=True)
def right_password(doubles: Mock) -> None:
    """Ann's password is right, and unchanged when her account is locked."""
    doubles.users.get.return_value = doubles.caller.return_value = ANN
    doubles.credentials.verify.return_value = VERIFIED
    doubles.credentials.confirm.return_value = True


def change(accounts: UserService, new_password: str = GOOD) -> None:
    accounts.change_password(CALLER, "right", new_password, IP)


def delete(accounts: UserService) -> None:
    accounts.delete(CALLER, "right", IP)


BOTH = pytest.mark.parametrize("operate", [change, delete])


def test_verifies_and_hashes_before_it_changes_a_password(
    accounts: UserService, doubles: Mock, logged: Logged
) -> None:
    change(accounts)
    assert doubles.mock_calls == [
        *GET_AND_VERIFY,
        call.passwords.hash(GOOD),
        call.begin(),
        call.caller(CALLER),
        call.credentials.confirm(VERIFIED, ANN),
        call.users.update(7, password_hash="hash of correct horse"),
        call.login_sessions.delete_others(SESSION, 7),
        call.commit(),
    ]
    assert logged() == [{"event": "password changed", "user_id": 7}]


def test_verifies_before_it_deletes_an_account(
    accounts: UserService, doubles: Mock, logged: Logged
) -> None:
    delete(accounts)
    assert doubles.mock_calls == [
        *GET_AND_VERIFY,
        call.begin(),
        call.caller(CALLER, for_deletion=True),
        call.credentials.confirm(VERIFIED, ANN),
        call.favorites.delete_all(7),
        call.users.delete(7),
        call.commit(),
    ]
    assert logged() == [{"event": "account deleted", "user_id": 7}]


@pytest.mark.parametrize(("operate", "field"), [(change, "old_password"), (delete, "password")])
def test_refuses_a_wrong_password_and_writes_nothing(
    accounts: UserService, doubles: Mock, operate: Operation, field: str
) -> None:
    doubles.credentials.verify.return_value = None
    with pytest.raises(InvalidInput) as refusal:
        operate(accounts)
    assert refusal.value.errors == {field: ["The password is wrong."]}
    assert doubles.mock_calls == [*GET_AND_VERIFY, *CHECK_CALLER, call.commit()]


@BOTH
def test_says_of_a_wrong_password_that_the_session_has_ended_where_it_has(
    accounts: UserService, doubles: Mock, operate: Operation
) -> None:
    doubles.credentials.verify.return_value = None
    doubles.caller.side_effect = BadToken("The session has ended.")
    with pytest.raises(BadToken):
        operate(accounts)
    assert doubles.mock_calls == [*GET_AND_VERIFY, *CHECK_CALLER, call.roll_back()]


@BOTH
def test_refuses_a_password_changed_meanwhile(
    accounts: UserService, doubles: Mock, operate: Operation
) -> None:
    doubles.credentials.confirm.return_value = False
    with pytest.raises(BadToken, match=r"^The password was changed a moment ago. Sign in again.$"):
        operate(accounts)
    assert doubles.mock_calls[-2:] == [call.credentials.confirm(VERIFIED, ANN), call.roll_back()]


def test_refuses_a_common_password_before_it_verifies(accounts: UserService, doubles: Mock) -> None:
    with pytest.raises(InvalidInput) as refusal:
        change(accounts, EMAIL)
    assert refusal.value.errors == {"new_password": ["The password must not be your address."]}
    assert doubles.mock_calls == [call.users.get(7)]
