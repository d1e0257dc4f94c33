"""Verifying passwords, and choosing new ones."""

from unittest.mock import Mock, call

import pytest

from dao.user import Account
from service.credentials import CredentialsService, Verified, check_new_password
from service.errors import InvalidInput, TooManyAttempts
from tests.service.doubles import Logged, Transaction
from tests.support.builders import an_account

EMAIL, IP = "ann@example.com", "192.0.2.1"
ANN = an_account(id=7, email=EMAIL, password_hash="hash of right")
VERIFIED = Verified(ANN, IP)
COUNT_AND_FIND = [
    call.begin(),
    call.rate_limits.count_login(EMAIL, IP),
    call.users.find_by_email(EMAIL),
    call.commit(),
]


@pytest.fixture
def service(doubles: Mock, transaction: Transaction) -> CredentialsService:
    """Ann's account is found by its e-mail, and again when it is locked."""
    doubles.users.find_by_email.return_value = doubles.users.lock.return_value = ANN
    return CredentialsService(doubles.users, doubles.rate_limits, doubles.passwords, transaction)


def test_gives_whose_password_it_is_having_counted_first_and_hashed_in_no_transaction(
    service: CredentialsService, doubles: Mock, logged: Logged
) -> None:
    assert service.verify(EMAIL, "right", IP) == VERIFIED
    assert doubles.mock_calls == [
        *COUNT_AND_FIND,
        call.passwords.verify("right", "hash of right"),
        call.passwords.needs_rehash("hash of right"),
    ]
    assert logged() == []  # The caller writes the log.


@pytest.mark.parametrize(
    ("found", "password", "password_hash"),
    [(ANN, "wrong", "hash of right"), (None, "right", None)],
    ids=["wrong password", "unknown e-mail"],
)
def test_gives_nothing_for_wrong_credentials_and_hashes_for_each_of_them(
    service: CredentialsService,
    doubles: Mock,
    logged: Logged,
    found: Account | None,
    password: str,
    password_hash: str | None,
) -> None:
    doubles.users.find_by_email.return_value = found
    assert service.verify(EMAIL, password, IP) is None
    assert doubles.mock_calls == [*COUNT_AND_FIND, call.passwords.verify(password, password_hash)]
    assert logged() == [{"event": "password refused", "user_id": found and found.id}]


def test_keeps_the_count_of_a_refused_attempt(
    service: CredentialsService, doubles: Mock, logged: Logged
) -> None:
    doubles.rate_limits.count_login.return_value = 42
    with pytest.raises(TooManyAttempts) as refusal:
        service.verify(EMAIL, "right", IP)
    assert refusal.value.retry_after == 42
    assert doubles.mock_calls == COUNT_AND_FIND
    assert logged() == [{"event": "password throttled", "user_id": 7}]


def test_locks_the_account_in_the_callers_transaction_and_forgives_the_attempts_before(
    service: CredentialsService, doubles: Mock
) -> None:
    assert service.lock(VERIFIED)
    assert doubles.mock_calls == [call.users.lock(7), call.rate_limits.forgive(EMAIL, IP)]


@pytest.mark.parametrize(
    "meanwhile",
    [an_account(id=7, password_hash="hash of another"), None],
    ids=["password changed", "account deleted"],
)
def test_forgives_nothing_where_the_password_was_right_until_a_moment_ago(
    service: CredentialsService, doubles: Mock, logged: Logged, meanwhile: Account | None
) -> None:
    doubles.users.lock.return_value = meanwhile
    assert not service.lock(VERIFIED)
    assert doubles.mock_calls == [call.users.lock(7)]
    assert logged() == [{"event": "password refused", "user_id": 7}]


OLD, NEW, ANOTHERS = "old hash of right", "new hash of right", "another hash of right"


def ann(password_hash: str) -> Account:
    return an_account(id=7, email=EMAIL, password_hash=password_hash)


@pytest.fixture
def outdated(service: CredentialsService, doubles: Mock) -> CredentialsService:
    """Ann's hash has outdated parameters. As with salted hashes, no two hashes are equal."""
    doubles.users.find_by_email.return_value = doubles.users.lock.return_value = ann(OLD)
    doubles.users.update.return_value = ann(NEW)
    doubles.passwords.hash.side_effect = "new hash of {}".format
    doubles.passwords.verify.side_effect = lambda password, hashed: hashed.endswith(password)
    doubles.passwords.needs_rehash.return_value = True
    return service


def test_makes_an_outdated_hash_anew_outside_of_a_transaction(
    outdated: CredentialsService, doubles: Mock
) -> None:
    assert outdated.verify(EMAIL, "right", IP) == Verified(ann(NEW), IP)
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
    [
        (ann(ANOTHERS), Verified(ann(ANOTHERS), IP)),
        (ann("hash of wrong"), None),
        (None, None),
    ],
    ids=["made anew by another login", "password changed", "account deleted"],
)
def test_keeps_what_has_become_of_the_account_while_it_hashed(
    outdated: CredentialsService, doubles: Mock, meanwhile: Account | None, result: Verified | None
) -> None:
    doubles.users.lock.return_value = meanwhile
    assert outdated.verify(EMAIL, "right", IP) == result
    assert doubles.users.update.mock_calls == []


@pytest.mark.parametrize(
    "password",
    ["films for everyone", "example.com", "ann@example.org", "кот на тёплой крыше"],
)
def test_a_new_password_may_be_what_is_not_guessed_first(password: str) -> None:
    check_new_password("password", password, "anna.lee@example.com")


GUESSED = "This password is one of the first that are guessed."
ADDRESS = "The password must not be your address."
PRODUCT = "The password must not be the name of this service."
INVISIBLE = "The password must have a visible character."


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        *((password, GUESSED) for password in ("PassWord123", "p@ssw0rd", "12345678", "19900101")),
        *((password, GUESSED) for password in ("йцукенгш", "ЙЦУКЕНГШ", "пароль123", "a" * 128)),
        *((password, GUESSED) for password in ("pass\u200bword", "ｐａｓｓｗｏｒｄ")),
        ("ANNA.LEE@Example.com", ADDRESS),
        (" anna.lee\u200b", ADDRESS),
        ("КИНОТЕКА", PRODUCT),
        ("\u200b\u200d \u2060\ufeff\u00a0\u3000\u200e", INVISIBLE),
        ("\u3164\u115f\u1160\uffa0\u034f\u180b\ufe00\u2800", INVISIBLE),
        ("\U000e0041" * 8, INVISIBLE),
    ],
)
def test_a_new_password_must_not_be_what_is_guessed_first(password: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_new_password("new_password", password, "anna.lee@example.com")
    assert refusal.value.errors == {"new_password": [reason]}
