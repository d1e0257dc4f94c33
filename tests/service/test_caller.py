"""The check at the beginning of each write that the caller's session is still live."""

from unittest.mock import Mock, call

import pytest

from dao.login_session import LockedOwner
from service.caller import CallerLock
from service.errors import BadToken
from tests.service.doubles import CALLER, NOW, SESSION, Clock
from tests.support.builders import an_account

ANN = an_account(id=7)


@pytest.fixture
def lock_caller(doubles: Mock, clock: Clock) -> CallerLock:
    """Ann's session expires one second from now."""
    doubles.login_sessions.lock_owner.return_value = LockedOwner(ANN, NOW + 1)
    return CallerLock(doubles.login_sessions, clock)


@pytest.mark.parametrize("for_deletion", [False, True])
def test_locks_the_account_of_a_live_session(
    lock_caller: CallerLock, doubles: Mock, for_deletion: bool
) -> None:
    assert lock_caller(CALLER, for_deletion=for_deletion) is ANN
    locked = call.login_sessions.lock_owner(SESSION, 7, for_deletion=for_deletion)
    assert doubles.mock_calls == [locked]


def test_refuses_a_session_that_is_gone(lock_caller: CallerLock, doubles: Mock) -> None:
    doubles.login_sessions.lock_owner.return_value = None
    with pytest.raises(BadToken, match=r"^The session has ended. Sign in again.$"):
        lock_caller(CALLER)


def test_refuses_a_session_that_expires_while_the_lock_is_waited_for(
    lock_caller: CallerLock, doubles: Mock, clock: Clock
) -> None:
    def wait(*_: object, **__: object) -> LockedOwner:
        clock.now += 1
        return LockedOwner(ANN, NOW + 1)

    doubles.login_sessions.lock_owner.side_effect = wait
    with pytest.raises(BadToken):
        lock_caller(CALLER)
