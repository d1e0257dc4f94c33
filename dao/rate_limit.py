"""Counts of attempts."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, case, delete, select

from dao.base import BaseDAO, bounded_delete
from dao.models import RateLimitWindow


class Count(NamedTuple):
    """The attempts of a key in its window, and the end of the window (epoch seconds)."""

    hits: int
    expires_at: int


class RateLimitDAO(BaseDAO):
    def count(self, key: str, now: int, seconds: int) -> Count:
        """Count one attempt and return the count of its window.

        A window lasts `seconds` from its first attempt. Counting is one upsert, so concurrent
        attempts get different counts.
        """
        window = RateLimitWindow
        first = self._engine.insert(window).values(key=key, hits=1, expires_at=now + seconds)
        is_over = window.expires_at <= now
        counted = first.on_conflict_do_update(
            index_elements=[window.key],
            set_={
                "hits": case((is_over, 1), else_=window.hits + 1),
                "expires_at": case((is_over, first.excluded.expires_at), else_=window.expires_at),
            },
        ).returning(window.hits, window.expires_at)
        return Count(*self._execute(counted).one())

    def find(self, keys: Sequence[str], now: int) -> dict[str, Count]:
        """Return the counts of the keys that have a current window."""
        window = RateLimitWindow
        found = select(window.key, window.hits, window.expires_at).where(
            window.key.in_(keys), window.expires_at > now
        )
        return {key: Count(*count) for key, *count in self._execute(found)}

    def delete(self, key: str) -> None:
        """Delete the attempts of a key."""
        self._execute(delete(RateLimitWindow).where(RateLimitWindow.key == key))

    def delete_expired(self, now: int) -> None:
        """Delete a bounded number of expired windows."""
        self._execute(_DELETE_EXPIRED, {"now": now})


_DELETE_EXPIRED = bounded_delete(
    RateLimitWindow.key, RateLimitWindow.expires_at <= bindparam("now")
)
