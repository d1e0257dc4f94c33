"""Signing in, being signed in, and signing out."""

from __future__ import annotations

import re
from unittest.mock import ANY, Mock, call

import pytest

from dao.login_session import SessionState
from helpers.tokens import Claims, TokenPair, Tokens
from service.auth import AuthService, SessionTimes
from service.credentials import Verified
from service.errors import BadToken, NotAuthenticated, TooManyAttempts
from tests.service.doubles import Clock, Logged
from tests.support.builders import a_user

NOW = 1_700_000_000
SESSION = "0123456789abcdef0123456789abcdef"
EMAIL, IP = "ann@example.com", "192.0.2.1"
VERIFIED = Verified(7, EMAIL, IP, "hash of right")
WRONG = "^The address or the password is wrong.$"


@pytest.fixture(autouse=True)
def right_password(credentials: Mock) -> None:
    """Ann's password is right, and still the same when her account is locked."""
    credentials.verify.return_value = VERIFIED
    credentials.lock.return_value = a_user(id=7)


@pytest.fixture
def pair(tokens: Tokens) -> TokenPair:
    return tokens.issue(7, SESSION, 0, now=NOW, session_end=NOW + 7_000)


def log_in(auth: AuthService) -> TokenPair:
    return auth.log_in(EMAIL, "right", IP)


def test_verifies_first_and_begins_a_session_in_one_transaction(
    auth: AuthService, calls: Mock
) -> None:
    log_in(auth)
    assert calls.mock_calls == [
        call.credentials.verify(EMAIL, "right", IP),
        call.begin(),
        call.credentials.lock(VERIFIED),
        call.login_sessions.delete_expired(NOW),
        call.login_sessions.delete_oldest(7, NOW, keep=49),  # 50 with the one that begins.
        call.login_sessions.add(ANY, 7, NOW, NOW + 7_000, IP),
        call.commit(),
    ]


def test_gives_a_pair_of_the_session_that_begins(
    auth: AuthService, login_sessions: Mock, tokens: Tokens
) -> None:
    pair = log_in(auth)
    begun = Claims(7, login_sessions.add.call_args.args[0], 0)
    assert tokens.read(pair.access_token, "access", NOW) == begun
    assert tokens.read(pair.refresh_token, "refresh", NOW) == begun


@pytest.mark.parametrize("times", [SessionTimes(idle=7_000, total=6_999, grace=10)])
def test_a_session_never_lasts_longer_than_it_may_in_all(
    auth: AuthService, login_sessions: Mock, tokens: Tokens
) -> None:
    pair = log_in(auth)
    claims = tokens.read(pair.refresh_token, "refresh", NOW + 6_998)
    login_sessions.add.assert_called_once_with(claims.session_id, 7, NOW, NOW + 6_999, IP)


def test_names_each_session_with_128_random_bits(auth: AuthService, login_sessions: Mock) -> None:
    log_in(auth)
    log_in(auth)
    first, second = (added.args[0] for added in login_sessions.add.call_args_list)
    assert first != second
    assert re.fullmatch("[0-9a-f]{32}", first)


def test_refuses_wrong_credentials_and_writes_nothing(
    auth: AuthService, credentials: Mock, calls: Mock
) -> None:
    credentials.verify.return_value = None
    with pytest.raises(NotAuthenticated, match=WRONG) as refusal:
        log_in(auth)
    assert refusal.type is not BadToken
    assert calls.mock_calls == [call.credentials.verify(EMAIL, "right", IP)]


def test_hands_on_that_there_were_too_many_attempts(
    auth: AuthService, credentials: Mock, calls: Mock
) -> None:
    credentials.verify.side_effect = TooManyAttempts(42)
    with pytest.raises(TooManyAttempts):
        log_in(auth)
    assert calls.mock_calls == [call.credentials.verify(EMAIL, "right", IP)]


def test_refuses_a_password_that_was_right_until_a_moment_ago(
    auth: AuthService, credentials: Mock, calls: Mock
) -> None:
    credentials.lock.return_value = None
    with pytest.raises(NotAuthenticated, match=WRONG):
        log_in(auth)
    assert calls.mock_calls[1:] == [call.begin(), call.credentials.lock(VERIFIED), call.roll_back()]


def test_knows_the_caller_by_a_live_session_and_writes_nothing(
    auth: AuthService, login_sessions: Mock, pair: TokenPair, calls: Mock
) -> None:
    login_sessions.get.return_value = SessionState(0, NOW, NOW + 7_000)
    assert auth.authenticate(pair.access_token) == Claims(7, SESSION, 0)
    assert calls.mock_calls == [call.login_sessions.get(SESSION, 7, NOW)]


def test_does_not_know_a_caller_whose_session_has_ended(
    auth: AuthService, login_sessions: Mock, pair: TokenPair
) -> None:
    login_sessions.get.return_value = None
    with pytest.raises(BadToken):
        auth.authenticate(pair.access_token)


@pytest.mark.parametrize(
    ("bad", "seconds"),
    [
        ("{0.access_token}", 900),
        ("{0.refresh_token}", 0),
        ("undefined", 0),
        ("", 0),
    ],
    ids=["expired", "refresh token", "no token", "nothing"],
)
def test_does_not_ask_the_database_about_a_bad_token(
    auth: AuthService, pair: TokenPair, clock: Clock, calls: Mock, bad: str, seconds: int
) -> None:
    clock.now += seconds
    with pytest.raises(BadToken):
        auth.authenticate(bad.format(pair))
    assert calls.mock_calls == []


def test_logging_out_ends_the_session_of_the_caller(auth: AuthService, calls: Mock) -> None:
    auth.log_out(Claims(7, SESSION, 0))
    assert calls.mock_calls == [
        call.begin(),
        call.login_sessions.delete(SESSION, 7),
        call.commit(),
    ]


def test_logs_who_has_signed_in_or_out_and_no_secret(auth: AuthService, logged: Logged) -> None:
    log_in(auth)
    auth.log_out(Claims(7, SESSION, 0))
    assert logged() == [
        {"event": "signed in", "user_id": 7},
        {"event": "signed out", "user_id": 7},
    ]
