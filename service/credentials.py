"""Verifying passwords, and rules for new ones."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from constants import MIN_PASSWORD_GUESSES, PRODUCT_NAMES
from dao.user import Account, UserDAO
from helpers import logs
from helpers.password_guesses import guesses
from helpers.passwords import Passwords
from helpers.text import visible_text
from service.errors import InvalidInput, TooManyAttempts
from service.rate_limit import RateLimitService


@dataclass(frozen=True)
class Verified:
    """An account as it was when its password was verified, and the IP address of the client."""

    account: Account
    ip: str


@dataclass(frozen=True)
class CredentialsService:
    """The only way to verify a client's password. Every attempt is counted before hashing."""

    _users: UserDAO
    _rate_limits: RateLimitService
    _passwords: Passwords
    _transaction: Callable[[], AbstractContextManager[None]]

    def verify(self, email: str, password: str, ip: str) -> Verified | None:
        """Return the account, or None when the e-mail or the password is wrong.

        An unknown e-mail takes as long as a wrong password. Raises TooManyAttempts.
        """
        with self._transaction():
            wait = self._rate_limits.count_login(email, ip)
            user = self._users.find_by_email(email)
        user_id, password_hash = (user.id, user.password_hash) if user else (None, None)
        # Raised after the transaction, so that the count of this attempt is committed.
        if wait:
            logs.write("password throttled", user_id=user_id)
            raise TooManyAttempts(wait)
        # Hashing is slow, and must not hold the locks of a transaction.
        is_right = self._passwords.verify(password, password_hash)
        if user and is_right and (account := self._renewed(user, password)):
            return Verified(account, ip)
        logs.write("password refused", user_id=user_id)
        return None

    def lock(self, verified: Verified) -> bool:
        """Lock the account in the current transaction; return whether it is still as verified."""
        return self.confirm(verified, self._users.lock(verified.account.id))

    def confirm(self, verified: Verified, locked: Account | None) -> bool:
        """Return whether the account still exists and has the verified password.

        If so, the failed attempts are reset.
        """
        if locked is None or locked.password_hash != verified.account.password_hash:
            logs.write("password refused", user_id=verified.account.id)
            return False
        self._rate_limits.forgive(verified.account.email, verified.ip)
        return True

    def _renewed(self, user: Account, password: str) -> Account | None:
        """Return the account, after replacing a hash that has outdated parameters.

        Returns None if the password was changed in the meantime. If a concurrent login has already
        replaced the hash, that one is kept.
        """
        if not self._passwords.needs_rehash(user.password_hash):
            return user
        new_hash = self._passwords.hash(password)
        with self._transaction():
            locked = self._users.lock(user.id)
            if locked is None:
                return None
            if locked.password_hash == user.password_hash:
                return self._users.update(user.id, password_hash=new_hash)
        return locked if self._passwords.verify(password, locked.password_hash) else None


def check_new_password(field: str, password: str, email: str) -> None:
    """Raise InvalidInput for passwords guessed first (NIST SP 800-63B-4, section 3.1.1.2)."""
    folded = visible_text(password).casefold()
    if not folded:
        reason = "The password must have a visible character."
    elif guesses(password) < MIN_PASSWORD_GUESSES:
        reason = "This password is one of the first that are guessed."
    elif folded in (email, email.rpartition("@")[0]):
        reason = "The password must not be your address."
    elif folded in PRODUCT_NAMES:
        reason = "The password must not be the name of this service."
    else:
        return
    raise InvalidInput({field: [reason]})
