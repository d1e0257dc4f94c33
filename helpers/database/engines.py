"""The twin modules by engine."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects.postgresql import Insert as PostgreSQLInsert
from sqlalchemy.dialects.sqlite import Insert as SQLiteInsert

from helpers.database import postgresql, sqlite


class EngineModule(Protocol):
    """What both modules have."""

    WRITERS_BLOCK: bool
    HAS_TITLE_INDEX: bool
    ESTIMATES_ROWS: bool

    @property
    def WRITING(self) -> Mapping[str, Any]: ...  # noqa: N802
    @property
    def STAGING(self) -> Mapping[str, Any]: ...  # noqa: N802
    @property
    def insert(self) -> Callable[[Any], PostgreSQLInsert | SQLiteInsert]: ...
    def engine_options(self) -> dict[str, Any]: ...
    def prepare_engine(self, engine: Engine) -> None: ...
    def prepare_migration(self, connection: Connection) -> None: ...
    def prepare_import(self, connection: Connection) -> None: ...
    def analyze(self, connection: Connection, table_names: Iterable[str]) -> None: ...
    def try_lock(
        self, engine: Engine, purpose: str
    ) -> AbstractContextManager[Callable[[], bool]]: ...


# By SQLAlchemy's name of the engine. The settings allow no other URLs.
ENGINE_MODULES: dict[str, EngineModule] = {"sqlite": sqlite, "postgresql": postgresql}
