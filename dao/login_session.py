"""Login sessions, each with the generation of its current refresh token."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, case, delete, insert, select, update

from dao.base import BaseDAO, bounded_delete
from dao.models import LoginSession, User
from dao.user import ACCOUNT, Account


class SessionState(NamedTuple):
    """The state of a session's rotation. Times are epoch seconds."""

    generation: int
    rotated_at: int
    expires_at: int


class LockedOwner(NamedTuple):
    """The locked account of a session, and when the session expires (epoch seconds)."""

    account: Account
    session_expires_at: int


_STATE = (LoginSession.generation, LoginSession.rotated_at, LoginSession.expires_at)


class LoginSessionDAO(BaseDAO):
    def get(self, session_id: str, user_id: int, now: int) -> SessionState | None:
        """Return the state of the user's live session, or None."""
        rows = self._fetch(_GET, {"session_id": session_id, "user_id": user_id, "now": now})
        return SessionState(*rows[0]) if rows else None

    def lock_owner(
        self, session_id: str, user_id: int, *, for_deletion: bool = False
    ) -> LockedOwner | None:
        """Lock the user's session and account.

        Returns None if the session is gone. The locks last until the transaction ends. Unless
        `for_deletion`, other transactions can still add rows that refer to the account.
        """
        lock = _LOCK_FOR_DELETION if for_deletion else _LOCK
        rows = self._fetch(lock, {"session_id": session_id, "user_id": user_id})
        return LockedOwner(Account(*rows[0][:-1]), rows[0][-1]) if rows else None

    def is_signed_in_from(self, email: str, ip: str, now: int) -> bool:
        """Return whether the account of this e-mail has a live session from this IP address."""
        found = (
            select(LoginSession.id)
            .join(User, User.id == LoginSession.user_id)
            .where(User.email == email, LoginSession.ip == ip, LoginSession.expires_at > now)
        )
        return bool(self._execute(select(found.exists())).scalar())

    def add(self, session_id: str, user_id: int, now: int, expires_at: int, ip: str) -> None:
        """Add a session of generation 0 that begins now."""
        times = {"created_at": now, "rotated_at": now, "expires_at": expires_at}
        row = {"id": session_id, "user_id": user_id, "generation": 0, "ip": ip, **times}
        self._execute(insert(LoginSession).values(row))

    def rotate(
        self,
        session_id: str,
        user_id: int,
        generation: int,
        now: int,
        idle_seconds: int,
        total_seconds: int,
    ) -> SessionState | None:
        """Increment the generation if it is still the given one, and return the new state.

        Returns None if the session has expired, is gone or has another generation. The session
        expires `idle_seconds` from now, but at most `total_seconds` after it was created. The
        UPDATE is conditional: of concurrent calls with the same generation, only one succeeds.
        """
        idle_end, end = now + idle_seconds, LoginSession.created_at + total_seconds
        row = self._execute(
            update(LoginSession)
            .where(*_live(session_id, user_id, now), LoginSession.generation == generation)
            .values(
                generation=LoginSession.generation + 1,
                rotated_at=now,
                expires_at=case((end < idle_end, end), else_=idle_end),
            )
            .returning(*_STATE)
        ).one_or_none()
        return None if row is None else SessionState(*row)

    def delete(self, session_id: str, user_id: int) -> bool:
        """Delete the session, and return whether it existed."""
        deleted = self._execute(
            delete(LoginSession)
            .where(LoginSession.id == session_id, LoginSession.user_id == user_id)
            .returning(LoginSession.id)
        )
        return deleted.one_or_none() is not None

    def delete_all(self, user_id: int) -> None:
        """Delete all sessions of the user."""
        self._execute(delete(LoginSession).where(LoginSession.user_id == user_id))

    def delete_others(self, session_id: str, user_id: int) -> None:
        """Delete all sessions of the user except this one."""
        others = LoginSession.user_id == user_id, LoginSession.id != session_id
        self._execute(delete(LoginSession).where(*others))

    def delete_oldest(self, user_id: int, now: int, newest: int) -> None:
        """Delete the user's live sessions except the given number of the newest."""
        newest_first = (
            select(LoginSession.id)
            .where(LoginSession.user_id == user_id, LoginSession.expires_at > now)
            .order_by(LoginSession.created_at.desc(), LoginSession.id)
        )
        self._execute(delete(LoginSession).where(LoginSession.id.in_(newest_first.offset(newest))))

    def delete_expired(self, now: int) -> None:
        """Delete a bounded number of expired sessions of all users."""
        self._execute(_DELETE_EXPIRED, {"now": now})


def _live(session_id: Any, user_id: Any, now: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a live session. The values may be bind parameters."""
    return (
        LoginSession.id == session_id,
        LoginSession.user_id == user_id,
        LoginSession.expires_at > now,
    )


# Built once, because every guarded request sends it.
_GET = select(*_STATE).where(
    *_live(bindparam("session_id"), bindparam("user_id"), bindparam("now"))
)

# One statement locks both rows: after waiting for a lock, PostgreSQL rereads the locked row, but
# not the rows of a subquery.
_OWN = select(*ACCOUNT, LoginSession.expires_at).where(
    LoginSession.id == bindparam("session_id"),
    LoginSession.user_id == User.id,
    User.id == bindparam("user_id"),
)
_LOCK = _OWN.with_for_update(key_share=True)
_LOCK_FOR_DELETION = _OWN.with_for_update()

_DELETE_EXPIRED = bounded_delete(LoginSession.id, LoginSession.expires_at <= bindparam("now"))
