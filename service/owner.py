"""Management of accounts by the owner of the server, from the terminal."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from dao.base import Duplicate
from dao.favorite import FavoriteDAO
from dao.login_session import LoginSessionDAO
from dao.user import Account, UserDAO
from helpers import logs
from helpers.passwords import Passwords
from service.credentials import check_new_password
from service.errors import NotFound


@dataclass(frozen=True)
class OwnerService:
    """Checks no login session and no password: the terminal gives access to the database anyway."""

    _users: UserDAO
    _login_sessions: LoginSessionDAO
    _favorites: FavoriteDAO
    _passwords: Passwords
    _transaction: Callable[[], AbstractContextManager[None]]

    def emails(self) -> Iterator[str]:
        """Yield the e-mail addresses of all accounts in order."""
        return self._users.emails()

    def set_password(self, email: str, password: str) -> None:
        """Set a password, and end all login sessions of the account.

        Raises NotFound, and InvalidInput for a password that is easily guessed.
        """
        check_new_password("password", password, email)
        password_hash = self._passwords.hash(password)
        with self._transaction():
            user = self._lock(email)
            self._users.update(user.id, password_hash=password_hash)
            self._login_sessions.delete_all(user.id)
        logs.write("password changed", user_id=user.id)

    def delete(self, email: str) -> None:
        """Delete an account with its sessions and favorites. Raises NotFound."""
        with self._transaction():
            user = self._lock(email)
            self._favorites.delete_all(user.id)
            self._users.delete(user.id)
        logs.write("account deleted", user_id=user.id)

    def restore(self, email: str, password: str) -> None:
        """Create the account, or give it this password again if it has another one."""
        user = self._users.find_by_email(email)
        if user is not None and self._passwords.verify(password, user.password_hash):
            return
        try:
            with self._transaction():
                self._users.add(email, self._passwords.hash(password))
        except Duplicate:
            self.set_password(email, password)

    def _lock(self, email: str) -> Account:
        found = self._users.find_by_email(email)
        user = self._users.lock(found.id) if found else None
        if user is None:
            raise NotFound("There is no account with this e-mail address.")
        return user
