"""Accounts."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dao.base import BaseDAO, Duplicate, MissingReference, visible
from dao.models import Genre, User
from helpers.database import Statement


@dataclass(frozen=True)
class Account:
    """A row of the table `users`."""

    id: int
    email: str
    password_hash: str
    name: str | None
    surname: str | None
    favorite_genre_id: int | None


ACCOUNT = tuple(getattr(User, field.name) for field in fields(Account))


class UserDAO(BaseDAO):
    def get(self, user_id: int) -> Account | None:
        """Return the account, or None."""
        return self._find(_GET, user_id=user_id)

    def find_by_email(self, email: str) -> Account | None:
        """Return the account with exactly this e-mail address, or None."""
        return self._find(_BY_EMAIL, email=email)

    def emails(self) -> Iterator[str]:
        """Yield the e-mail addresses of all accounts in order."""
        yield from self._execute(select(User.email).order_by(User.email)).scalars()

    def is_empty(self) -> bool:
        """Return whether there are no accounts."""
        return self._execute(select(User.id).limit(1)).scalar() is None

    def lock(self, user_id: int) -> Account | None:
        """Lock the account until the transaction ends and return it, or return None.

        Other transactions can still add rows that refer to it, such as favorites.
        """
        return self._find(_LOCK, user_id=user_id)

    def add(self, email: str, password_hash: str, name: str | None = None) -> Account:
        """Add an account. Raises Duplicate if the e-mail address has one already."""
        row = {"email": email, "password_hash": password_hash, "name": name}
        added = insert(User).values(row).returning(*ACCOUNT)
        try:
            return Account(*self._execute(added).one())
        except IntegrityError as error:
            raise Duplicate from error

    def update(self, user_id: int, **columns: str | int | None) -> Account:
        """Set columns of an existing account. Raises MissingReference for an unknown genre."""
        genre_id = columns.get("favorite_genre_id")
        if genre_id is not None:
            # A genre of an unfinished import does not count: it may be deleted again.
            genre = select(Genre.id).where(Genre.id == genre_id, visible(Genre))
            if self._execute(genre).scalar() is None:
                raise MissingReference
        changed = update(User).where(User.id == user_id).values(columns).returning(*ACCOUNT)
        try:
            return Account(*self._execute(changed).one())
        except IntegrityError as error:
            raise MissingReference from error

    def delete(self, user_id: int) -> None:
        """Delete the account and its sessions. Delete its favorites before, which films count."""
        self._execute(delete(User).where(User.id == user_id))

    def _find(self, statement: Statement, **values: int | str) -> Account | None:
        rows = self._fetch(statement, values)
        return Account(*rows[0]) if rows else None


_GET = select(*ACCOUNT).where(User.id == bindparam("user_id"))
_LOCK = _GET.with_for_update(key_share=True)
_BY_EMAIL = select(*ACCOUNT).where(User.email == bindparam("email"))
