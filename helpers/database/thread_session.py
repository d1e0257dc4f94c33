"""Database sessions of SQLAlchemy Core, for DAOs that read rows and need no entities."""

from collections.abc import Mapping
from threading import local
from typing import Any, Protocol

from sqlalchemy import Connection, Engine


class DatabaseSession(Protocol):
    """What DAOs and `transaction` need of a session, which those of the ORM have, too.

    It has one connection at a time, which is in a transaction, and returns it to the pool when the
    transaction ends.
    """

    def get_bind(self) -> Engine | Connection: ...

    def connection(self, *, execution_options: Mapping[str, Any] | None = None) -> Connection: ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...


class ThreadSession(local):
    """A session for each thread; one of the ORM takes twice as long to give its connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def get_bind(self) -> Engine:
        return self._engine

    def connection(self, *, execution_options: Mapping[str, Any] | None = None) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            self._connection.execution_options(**execution_options or {}).begin()
        return self._connection

    def commit(self) -> None:
        self.connection().commit()
        self.rollback()

    def rollback(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
