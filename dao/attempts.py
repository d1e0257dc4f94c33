"""How often something was tried."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import case, delete

from dao.base import BaseDAO, insert
from dao.models import Attempts


class Count(NamedTuple):
    """The attempts of one key so far, and when the count begins anew (epoch seconds)."""

    hits: int
    expires_at: int


class AttemptsDAO(BaseDAO):
    def count(self, key: str, now: int, seconds: int) -> Count:
        """Count one attempt and return all of its window, which lasts `seconds` from its first.

        One upsert decides, so simultaneous attempts get different counts.
        """
        statement = insert(self._session, Attempts).values(
            key=key, hits=1, expires_at=now + seconds
        )
        is_over = Attempts.expires_at <= now
        counted = statement.on_conflict_do_update(
            index_elements=[Attempts.key],
            set_={
                "hits": case((is_over, 1), else_=Attempts.hits + 1),
                "expires_at": case(
                    (is_over, statement.excluded.expires_at), else_=Attempts.expires_at
                ),
            },
        )
        row = self._session.execute(counted.returning(Attempts.hits, Attempts.expires_at)).one()
        return Count(*row)

    def delete(self, key: str) -> None:
        """Forget the attempts of a key."""
        self._session.execute(delete(Attempts).where(Attempts.key == key))

    def delete_expired(self, now: int) -> None:
        """Delete windows that are over: a bounded number at a time."""
        self._purge(Attempts.key, Attempts.expires_at <= now)
