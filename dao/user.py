"""Accounts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from dao.base import BaseDAO, Duplicate, MissingReference, visible
from dao.models import Genre, User


class UserDAO(BaseDAO):
    def get(self, user_id: int) -> User | None:
        """Return the account, or None."""
        return self._session.get(User, user_id)

    def find_by_email(self, email: str) -> User | None:
        """Return the account of exactly this address, or None."""
        return self._session.scalar(select(User).where(User.email == email))

    def emails(self) -> Iterator[str]:
        """Yield the addresses of all accounts, in their order."""
        yield from self._session.scalars(select(User.email).order_by(User.email))

    def is_empty(self) -> bool:
        """Return whether nobody has an account."""
        return self._session.scalar(select(User.id).limit(1)) is None

    def lock(self, user_id: int) -> User | None:
        """Return the account, or None; it stays as it is until the transaction ends.

        Others may go on referring to it, by adding a favorite.
        """
        locked = select(User).where(User.id == user_id)
        return self._session.scalar(locked.with_for_update(key_share=True))

    def add(self, email: str, password_hash: str, name: str | None = None) -> User:
        """Add an account. Raises Duplicate when the address has one already."""
        user = User(email=email, password_hash=password_hash, name=name)
        self._session.add(user)
        try:
            self._session.flush()
        except IntegrityError as error:
            raise Duplicate from error
        return user

    def update(self, user: User, **columns: str | int | None) -> None:
        """Set columns of the account. Raises MissingReference when there is no such genre."""
        genre_id = columns.get("favorite_genre_id")
        if genre_id is not None:
            # One that an import has added, and that is gone again if it never ends, is none yet.
            genre = select(Genre.id).where(Genre.id == genre_id, visible(Genre))
            if self._session.scalar(genre) is None:
                raise MissingReference
        for name, value in columns.items():
            setattr(user, name, value)
        try:
            self._session.flush()
        except IntegrityError as error:
            raise MissingReference from error

    def delete(self, user_id: int) -> None:
        """Delete the account with its sessions and favorites."""
        self._session.execute(delete(User).where(User.id == user_id))
