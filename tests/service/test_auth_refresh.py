"""Exchanging a pair of tokens for a new one."""

from unittest.mock import Mock, call

import pytest

from dao.login_session import SessionState
from helpers.tokens import Claims, InvalidToken, TokenPair
from service.auth import AuthService
from service.errors import BadToken
from tests.service.doubles import NOW, SESSION, TOKENS, Clock, Logged

END = NOW + 5_000  # An old session, which ends before its idle timeout.
BAD_PAIR = "^The tokens are not valid, or their session has ended. Sign in again.$"

# Pairs of generation 3: of a session of user 7, of another session of that user, and of another
# user. The first pair's access token has expired.
PAIR = TOKENS.issue(7, SESSION, 3, now=NOW - 900, session_end=END)
ANOTHER = TOKENS.issue(7, SESSION[::-1], 3, now=NOW, session_end=END)
THEIRS = TOKENS.issue(8, SESSION, 3, now=NOW, session_end=END)
ROTATE = call.login_sessions.rotate(SESSION, 7, 3, NOW, idle_seconds=7_000, total_seconds=30_000)
GET = call.login_sessions.get(SESSION, 7, NOW)
DELETE = call.login_sessions.delete(SESSION, 7)


def refresh(auth: AuthService) -> TokenPair:
    return auth.refresh(PAIR.access_token, PAIR.refresh_token)


def spent(doubles: Mock, state: SessionState | None) -> None:
    """The refresh token has been used before, and the session is now in this state."""
    doubles.login_sessions.rotate.return_value = None
    doubles.login_sessions.get.return_value = state
    doubles.login_sessions.delete.return_value = True


def test_gives_a_pair_of_the_next_generation(auth: AuthService, doubles: Mock) -> None:
    doubles.login_sessions.rotate.return_value = SessionState(4, NOW, END)
    new = refresh(auth)
    assert TOKENS.read(new.access_token, "access", NOW) == Claims(7, SESSION, 0)
    assert TOKENS.read(new.refresh_token, "refresh", END - 1) == Claims(7, SESSION, 4)
    with pytest.raises(InvalidToken):
        TOKENS.read(new.refresh_token, "refresh", END)
    assert doubles.mock_calls == [call.begin(), ROTATE, call.commit()]


@pytest.mark.parametrize("was_used", [False, True])
def test_refuses_and_writes_nothing_where_the_session_has_ended_while_a_lock_was_waited_for(
    auth: AuthService, doubles: Mock, clock: Clock, was_used: bool
) -> None:
    state = SessionState(4, NOW, END)
    spent(doubles, state)

    def rotate(*_: object, **__: object) -> SessionState | None:
        clock.now = END
        return None if was_used else state

    doubles.login_sessions.rotate.side_effect = rotate
    with pytest.raises(BadToken, match=BAD_PAIR):
        refresh(auth)
    assert doubles.mock_calls[-1] == call.roll_back()


@pytest.mark.parametrize("seconds", [0, 10])
def test_gives_the_current_generation_to_its_parent(
    auth: AuthService, doubles: Mock, seconds: int
) -> None:
    spent(doubles, SessionState(4, NOW - seconds, END))
    assert TOKENS.read(refresh(auth).refresh_token, "refresh", NOW) == Claims(7, SESSION, 4)
    assert doubles.mock_calls == [call.begin(), ROTATE, GET, call.commit()]


@pytest.mark.parametrize(
    "state",
    [SessionState(4, NOW - 11, END), SessionState(5, NOW, END), None],
    ids=["parent, a second late", "grandparent", "session gone"],
)
def test_ends_the_session_of_a_token_that_was_used_before_although_it_refuses(
    auth: AuthService, doubles: Mock, state: SessionState | None
) -> None:
    spent(doubles, state)
    with pytest.raises(BadToken, match=BAD_PAIR):
        refresh(auth)
    assert doubles.mock_calls == [call.begin(), ROTATE, GET, DELETE, call.commit()]


@pytest.mark.parametrize(
    ("was_there", "event"), [(True, "refresh replayed"), (False, "refresh refused")]
)
def test_logs_whose_session_it_has_ended_and_no_token(
    auth: AuthService, doubles: Mock, logged: Logged, was_there: bool, event: str
) -> None:
    spent(doubles, None)
    doubles.login_sessions.delete.return_value = was_there
    with pytest.raises(BadToken):
        refresh(auth)
    assert logged() == [{"event": event, "user_id": 7}]


@pytest.mark.parametrize(
    "tokens",
    [
        (THEIRS.access_token, PAIR.refresh_token),
        (ANOTHER.access_token, PAIR.refresh_token),
        ("undefined", PAIR.refresh_token),
    ],
    ids=["two users", "two sessions", "no token"],
)
def test_does_not_ask_the_database_about_what_is_no_pair(
    auth: AuthService, doubles: Mock, tokens: tuple[str, str]
) -> None:
    with pytest.raises(BadToken, match=BAD_PAIR):
        auth.refresh(*tokens)
    assert doubles.mock_calls == []
