"""The caller of a protected operation, checked once more where it writes."""

from collections.abc import Callable
from dataclasses import dataclass

from dao.login_session import LoginSessionDAO
from dao.user import Account
from helpers.tokens import Claims
from service.errors import BadToken


@dataclass(frozen=True)
class CallerLock:
    """Locks the caller's account on condition that their login session is still live.

    Time passes between the guard and a write: a body arrives slowly, a lock is waited for. So each
    write on behalf of a caller begins with this, inside its transaction. `clock` gives whole
    seconds since the epoch.
    """

    _login_sessions: LoginSessionDAO
    _clock: Callable[[], int]

    def __call__(self, caller: Claims, *, for_deletion: bool = False) -> Account:
        """Return the account, which stays as it is until the transaction ends. Raises BadToken."""
        locked = self._login_sessions.lock_owner(
            caller.session_id, caller.user_id, for_deletion=for_deletion
        )
        # The clock is read now: the lock may have been waited for.
        if locked is None or locked[1] <= self._clock():
            raise BadToken("The session has ended. Sign in again.")
        return locked[0]
