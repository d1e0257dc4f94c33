"""Being signed in, and signing out."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from dao.login_session import SessionState
from helpers.tokens import Claims, Tokens
from service.auth import AuthService
from service.errors import BadToken
from tests.service.doubles import Clock, RecordingTransaction

NOW = 1_700_000_000
SESSION = "0123456789abcdef0123456789abcdef"


def test_knows_the_caller_by_a_live_session(
    auth: AuthService, login_sessions: Mock, tokens: Tokens
) -> None:
    pair = tokens.issue(7, SESSION, 0, now=NOW, session_end=NOW + 7_000)
    login_sessions.get.return_value = SessionState(0, NOW, NOW + 7_000)
    assert auth.authenticate(pair.access_token) == Claims(7, SESSION, 0)
    login_sessions.get.assert_called_once_with(SESSION, 7, NOW)


def test_knows_the_caller_without_a_transaction_that_writes(
    auth: AuthService, tokens: Tokens, transaction: RecordingTransaction
) -> None:
    pair = tokens.issue(7, SESSION, 0, now=NOW, session_end=NOW + 7_000)
    auth.authenticate(pair.access_token)
    assert transaction.log == ["login_sessions.get"]


def test_does_not_know_a_caller_whose_session_has_ended(
    auth: AuthService, login_sessions: Mock, tokens: Tokens
) -> None:
    pair = tokens.issue(7, SESSION, 0, now=NOW, session_end=NOW + 7_000)
    login_sessions.get.return_value = None
    with pytest.raises(BadToken):
        auth.authenticate(pair.access_token)


def test_does_not_know_a_caller_whose_token_has_expired(
    auth: AuthService, tokens: Tokens, clock: Clock
) -> None:
    pair = tokens.issue(7, SESSION, 0, now=NOW, session_end=NOW + 7_000)
    clock.now = NOW + 900
    with pytest.raises(BadToken):
        auth.authenticate(pair.access_token)


def test_does_not_ask_the_database_about_a_bad_token(
    auth: AuthService, tokens: Tokens, transaction: RecordingTransaction
) -> None:
    pair = tokens.issue(7, SESSION, 0, now=NOW, session_end=NOW + 7_000)
    for bad in ("", "undefined", pair.refresh_token):
        with pytest.raises(BadToken):
            auth.authenticate(bad)
    assert transaction.log == []


def test_logging_out_ends_the_session_of_the_caller(
    auth: AuthService, login_sessions: Mock, transaction: RecordingTransaction
) -> None:
    auth.log_out(Claims(7, SESSION, 0))
    login_sessions.delete.assert_called_once_with(SESSION, 7)
    assert transaction.committed == ["login_sessions.delete"]
