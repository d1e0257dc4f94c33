"""What each of the twin modules offers, and which of them belongs to a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects.postgresql import Insert as PostgreSQLInsert
from sqlalchemy.dialects.sqlite import Insert as SQLiteInsert

from helpers.database import postgresql, sqlite


class EngineModule(Protocol):
    """A module that knows one database engine."""

    # Execution options of a connection: for a transaction that writes, and for one that writes
    # temporary tables only.
    WRITING: dict[str, Any]
    STAGING: dict[str, Any]

    # Whether nobody else can write while a transaction does.
    WRITERS_BLOCK: bool

    def insert(self, table: Any, /) -> SQLiteInsert | PostgreSQLInsert:
        """Return an INSERT that knows ON CONFLICT."""

    def engine_options(self) -> dict[str, Any]:
        """Return what `create_engine` is called with."""

    def prepare_engine(self, engine: Engine) -> None:
        """Listen to the events of an engine that has not connected yet."""

    def prepare_migration(self, connection: Connection) -> None:
        """Make a new connection fit for migrations, and unfit for the pool."""

    def prepare_import(self, connection: Connection) -> None:
        """Let statements last as long as they need, and make a connection unfit for the pool."""

    def analyze(self, connection: Connection, table_names: Iterable[str]) -> None:
        """Tell the query planner about tables that have just been filled, if it has to be told."""

    def try_lock(self, engine: Engine, purpose: str) -> AbstractContextManager[Callable[[], bool]]:
        """Give a function that tries once to take a lock, which is released at the end."""


# By SQLAlchemy's name of an engine. There are no others: the settings allow these URLs alone.
ENGINE_MODULES: dict[str, EngineModule] = {"sqlite": sqlite, "postgresql": postgresql}
