"""Limits on attempts to log in and on new accounts."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dao.login_session import LoginSessionDAO
from dao.rate_limit import RateLimitDAO
from helpers.settings import Rate


@dataclass(frozen=True)
class Limits:
    """The limits of the service; None stands for no limit.

    `pair` limits attempts to log in with one e-mail from one IP address, `ip` all attempts from
    one IP address, `email` all attempts with one e-mail, and `registration` the accounts created
    from one IP address.
    """

    pair: Rate | None
    ip: Rate | None
    email: Rate | None
    registration: Rate | None


@dataclass(frozen=True)
class RateLimitService:
    """Counts attempts in the database, so that limits survive restarts and span processes.

    Its methods run inside the caller's transaction, which has to commit even when an attempt is
    refused. `clock` returns whole seconds since the epoch.
    """

    _rate_limits: RateLimitDAO
    _login_sessions: LoginSessionDAO
    _limits: Limits
    _clock: Callable[[], int]

    def count_login(self, email: str, ip: str) -> int | None:
        """Count one attempt to verify a password.

        Returns None, or the seconds to wait when it is one too many. The first limit that refuses
        ends the counting, so attempts that are refused for their pair do not use up the e-mail for
        others. A client that the account is signed in from cannot be locked out by others.
        """
        now = self._clock()
        limits = {_key("pair", email, ip): self._limits.pair, _key("ip", ip): self._limits.ip}
        if not self._login_sessions.is_signed_in_from(email, ip, now):
            limits[_key("address", email)] = self._limits.email
        return self._count(limits, now)

    def count_registration(self, ip: str) -> int | None:
        """Count one account that is to be made; returns as `count_login` does."""
        return self._count({_key("registration", ip): self._limits.registration}, self._clock())

    def forgive(self, email: str, ip: str) -> None:
        """Forget the attempts of this pair: the right password has come."""
        self._rate_limits.delete(_key("pair", email, ip))

    def _count(self, limit_of: Mapping[str, Rate | None], now: int) -> int | None:
        limits = {key: limit for key, limit in limit_of.items() if limit is not None}
        # Whoever is over a limit already is refused before anything is written.
        counts = self._rate_limits.find(list(limits), now)
        for key, limit in limits.items():
            if key in counts and counts[key].hits >= limit.hits:
                return counts[key].expires_at - now
        for key, limit in limits.items():
            hits, expires_at = self._rate_limits.count(key, now, limit.seconds)
            if hits > limit.hits:  # Concurrent attempts have come to it first.
                return expires_at - now
        # Last: two attempts that first deleted each other's windows would wait for each other.
        self._rate_limits.delete_expired(now)
        return None


def _key(*subject: str) -> str:
    # The table keeps no e-mail, whatever was typed as one.
    return hashlib.sha256("\0".join(subject).encode()).hexdigest()
