"""User accounts: registration, profile, password and deletion."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from dao.base import Duplicate, MissingReference
from dao.favorite import FavoriteDAO
from dao.login_session import LoginSessionDAO
from dao.user import Account, UserDAO
from helpers import logs
from helpers.passwords import Passwords
from helpers.tokens import Claims
from service.caller import CallerLock
from service.credentials import CredentialsService, Verified, check_new_password
from service.errors import BadToken, Conflict, InvalidInput, TooManyAttempts
from service.rate_limit import RateLimitService


@dataclass(frozen=True)
class UserService:
    _users: UserDAO
    _login_sessions: LoginSessionDAO
    _favorites: FavoriteDAO
    _rate_limits: RateLimitService
    _credentials: CredentialsService
    _passwords: Passwords
    _lock_caller: CallerLock
    _transaction: Callable[[], AbstractContextManager[None]]

    def register(self, email: str, password: str, ip: str) -> Account:
        """Create an account.

        Raises InvalidInput for a password that is easily guessed, Conflict when the e-mail is
        already registered, and TooManyAttempts.
        """
        check_new_password("password", password, email)
        with self._transaction():
            wait = self._rate_limits.count_registration(ip)
        if wait:
            logs.write("registration throttled")
            raise TooManyAttempts(wait)
        password_hash = self._passwords.hash(password)
        with self._transaction():
            try:
                user = self._users.add(email, password_hash)
            except Duplicate as error:
                raise Conflict("This address is registered already.") from error
        logs.write("registered", user_id=user.id)
        return user

    def get(self, user_id: int) -> Account:
        """Return the account. Raises BadToken if it was deleted after the token was checked."""
        user = self._users.get(user_id)
        if user is None:
            raise BadToken("This account does not exist any more.")
        return user

    def is_registered(self, email: str) -> bool:
        """Return whether an account has this e-mail address."""
        return self._users.find_by_email(email) is not None

    def update(self, caller: Claims, changes: dict[str, str | int | None]) -> Account:
        """Change any of `name`, `surname` and `favorite_genre_id`; None clears a field.

        Raises InvalidInput for an unknown genre, and BadToken when the caller's session has ended.
        """
        if not changes:
            return self.get(caller.user_id)
        with self._transaction():
            self._lock_caller(caller)
            try:
                return self._users.update(caller.user_id, **changes)
            except MissingReference as error:
                raise InvalidInput({"favorite_genre": ["There is no such genre."]}) from error

    def change_password(
        self, caller: Claims, old_password: str, new_password: str, ip: str
    ) -> None:
        """Set a new password and end the account's other sessions.

        Raises InvalidInput when the old password is wrong or the new one is easily guessed,
        BadToken when the caller's session has ended or the password was changed in the meantime,
        and TooManyAttempts.
        """
        email = self.get(caller.user_id).email
        check_new_password("new_password", new_password, email)
        verified = self._verify(caller, "old_password", email, old_password, ip)
        new_hash = self._passwords.hash(new_password)
        with self._transaction():
            user = self._lock_caller(caller)
            self._check_unchanged(verified, user)
            self._users.update(caller.user_id, password_hash=new_hash)
            self._login_sessions.delete_others(caller.session_id, caller.user_id)
        logs.write("password changed", user_id=caller.user_id)

    def delete(self, caller: Claims, password: str, ip: str) -> None:
        """Delete the account with its sessions and favorites.

        Raises InvalidInput when the password is wrong, BadToken when the caller's session has ended
        or the password was changed in the meantime, and TooManyAttempts.
        """
        user_id = caller.user_id
        verified = self._verify(caller, "password", self.get(user_id).email, password, ip)
        with self._transaction():
            user = self._lock_caller(caller, for_deletion=True)
            self._check_unchanged(verified, user)
            self._favorites.delete_all(user_id)
            self._users.delete(user_id)
        logs.write("account deleted", user_id=user_id)

    def _verify(self, caller: Claims, field: str, email: str, password: str, ip: str) -> Verified:
        verified = self._credentials.verify(email, password, ip)
        if verified is None:
            with self._transaction():  # If the session has ended, that is the error to raise.
                self._lock_caller(caller)
            raise InvalidInput({field: ["The password is wrong."]})
        return verified

    def _check_unchanged(self, verified: Verified, user: Account) -> None:
        if not self._credentials.confirm(verified, user):
            raise BadToken("The password was changed a moment ago. Sign in again.")
