"""Limits on guessing: how often a password may be tried, and an account made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from dao.login_session import LoginSessionDAO
from dao.rate_limit import RateLimitDAO


@dataclass(frozen=True)
class Limit:
    """So many attempts in so many seconds."""

    hits: int
    seconds: int


@dataclass(frozen=True)
class Limits:
    """The limits; None is no limit.

    `pair` holds for one address tried from one IP, `ip` for all that one IP tries, `address` for
    one address from everywhere, `registration` for the accounts that one IP makes.
    """

    pair: Limit | None
    ip: Limit | None
    address: Limit | None
    registration: Limit | None


class RateLimitService:
    """Counts in the database, so that limits hold across processes and restarts.

    Its methods work inside the transaction of their caller, which has to commit also when the
    answer is no. `clock` gives whole seconds since the epoch.
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
        """Count one try of a password.

        Returns None, or the seconds to wait where it is one too many. The first limit that
        refuses ends the counting: who is refused as a pair does not use up the address for others.
        Where somebody is signed in to the account, others cannot lock them out.
        """
        now = self._clock()
        wait = self._count(self._limits.pair, ("pair", email, ip), now)
        if wait is None:
            wait = self._count(self._limits.ip, ("ip", ip), now)
        if wait is None and not self._login_sessions.is_signed_in_from(email, ip, now):
            wait = self._count(self._limits.address, ("address", email), now)
        # Last: two that first deleted each other's windows would wait for each other to count.
        self._rate_limits.delete_expired(now)
        return wait

    def count_registration(self, ip: str) -> int | None:
        """Count one account that is to be made; returns as `count_login` does."""
        return self._count(self._limits.registration, ("registration", ip), self._clock())

    def forgive(self, email: str, ip: str) -> None:
        """Forget what this address was tried from this IP: the right password has come."""
        self._rate_limits.delete(_key("pair", email, ip))

    def _count(self, limit: Limit | None, subject: tuple[str, ...], now: int) -> int | None:
        if limit is None:
            return None
        hits, expires_at = self._rate_limits.count(_key(*subject), now, limit.seconds)
        return expires_at - now if hits > limit.hits else None


def _key(*subject: str) -> str:
    # Whatever was typed as an address, the table does not keep it.
    return hashlib.sha256("\0".join(subject).encode()).hexdigest()
