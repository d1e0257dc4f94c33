"""Rate limits of logins and registrations."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dao.login_session import LoginSessionDAO
from dao.rate_limit import RateLimitDAO
from helpers.settings import Rate


@dataclass(frozen=True)
class Limits:
    """The rate limits; None means no limit.

    `pair` limits login attempts for one e-mail from one IP address, `ip` all attempts from one IP
    address, `email` all attempts for one e-mail, and `registration` new accounts from one IP
    address.
    """

    pair: Rate | None
    ip: Rate | None
    email: Rate | None
    registration: Rate | None


@dataclass(frozen=True)
class RateLimitService:
    """Counts attempts in the database, so that limits survive restarts and span processes.

    Its methods run in the caller's transaction, which must commit even when an attempt is refused.
    `clock` returns whole seconds since the epoch.
    """

    _rate_limits: RateLimitDAO
    _login_sessions: LoginSessionDAO
    _limits: Limits
    _clock: Callable[[], int]

    def count_login(self, email: str, ip: str) -> int | None:
        """Count one attempt to verify a password.

        Returns None, or the seconds to wait if a limit is exceeded. Counting ends at the first
        exceeded limit, so an attempt that is refused for its pair does not use up the limit of the
        e-mail. That limit does not apply to an IP address with a live session of the account, so
        strangers cannot lock its user out.
        """
        now = self._clock()
        limits = {_key("pair", email, ip): self._limits.pair, _key("ip", ip): self._limits.ip}
        if not self._login_sessions.is_signed_in_from(email, ip, now):
            limits[_key("address", email)] = self._limits.email
        return self._count(limits, now)

    def count_registration(self, ip: str) -> int | None:
        """Count one new account. Returns the same as `count_login`."""
        return self._count({_key("registration", ip): self._limits.registration}, self._clock())

    def forgive(self, email: str, ip: str) -> None:
        """Reset the attempts of this pair after a right password."""
        self._rate_limits.delete(_key("pair", email, ip))

    def _count(self, limit_of: Mapping[str, Rate | None], now: int) -> int | None:
        limits = {key: limit for key, limit in limit_of.items() if limit is not None}
        # An attempt over a limit is refused before anything is written.
        counts = self._rate_limits.find(list(limits), now)
        for key, limit in limits.items():
            if key in counts and counts[key].hits >= limit.hits:
                return counts[key].expires_at - now
        for key, limit in limits.items():
            hits, expires_at = self._rate_limits.count(key, now, limit.seconds)
            if hits > limit.hits:  # Concurrent attempts were counted first.
                return expires_at - now
        # Last: two attempts that began by deleting each other's windows would deadlock.
        self._rate_limits.delete_expired(now)
        return None


def _key(*subject: str) -> str:
    # Hashed, so that the table has no e-mails, nor anything else typed into that field.
    return hashlib.sha256("\0".join(subject).encode()).hexdigest()
