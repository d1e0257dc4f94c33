"""Database sessions of SQLAlchemy Core, for DAOs that work with rows instead of entities."""

from collections.abc import Mapping
from threading import local
from typing import Any, Protocol

from sqlalchemy import Connection, Engine


class DatabaseSession(Protocol):
    """The part of a session that DAOs and `transaction` use. Sessions of the ORM have it, too.

    A session has one connection at a time, which is in a transaction, and returns it to the pool
    when the transaction ends.
    """

    def get_bind(self) -> Engine | Connection: ...

    def connection(self, *, execution_options: Mapping[str, Any] | None = None) -> Connection: ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...


class ThreadSession(local):
    """One session for each thread. An ORM session takes twice as long to hand out a connection."""

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

    def end(self, _error: BaseException | None = None) -> None:
        """Return the connection to the pool when a request has ended, in whatever way."""
        self.rollback()
