"""Exchanging a pair of tokens for a new one."""

from __future__ import annotations

from typing import Literal
from unittest.mock import Mock

import pytest

from dao.login_session import SessionState
from helpers.tokens import Claims, InvalidToken, TokenPair, Tokens
from service.auth import AuthService
from service.errors import BadToken
from tests.service.doubles import Clock, Logged, RecordingTransaction

NOW = 1_700_000_000
SESSION = "0123456789abcdef0123456789abcdef"
END = NOW + 7_000
BAD_PAIR = "The tokens are not valid, or their session has ended. Sign in again."


@pytest.fixture
def pair(tokens: Tokens) -> TokenPair:
    """A pair of the third generation of the session of the user 7."""
    return tokens.issue(7, SESSION, 3, now=NOW, session_end=END)


def refresh(auth: AuthService, pair: TokenPair) -> TokenPair:
    return auth.refresh(pair.access_token, pair.refresh_token)


def is_good(tokens: Tokens, token: str, kind: Literal["access", "refresh"], now: int) -> bool:
    try:
        tokens.read(token, kind, now)
    except InvalidToken:
        return False
    return True


def spent(login_sessions: Mock, state: SessionState | None) -> None:
    """Let the refresh token have been used before, which has brought the session here."""
    login_sessions.rotate.return_value = None
    login_sessions.get.return_value = state


def test_gives_a_pair_of_the_next_generation(
    auth: AuthService, login_sessions: Mock, tokens: Tokens, pair: TokenPair
) -> None:
    login_sessions.rotate.return_value = SessionState(4, NOW, END)
    new = refresh(auth, pair)
    assert tokens.read(new.access_token, "access", NOW) == Claims(7, SESSION, 0)
    assert tokens.read(new.refresh_token, "refresh", NOW) == Claims(7, SESSION, 4)


@pytest.mark.parametrize(("seconds", "good"), [(499, True), (500, False)])
def test_the_new_pair_lasts_no_longer_than_the_session_does_now(
    auth: AuthService,
    login_sessions: Mock,
    tokens: Tokens,
    pair: TokenPair,
    seconds: int,
    good: bool,
) -> None:
    login_sessions.rotate.return_value = SessionState(4, NOW, NOW + 500)
    new = refresh(auth, pair)
    assert is_good(tokens, new.access_token, "access", NOW + seconds) is good
    assert is_good(tokens, new.refresh_token, "refresh", NOW + seconds) is good


def test_rotates_the_session_of_the_refresh_token(
    auth: AuthService, login_sessions: Mock, pair: TokenPair
) -> None:
    login_sessions.rotate.return_value = SessionState(4, NOW, END)
    refresh(auth, pair)
    login_sessions.rotate.assert_called_once_with(
        SESSION, 7, 3, NOW, idle_seconds=7_000, total_seconds=30_000
    )


def test_writes_nothing_but_the_rotation(
    auth: AuthService, login_sessions: Mock, pair: TokenPair, transaction: RecordingTransaction
) -> None:
    login_sessions.rotate.return_value = SessionState(4, NOW, END)
    refresh(auth, pair)
    assert transaction.log == ["begin", "login_sessions.rotate", "commit"]


def test_forgives_that_the_access_token_has_expired(
    auth: AuthService, login_sessions: Mock, tokens: Tokens, pair: TokenPair, clock: Clock
) -> None:
    clock.now = NOW + 6_999
    login_sessions.rotate.return_value = SessionState(4, clock.now, clock.now + 7_000)
    new = refresh(auth, pair)
    assert tokens.read(new.refresh_token, "refresh", clock.now) == Claims(7, SESSION, 4)


@pytest.mark.parametrize("seconds", [0, 1, 9, 10])
def test_gives_the_current_generation_to_a_parent_within_the_grace(
    auth: AuthService, login_sessions: Mock, tokens: Tokens, pair: TokenPair, seconds: int
) -> None:
    spent(login_sessions, SessionState(4, NOW - seconds, END))
    new = refresh(auth, pair)
    assert tokens.read(new.refresh_token, "refresh", NOW) == Claims(7, SESSION, 4)


def test_writes_nothing_within_the_grace(
    auth: AuthService, login_sessions: Mock, pair: TokenPair, transaction: RecordingTransaction
) -> None:
    spent(login_sessions, SessionState(4, NOW - 10, END))
    refresh(auth, pair)
    assert transaction.committed == ["login_sessions.rotate", "login_sessions.get"]


REPLAYED = pytest.mark.parametrize(
    "state",
    [
        SessionState(4, NOW - 11, END),
        SessionState(5, NOW, END),
        SessionState(9, NOW, END),
        None,
    ],
    ids=["parent, a second late", "grandparent", "older ancestor", "session gone"],
)


@REPLAYED
def test_refuses_a_token_that_was_used_before(
    auth: AuthService, login_sessions: Mock, pair: TokenPair, state: SessionState | None
) -> None:
    spent(login_sessions, state)
    with pytest.raises(BadToken, match=BAD_PAIR):
        refresh(auth, pair)


@REPLAYED
def test_ends_the_session_of_a_token_that_was_used_before_although_it_refuses(
    auth: AuthService,
    login_sessions: Mock,
    pair: TokenPair,
    transaction: RecordingTransaction,
    state: SessionState | None,
) -> None:
    spent(login_sessions, state)
    with pytest.raises(BadToken):
        refresh(auth, pair)
    login_sessions.delete.assert_called_once_with(SESSION, 7)
    assert transaction.committed == [
        "login_sessions.rotate",
        "login_sessions.get",
        "login_sessions.delete",
    ]


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


def test_refuses_a_pair_of_two_users(
    auth: AuthService, tokens: Tokens, pair: TokenPair, transaction: RecordingTransaction
) -> None:
    theirs = tokens.issue(8, SESSION, 3, now=NOW, session_end=END)
    with pytest.raises(BadToken, match=BAD_PAIR):
        auth.refresh(theirs.access_token, pair.refresh_token)
    assert transaction.log == []


def test_refuses_a_pair_of_two_sessions(
    auth: AuthService, tokens: Tokens, pair: TokenPair, transaction: RecordingTransaction
) -> None:
    other = tokens.issue(7, SESSION[::-1], 3, now=NOW, session_end=END)
    with pytest.raises(BadToken, match=BAD_PAIR):
        auth.refresh(other.access_token, pair.refresh_token)
    assert transaction.log == []


def test_refuses_a_refresh_token_that_has_expired(
    auth: AuthService, pair: TokenPair, clock: Clock, transaction: RecordingTransaction
) -> None:
    clock.now = END
    with pytest.raises(BadToken, match=BAD_PAIR):
        refresh(auth, pair)
    assert transaction.log == []


@pytest.mark.parametrize(
    ("access", "refreshing"),
    [
        ("access_token", "access_token"),
        ("refresh_token", "refresh_token"),
        ("refresh_token", "access_token"),
    ],
)
def test_refuses_tokens_in_each_others_place(
    auth: AuthService,
    pair: TokenPair,
    transaction: RecordingTransaction,
    access: str,
    refreshing: str,
) -> None:
    with pytest.raises(BadToken, match=BAD_PAIR):
        auth.refresh(getattr(pair, access), getattr(pair, refreshing))
    assert transaction.log == []


def test_refuses_a_half_that_is_no_token(
    auth: AuthService, pair: TokenPair, transaction: RecordingTransaction
) -> None:
    for half in ((pair.access_token, "undefined"), ("undefined", pair.refresh_token)):
        with pytest.raises(BadToken, match=BAD_PAIR):
            auth.refresh(*half)
    assert transaction.log == []
