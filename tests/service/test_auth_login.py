"""Signing in."""

from __future__ import annotations

import re
from unittest.mock import Mock

import pytest

from helpers.tokens import Claims, TokenPair, Tokens
from service.auth import AuthService, SessionTimes
from service.credentials import Verified
from service.errors import BadToken, NotAuthenticated, TooManyAttempts
from tests.service.doubles import Logged, RecordingTransaction
from tests.support.builders import a_user

NOW = 1_700_000_000
IP = "192.0.2.1"


VERIFIED = Verified(7, "ann@example.com", IP, "hash of right")


@pytest.fixture
def ann(credentials: Mock) -> None:
    """Let an account's password be right, and still be the same when the account is locked."""
    credentials.verify.return_value = VERIFIED
    credentials.lock.return_value = a_user(id=7)


def log_in(auth: AuthService) -> TokenPair:
    return auth.log_in("ann@example.com", "right", IP)


@pytest.mark.usefixtures("ann")
def test_gives_a_pair_of_the_session_that_begins(
    auth: AuthService, login_sessions: Mock, tokens: Tokens
) -> None:
    pair = log_in(auth)
    access = tokens.read(pair.access_token, "access", NOW)
    refresh = tokens.read(pair.refresh_token, "refresh", NOW)
    assert access == refresh == Claims(7, refresh.session_id, 0)
    login_sessions.add.assert_called_once_with(refresh.session_id, 7, NOW, NOW + 7_000, IP)


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("times", [SessionTimes(idle=7_000, total=6_999, grace=10)])
def test_a_session_never_lasts_longer_than_it_may_in_all(
    auth: AuthService, login_sessions: Mock, tokens: Tokens
) -> None:
    pair = log_in(auth)
    claims = tokens.read(pair.refresh_token, "refresh", NOW + 6_998)
    login_sessions.add.assert_called_once_with(claims.session_id, 7, NOW, NOW + 6_999, IP)


@pytest.mark.usefixtures("ann")
def test_logs_who_has_signed_in_and_no_secret(auth: AuthService, logged: Logged) -> None:
    log_in(auth)
    assert logged() == [{"event": "signed in", "user_id": 7}]


@pytest.mark.usefixtures("ann")
def test_names_each_session_with_128_random_bits(auth: AuthService, login_sessions: Mock) -> None:
    log_in(auth)
    log_in(auth)
    first, second = (call.args[0] for call in login_sessions.add.call_args_list)
    assert first != second
    assert re.fullmatch("[0-9a-f]{32}", first)


@pytest.mark.usefixtures("ann")
def test_verifies_before_it_begins_the_session_in_one_transaction(
    auth: AuthService, transaction: RecordingTransaction
) -> None:
    log_in(auth)
    assert transaction.log == [
        "credentials.verify",
        "begin",
        "credentials.lock",
        "login_sessions.delete_expired",
        "login_sessions.delete_oldest",
        "login_sessions.add",
        "commit",
    ]


@pytest.mark.usefixtures("ann")
def test_asks_for_this_address_password_and_ip(auth: AuthService, credentials: Mock) -> None:
    log_in(auth)
    credentials.verify.assert_called_once_with("ann@example.com", "right", IP)


@pytest.mark.usefixtures("ann")
def test_locks_the_account_that_it_has_verified(auth: AuthService, credentials: Mock) -> None:
    log_in(auth)
    credentials.lock.assert_called_once_with(VERIFIED)


@pytest.mark.usefixtures("ann")
def test_keeps_fifty_sessions_of_the_user_this_one_included(
    auth: AuthService, login_sessions: Mock
) -> None:
    log_in(auth)
    login_sessions.delete_oldest.assert_called_once_with(7, NOW, keep=49)


@pytest.mark.usefixtures("ann")
def test_deletes_sessions_that_have_expired(auth: AuthService, login_sessions: Mock) -> None:
    log_in(auth)
    login_sessions.delete_expired.assert_called_once_with(NOW)


def test_refuses_wrong_credentials(auth: AuthService, credentials: Mock) -> None:
    credentials.verify.return_value = None
    with pytest.raises(NotAuthenticated, match=r"The address or the password is wrong."):
        log_in(auth)


def test_wrong_credentials_are_no_bad_token(auth: AuthService, credentials: Mock) -> None:
    credentials.verify.return_value = None
    with pytest.raises(NotAuthenticated) as refusal:
        log_in(auth)
    assert not isinstance(refusal.value, BadToken)


def test_writes_nothing_for_wrong_credentials(
    auth: AuthService, credentials: Mock, transaction: RecordingTransaction
) -> None:
    credentials.verify.return_value = None
    with pytest.raises(NotAuthenticated):
        log_in(auth)
    assert transaction.log == ["credentials.verify"]


def test_hands_on_that_there_were_too_many_attempts(
    auth: AuthService, credentials: Mock, transaction: RecordingTransaction
) -> None:
    credentials.verify.side_effect = TooManyAttempts(42)
    with pytest.raises(TooManyAttempts):
        log_in(auth)
    assert transaction.committed == []


@pytest.mark.usefixtures("ann")
def test_refuses_a_password_that_was_right_until_a_moment_ago(
    auth: AuthService, credentials: Mock, transaction: RecordingTransaction
) -> None:
    credentials.lock.return_value = None
    with pytest.raises(NotAuthenticated, match=r"The address or the password is wrong."):
        log_in(auth)
    assert transaction.log == ["credentials.verify", "begin", "credentials.lock", "roll back"]
