"""Registration and profile."""

from unittest.mock import Mock, call

import pytest

from service.errors import BadToken, InvalidInput, TooManyAttempts
from service.user import UserService
from tests.service.doubles import CALLER, Logged
from tests.support.builders import an_account

EMAIL, IP = "ann@example.com", "192.0.2.1"
GOOD = "correct horse"
COUNT = [call.begin(), call.rate_limits.count_registration(IP), call.commit()]
HASH, ADD = call.passwords.hash(GOOD), call.users.add(EMAIL, "hash of correct horse")
ANN = an_account(id=7)


@pytest.fixture(autouse=True)
def ann(doubles: Mock) -> None:
    """Ann's account is returned when an account is added, found, locked or updated."""
    users = doubles.users
    users.add.return_value = users.get.return_value = users.update.return_value = ANN
    doubles.caller.return_value = ANN


def test_counts_and_hashes_before_it_registers(
    accounts: UserService, doubles: Mock, logged: Logged
) -> None:
    assert accounts.register(EMAIL, GOOD, IP) is ANN
    assert doubles.mock_calls == [*COUNT, HASH, call.begin(), ADD, call.commit()]
    assert logged() == [{"event": "registered", "user_id": 7}]


def test_refuses_a_common_password_before_it_counts(accounts: UserService, doubles: Mock) -> None:
    with pytest.raises(InvalidInput) as refusal:
        accounts.register(EMAIL, EMAIL, IP)
    assert refusal.value.errors == {"password": ["The password must not be your address."]}
    assert doubles.mock_calls == []


def test_keeps_the_count_of_a_refused_registration(accounts: UserService, doubles: Mock) -> None:
    doubles.rate_limits.count_registration.return_value = 42
    with pytest.raises(TooManyAttempts) as refusal:
        accounts.register(EMAIL, GOOD, IP)
    assert refusal.value.retry_after == 42
    assert doubles.mock_calls == COUNT


def test_the_token_of_an_account_that_is_gone_is_bad(accounts: UserService, doubles: Mock) -> None:
    doubles.users.get.return_value = None
    with pytest.raises(BadToken):
        accounts.get(7)


def test_locks_an_account_that_it_changes(accounts: UserService, doubles: Mock) -> None:
    assert accounts.update(CALLER, {"name": None, "favorite_genre_id": 5}) is ANN
    updated = call.users.update(7, name=None, favorite_genre_id=5)
    assert doubles.mock_calls == [call.begin(), call.caller(CALLER), updated, call.commit()]


def test_only_reads_without_changes(accounts: UserService, doubles: Mock) -> None:
    assert accounts.update(CALLER, {}) is ANN
    assert doubles.mock_calls == [call.users.get(7)]
