"""Whether the database answers."""

from __future__ import annotations

from sqlalchemy import Engine, select

from setup_db import DATABASE_UNAVAILABLE


class HealthDAO:
    """Takes connections of its own: who asks may have gone before the database has answered."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def answers(self) -> bool:
        """Return whether a statement comes back."""
        try:
            with self._engine.connect() as connection:
                connection.execute(select(1))
        except DATABASE_UNAVAILABLE:
            return False
        return True
