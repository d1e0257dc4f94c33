"""Whether the database responds."""

from sqlalchemy import Engine, select

from setup_db import DATABASE_UNAVAILABLE


class HealthDAO:
    """Uses its own connections: a request may have ended before the database responds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def responds(self) -> bool:
        """Return whether a statement can be executed."""
        try:
            with self._engine.connect() as connection:
                connection.execute(select(1))
        except DATABASE_UNAVAILABLE:
            return False
        return True
