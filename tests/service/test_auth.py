"""Login, authentication and logout."""

import re
from unittest.mock import ANY, Mock, call

import pytest

from dao.login_session import SessionState
from helpers.tokens import Claims, TokenPair
from service.auth import AuthService, SessionTimes
from service.credentials import Verified
from service.errors import BadToken, NotAuthenticated
from tests.service.doubles import CALLER, NOW, SESSION, TOKENS, Logged
from tests.support.builders import an_account

EMAIL, IP = "ann@example.com", "192.0.2.1"
VERIFIED = Verified(an_account(id=7, email=EMAIL), IP)
VERIFY = call.credentials.verify(EMAIL, "right", IP)
WRONG = "^The address or the password is wrong.$"
PAIR = TOKENS.issue(7, SESSION, 0, now=NOW, session_end=NOW + 7_000)


@pytest.fixture(autouse=True)
def right_password(doubles: Mock) -> None:
    """Ann's password is right, and unchanged when her account is locked."""
    doubles.credentials.verify.return_value = VERIFIED
    doubles.credentials.lock.return_value = an_account(id=7)


def log_in(auth: AuthService) -> TokenPair:
    return auth.log_in(EMAIL, "right", IP)


def test_verifies_before_it_begins_a_session(
    auth: AuthService, doubles: Mock, logged: Logged
) -> None:
    log_in(auth)
    assert doubles.mock_calls == [
        VERIFY,
        call.begin(),
        call.credentials.lock(VERIFIED),
        call.login_sessions.delete_expired(NOW),
        call.login_sessions.delete_oldest(7, NOW, newest=49),  # The new session is the 50th.
        call.login_sessions.add(ANY, 7, NOW, NOW + 7_000, IP),
        call.commit(),
    ]
    assert logged() == [{"event": "signed in", "user_id": 7}]


@pytest.mark.parametrize("times", [SessionTimes(idle=7_000, total=6_999, grace=10)])
def test_a_session_never_lasts_longer_than_it_may_in_all(auth: AuthService, doubles: Mock) -> None:
    claims = TOKENS.read(log_in(auth).refresh_token, "refresh", NOW + 6_998)
    added = call(claims.session_id, 7, NOW, NOW + 6_999, IP)
    assert doubles.login_sessions.add.mock_calls == [added]


def test_names_each_session_with_128_random_bits(auth: AuthService, doubles: Mock) -> None:
    log_in(auth)
    log_in(auth)
    first, second = (added.args[0] for added in doubles.login_sessions.add.mock_calls)
    assert first != second
    assert re.fullmatch("[0-9a-f]{32}", first)


def test_refuses_wrong_credentials_and_writes_nothing(auth: AuthService, doubles: Mock) -> None:
    doubles.credentials.verify.return_value = None
    with pytest.raises(NotAuthenticated, match=WRONG) as refusal:
        log_in(auth)
    assert refusal.type is not BadToken
    assert doubles.mock_calls == [VERIFY]


def test_refuses_a_password_changed_meanwhile(auth: AuthService, doubles: Mock) -> None:
    doubles.credentials.lock.return_value = None
    with pytest.raises(NotAuthenticated, match=WRONG):
        log_in(auth)
    lock = call.credentials.lock(VERIFIED)
    assert doubles.mock_calls == [VERIFY, call.begin(), lock, call.roll_back()]


def test_knows_the_caller_by_a_live_session(auth: AuthService, doubles: Mock) -> None:
    doubles.login_sessions.get.return_value = SessionState(0, NOW, NOW + 7_000)
    assert auth.authenticate(PAIR.access_token) == Claims(7, SESSION, 0)
    assert doubles.mock_calls == [call.login_sessions.get(SESSION, 7, NOW)]


def test_does_not_ask_the_database_about_a_bad_token(auth: AuthService, doubles: Mock) -> None:
    with pytest.raises(BadToken):
        auth.authenticate("undefined")
    assert doubles.mock_calls == []


def test_logging_out_ends_the_session_of_the_caller(
    auth: AuthService, doubles: Mock, logged: Logged
) -> None:
    auth.log_out(CALLER)
    deleted = call.login_sessions.delete(SESSION, 7)
    assert doubles.mock_calls == [call.begin(), call.caller(CALLER), deleted, call.commit()]
    assert logged() == [{"event": "signed out", "user_id": 7}]
