"""Exchanging a pair of tokens for a new one."""

from __future__ import annotations

from unittest.mock import Mock, call

import jwt
import pytest

from dao.login_session import SessionState
from helpers.tokens import Claims, TokenPair, Tokens
from service.auth import AuthService
from service.errors import BadToken
from tests.service.doubles import Clock, Logged

NOW = 1_700_000_000
SESSION, ANOTHER = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
END = NOW + 7_000
BAD_PAIR = "^The tokens are not valid, or their session has ended. Sign in again.$"
ROTATE = call.login_sessions.rotate(SESSION, 7, 3, NOW, idle_seconds=7_000, total_seconds=30_000)
GET = call.login_sessions.get(SESSION, 7, NOW)


@pytest.fixture
def pair(tokens: Tokens) -> TokenPair:
    """A pair of the third generation of the session of the user 7."""
    return tokens.issue(7, SESSION, 3, now=NOW, session_end=END)


def refresh(auth: AuthService, pair: TokenPair) -> TokenPair:
    return auth.refresh(pair.access_token, pair.refresh_token)


def spent(login_sessions: Mock, state: SessionState | None) -> None:
    """Let the refresh token have been used before, which has brought the session here."""
    login_sessions.rotate.return_value = None
    login_sessions.get.return_value = state
    login_sessions.delete.return_value = True


def expiry(token: str) -> int:
    exp: int = jwt.decode(token, options={"verify_signature": False})["exp"]
    return exp


def test_gives_a_pair_of_the_next_generation(
    auth: AuthService, login_sessions: Mock, tokens: Tokens, pair: TokenPair
) -> None:
    login_sessions.rotate.return_value = SessionState(4, NOW, END)
    new = refresh(auth, pair)
    assert tokens.read(new.access_token, "access", NOW) == Claims(7, SESSION, 0)
    assert tokens.read(new.refresh_token, "refresh", NOW) == Claims(7, SESSION, 4)


def test_the_new_pair_lasts_no_longer_than_the_session_does_now(
    auth: AuthService, login_sessions: Mock, pair: TokenPair
) -> None:
    login_sessions.rotate.return_value = SessionState(4, NOW, NOW + 500)
    new = refresh(auth, pair)
    assert (expiry(new.access_token), expiry(new.refresh_token)) == (NOW + 500, NOW + 500)


def test_rotates_the_session_of_the_refresh_token_and_writes_nothing_else(
    auth: AuthService, login_sessions: Mock, pair: TokenPair, calls: Mock
) -> None:
    login_sessions.rotate.return_value = SessionState(4, NOW, END)
    refresh(auth, pair)
    assert calls.mock_calls == [call.begin(), ROTATE, call.commit()]


def test_forgives_that_the_access_token_has_expired(
    auth: AuthService, login_sessions: Mock, tokens: Tokens, pair: TokenPair, clock: Clock
) -> None:
    clock.now = NOW + 6_999
    login_sessions.rotate.return_value = SessionState(4, clock.now, clock.now + 7_000)
    new = refresh(auth, pair)
    assert tokens.read(new.refresh_token, "refresh", clock.now) == Claims(7, SESSION, 4)


@pytest.mark.parametrize("seconds", [0, 10])
def test_gives_the_current_generation_to_a_parent_within_the_grace_and_writes_nothing(
    auth: AuthService,
    login_sessions: Mock,
    tokens: Tokens,
    pair: TokenPair,
    calls: Mock,
    seconds: int,
) -> None:
    spent(login_sessions, SessionState(4, NOW - seconds, END))
    new = refresh(auth, pair)
    assert tokens.read(new.refresh_token, "refresh", NOW) == Claims(7, SESSION, 4)
    assert calls.mock_calls == [call.begin(), ROTATE, GET, call.commit()]


@pytest.mark.parametrize(
    "state",
    [SessionState(4, NOW - 11, END), SessionState(5, NOW, END), SessionState(9, NOW, END), None],
    ids=["parent, a second late", "grandparent", "older ancestor", "session gone"],
)
def test_ends_the_session_of_a_token_that_was_used_before_although_it_refuses(
    auth: AuthService,
    login_sessions: Mock,
    pair: TokenPair,
    calls: Mock,
    state: SessionState | None,
) -> None:
    spent(login_sessions, state)
    with pytest.raises(BadToken, match=BAD_PAIR):
        refresh(auth, pair)
    ended = call.login_sessions.delete(SESSION, 7)
    assert calls.mock_calls == [call.begin(), ROTATE, GET, ended, call.commit()]


@pytest.mark.parametrize(
    ("was_there", "event"), [(True, "refresh replayed"), (False, "refresh refused")]
)
def test_logs_whose_session_it_has_ended_and_no_token(
    auth: AuthService,
    login_sessions: Mock,
    pair: TokenPair,
    logged: Logged,
    was_there: bool,
    event: str,
) -> None:
    spent(login_sessions, None)
    login_sessions.delete.return_value = was_there
    with pytest.raises(BadToken):
        refresh(auth, pair)
    assert logged() == [{"event": event, "user_id": 7}]


@pytest.mark.parametrize(
    ("access", "refreshing"),
    [
        ("{theirs.access_token}", "{ours.refresh_token}"),
        ("{other.access_token}", "{ours.refresh_token}"),
        ("{ours.access_token}", "{expired.refresh_token}"),
        ("{ours.access_token}", "{ours.access_token}"),
        ("{ours.refresh_token}", "{ours.refresh_token}"),
        ("{ours.refresh_token}", "{ours.access_token}"),
        ("{ours.access_token}", "undefined"),
        ("undefined", "{ours.refresh_token}"),
    ],
)
def test_refuses_a_pair_that_is_none_and_writes_nothing(
    auth: AuthService, tokens: Tokens, pair: TokenPair, calls: Mock, access: str, refreshing: str
) -> None:
    pairs = {
        "ours": pair,
        "theirs": tokens.issue(8, SESSION, 3, now=NOW, session_end=END),
        "other": tokens.issue(7, ANOTHER, 3, now=NOW, session_end=END),
        "expired": tokens.issue(7, SESSION, 3, now=NOW - 7_000, session_end=NOW),
    }
    with pytest.raises(BadToken, match=BAD_PAIR):
        auth.refresh(access.format(**pairs), refreshing.format(**pairs))
    assert calls.mock_calls == []
