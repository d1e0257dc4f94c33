"""Statements that are compiled once and sent by the driver's own cursor.

SQLAlchemy looks up the compiled form of each statement, and wraps the driver's cursor and rows.
That is 27 of the 29 µs of a row that SQLite reads by its key (docs/decisions/0041). The compiler,
the event listeners and the errors are SQLAlchemy's here, too.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

from sqlalchemy import Connection, Dialect, Float, Integer, Select, String
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningInsert

from helpers.database.unusable import raise_if_unusable

Statement = Select[*tuple[Any, ...]] | ReturningInsert[*tuple[Any, ...]]

# Types that drivers take and return without a conversion.
_PLAIN = (Float, Integer, String)


class _Compiled(NamedTuple):
    sql: str
    constants: dict[str, Any]
    names: Sequence[str] | None  # Order of the values, for drivers with positional parameters.


def fetch_all(
    connection: Connection, statement: Statement, values: Mapping[str, Any]
) -> Sequence[Sequence[Any]]:
    """Execute a statement with these values, and return all of its rows.

    Raises what `Connection.execute` raises.
    """
    compiled = _compile(statement, connection.dialect)
    if compiled is None:
        return connection.execute(statement, values).all()
    if not connection.in_transaction():
        connection.begin()
    given: Any = {**compiled.constants, **values}
    if compiled.names is not None:
        given = tuple([given[name] for name in compiled.names])
    cursor = connection.connection.cursor()
    try:
        sent = connection, cursor, compiled.sql, given, None, False
        for listener in connection.dispatch.before_cursor_execute:
            listener(*sent)
        cursor.execute(compiled.sql, given)
        for listener in connection.dispatch.after_cursor_execute:
            listener(*sent)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        _raise(connection, compiled.sql, error)
    finally:
        cursor.close()


# The number of list queries is bounded in dao/lists.
@lru_cache(maxsize=512)
def _compile(statement: Statement, dialect: Dialect) -> _Compiled | None:
    """Compile a statement; None if SQLAlchemy has to convert its values or rows."""
    compiled = statement.compile(dialect=dialect)
    types = [column.type for column in statement.exported_columns]
    if compiled.post_compile_params or not all(isinstance(kind, _PLAIN) for kind in types):
        return None
    constants = {
        name: parameter.value
        for parameter, name in compiled.bind_names.items()
        if not parameter.required
    }
    return _Compiled(compiled.string, constants, compiled.positiontup)


def _raise(connection: Connection, sql: str, error: Any) -> NoReturn:
    raise_if_unusable(error)
    dialect, driver = connection.dialect, connection.connection.dbapi_connection
    is_lost = dialect.is_disconnect(error, driver, None)
    if is_lost:
        connection.invalidate(error)
    raise DBAPIError.instance(
        *(sql, None, error, dialect.loaded_dbapi.Error),
        hide_parameters=connection.engine.hide_parameters,
        connection_invalidated=is_lost,
        dialect=dialect,
    ) from error
