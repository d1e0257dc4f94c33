"""Whether a password is right, and whether it may be chosen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from constants import PRODUCT_NAMES
from dao.models import User
from dao.user import UserDAO
from helpers import logs
from helpers.common_passwords import is_common
from helpers.passwords import Passwords
from service.attempts import AttemptsService
from service.errors import InvalidInput, TooManyAttempts


class CredentialsService:
    """The one way to verify a password: every try is counted, before anything is hashed."""

    def __init__(
        self,
        users: UserDAO,
        attempts: AttemptsService,
        passwords: Passwords,
        transaction: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._users = users
        self._attempts = attempts
        self._passwords = passwords
        self._transaction = transaction

    def verify(self, email: str, password: str, ip: str) -> User | None:
        """Return the account if the password is right, else None.

        An address that nobody has takes the same time. Raises TooManyAttempts.
        """
        with self._transaction():
            wait = self._attempts.count_login(email, ip)
            user = None if wait else self._users.find_by_email(email)
        # Outside, so that the attempt stays counted although it is refused.
        if wait:
            logs.write("login throttled", ip=ip)
            raise TooManyAttempts(wait)
        # Outside too: it takes its time, which no lock should last.
        is_right = self._passwords.verify(password, user.password_hash if user else None)
        return user if is_right else None


def check_new_password(field: str, password: str, email: str) -> None:
    """Refuse what is guessed first (NIST SP 800-63B-4, section 3.1.1.2). Raises InvalidInput."""
    folded = password.casefold()
    if is_common(folded):
        reason = "This is one of the most common passwords."
    elif folded in (email, email.rpartition("@")[0]):
        reason = "The password must not be your address."
    elif folded in PRODUCT_NAMES:
        reason = "The password must not be the name of this service."
    else:
        return
    raise InvalidInput({field: [reason]})
