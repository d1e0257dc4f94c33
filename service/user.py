"""Accounts: registration, profile, password, deletion."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from dao.base import Duplicate, MissingReference
from dao.favorite import FavoriteDAO
from dao.login_session import LoginSessionDAO
from dao.models import User
from dao.user import UserDAO
from helpers.passwords import Passwords
from helpers.tokens import Claims
from service.errors import BadToken, Conflict, InvalidInput


class UserService:
    def __init__(
        self,
        users: UserDAO,
        sessions: LoginSessionDAO,
        favorites: FavoriteDAO,
        passwords: Passwords,
        transaction: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._favorites = favorites
        self._passwords = passwords
        self._transaction = transaction

    def register(self, email: str, password: str) -> User:
        """Create an account. Raises Conflict when the address has one already."""
        password_hash = self._passwords.hash(password)
        with self._transaction():
            try:
                return self._users.add(email, password_hash)
            except Duplicate as error:
                raise Conflict("This address is registered already.") from error

    def get(self, user_id: int) -> User:
        """Return the account. Raises BadToken when it has gone since the caller was checked."""
        return _still_there(self._users.get(user_id))

    def update(self, user_id: int, changes: dict[str, str | int | None]) -> User:
        """Set `name`, `surname` and `favorite_genre_id` as far as they are given; None clears.

        Raises InvalidInput when there is no such genre.
        """
        if not changes:
            return self.get(user_id)
        with self._transaction():
            user = _still_there(self._users.lock(user_id))
            try:
                self._users.update(user, **changes)
            except MissingReference as error:
                raise InvalidInput({"favorite_genre": ["There is no such genre."]}) from error
        return user

    def change_password(self, caller: Claims, old_password: str, new_password: str) -> None:
        """Set a new password and end all other sessions of the account.

        Raises InvalidInput when the old password is wrong, BadToken when the session has ended.
        """
        old_hash = self._verify(caller.user_id, "old_password", old_password)
        new_hash = self._passwords.hash(new_password)
        with self._transaction():
            user = self._lock_unchanged(caller.user_id, old_hash)
            self._users.update(user, password_hash=new_hash)
            self._sessions.delete_others(caller.session_id, caller.user_id)

    def delete(self, user_id: int, password: str) -> None:
        """Delete the account with all that belongs to it.

        Raises InvalidInput when the password is wrong.
        """
        password_hash = self._verify(user_id, "password", password)
        with self._transaction():
            self._lock_unchanged(user_id, password_hash, for_deletion=True)
            self._favorites.delete_all(user_id)
            self._users.delete(user_id)

    def _verify(self, user_id: int, field: str, password: str) -> str:
        """Return the hash that the password was verified against."""
        with self._transaction():
            password_hash = self.get(user_id).password_hash
        if not self._passwords.verify(password, password_hash):
            raise InvalidInput({field: ["The password is wrong."]})
        return password_hash

    def _lock_unchanged(
        self, user_id: int, password_hash: str, *, for_deletion: bool = False
    ) -> User:
        """Lock the account, whose password must still be the one just verified."""
        user = self._users.lock(user_id, for_deletion=for_deletion)
        if user is None or user.password_hash != password_hash:
            # Whoever changed it has ended this session with it.
            raise BadToken("The password was changed a moment ago. Sign in again.")
        return user


def _still_there(user: User | None) -> User:
    if user is None:
        raise BadToken("This account does not exist any more.")
    return user
