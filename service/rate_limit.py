"""Limits on attempts to log in and on new accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from dao.login_session import LoginSessionDAO
from dao.rate_limit import RateLimitDAO


@dataclass(frozen=True)
class Limit:
    """At most `hits` attempts within `seconds`."""

    hits: int
    seconds: int


@dataclass(frozen=True)
class Limits:
    """The limits of the service; None stands for no limit.

    `pair` limits attempts to log in with one e-mail from one IP address, `ip` all attempts from
    one IP address, `email` all attempts with one e-mail, and `registration` the accounts created
    from one IP address.
    """

    pair: Limit | None
    ip: Limit | None
    email: Limit | None
    registration: Limit | None


class RateLimitService:
    """Counts attempts in the database, so that limits survive restarts and span processes.

    Its methods run inside the caller's transaction, which has to commit even when an attempt is
    refused. `clock` returns whole seconds since the epoch.
    """

    def __init__(
        self,
        rate_limits: RateLimitDAO,
        login_sessions: LoginSessionDAO,
        limits: Limits,
        clock: Callable[[], int],
    ) -> None:
        self._rate_limits = rate_limits
        self._login_sessions = login_sessions
        self._limits = limits
        self._clock = clock

    def count_login(self, email: str, ip: str) -> int | None:
        """Count one attempt to log in; return None, or the seconds to wait if it is refused.

        The first limit that refuses ends the counting, so attempts refused by the limit of a pair
        do not use up the limit of the e-mail. An IP address with a live session of the account is
        exempt from the limit of the e-mail: nobody can lock the owner out from elsewhere.
        """
        now = self._clock()
        wait = self._count(self._limits.pair, ("pair", email, ip), now)
        if wait is None:
            wait = self._count(self._limits.ip, ("ip", ip), now)
        if wait is None and not self._login_sessions.is_signed_in_from(email, ip, now):
            wait = self._count(self._limits.email, ("email", email), now)
        # Expired windows go last: two requests that first deleted each other's windows would then
        # deadlock while counting.
        self._rate_limits.delete_expired(now)
        return wait

    def count_registration(self, ip: str) -> int | None:
        """Count one new account; return None, or the seconds to wait if it is refused."""
        return self._count(self._limits.registration, ("registration", ip), self._clock())

    def forgive(self, email: str, ip: str) -> None:
        """Reset the limit of the pair, once the right password was given."""
        self._rate_limits.delete(_key("pair", email, ip))

    def _count(self, limit: Limit | None, subject: tuple[str, ...], now: int) -> int | None:
        if limit is None:
            return None
        hits, expires_at = self._rate_limits.count(_key(*subject), now, limit.seconds)
        return expires_at - now if hits > limit.hits else None


def _key(*subject: str) -> str:
    # A hash, so that the table holds neither e-mails nor whatever else was typed as one.
    return hashlib.sha256("\0".join(subject).encode()).hexdigest()
