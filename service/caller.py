"""Checks the caller of a protected operation again in the transaction that writes."""

from collections.abc import Callable
from dataclasses import dataclass

from dao.login_session import LoginSessionDAO
from dao.user import Account
from helpers.tokens import Claims
from service.errors import BadToken


@dataclass(frozen=True)
class CallerLock:
    """Locks the caller's account if their login session is still live.

    Each transaction that writes for a caller begins with it, because time passes between the guard
    and the write: a body arrives slowly, or another transaction holds a lock. `clock` returns whole
    seconds since the epoch.
    """

    _login_sessions: LoginSessionDAO
    _clock: Callable[[], int]

    def __call__(self, caller: Claims, *, for_deletion: bool = False) -> Account:
        """Return the account, locked until the transaction ends. Raises BadToken."""
        locked = self._login_sessions.lock_owner(
            caller.session_id, caller.user_id, for_deletion=for_deletion
        )
        # The clock is read after the lock, which may have taken a while.
        if locked is None or locked.session_expires_at <= self._clock():
            raise BadToken("The session has ended. Sign in again.")
        return locked.account
