"""The database: declarative base, engine settings and the transaction scope."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session

from constants import LOCK_SECONDS
from helpers.database import sqlite
from helpers.database.postgresql import IDLE_PATIENCE_SECONDS, PATIENCE_SECONDS, PatientConnection

# What the database raises when it is down, locked or overloaded rather than misused.
DATABASE_UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout)

# How long a request waits for a connection, and then for a lock or a statement (LOCK_SECONDS).
# Together they stay under the six seconds after which a client is told to come back; so do the
# first of them, a sign of life from a connection that was idle, and another one instead of it.
POOL_SECONDS = 1
CONNECT_SECONDS = 3

# Connections of one process. SQLite's cost nothing: there is one for each thread of the server, so
# that those who wait for the write lock keep nobody from reading. PostgreSQL's are dear.
POOL_SIZES = {"sqlite": 64, "postgresql": 20}


class Base(DeclarativeBase):
    """Parent of all models. Constraints get predictable names, so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# What a service returns stays readable after its transaction has committed.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def init_db(app: Flask, url: str) -> Engine:
    """Connect the application to the database at `url`: PostgreSQL, or a file of SQLite.

    Nothing is opened before it is needed, so the application starts without its database.
    """
    location = make_url(url)
    backend = location.get_backend_name()
    options: dict[str, Any] = {
        "pool_size": POOL_SIZES.get(backend),
        "max_overflow": 0,
        "pool_timeout": POOL_SECONDS,
        "hide_parameters": True,  # Errors are logged, and parameters are people's data.
    }
    if backend == "sqlite":
        Path(location.database or "").parent.mkdir(parents=True, exist_ok=True)
    elif backend == "postgresql":
        limit = LOCK_SECONDS * 1000
        # Planned for any text that is looked for, and any number of rows to skip, a query would
        # read all films: PostgreSQL takes such a plan when one was sent some times.
        settings = {
            "statement_timeout": limit,
            "lock_timeout": limit,
            "plan_cache_mode": "force_custom_plan",
        }
        options |= {
            "pool_pre_ping": True,
            # Two statements of one answer see one state, as they do on SQLite.
            "isolation_level": "REPEATABLE READ",
            "connect_args": {
                "connect_timeout": CONNECT_SECONDS,
                "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            },
        }
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if backend == "sqlite":
        event.listen(engine, "connect", sqlite.configure)
        event.listen(engine, "begin", sqlite.begin)
    elif backend == "postgresql":
        event.listen(engine, "do_connect", _connect_postgresql)
        event.listen(engine, "checkin", _is_idle)
        event.listen(engine, "checkout", _is_in_use)
    return engine


def _connect_postgresql(_dialect: object, _record: object, args: Any, options: Any) -> Any:
    return PatientConnection.connect(*args, **options)


def _is_idle(connection: PatientConnection | None, _record: object) -> None:
    # The next thing that it is asked is whether it is still there (`pool_pre_ping`).
    if connection is not None:
        connection.patience = IDLE_PATIENCE_SECONDS


def _is_in_use(connection: PatientConnection, _record: object, _proxy: object) -> None:
    connection.patience = PATIENCE_SECONDS


def take_time(connection: Connection) -> None:
    """Let statements of this connection last as long as they need, which no request may.

    On SQLite it waits longer for the lock, too; on PostgreSQL not, where whoever comes after it
    would wait behind it. It should not go back to the pool: invalidate it.
    """
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        driver.patience = None
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.commit()
    else:
        sqlite.take_time(connection)


# How a transaction that writes begins: with the lock on SQLite (`helpers/sqlite.py`), and on
# PostgreSQL so that each statement sees what others have committed, and locks the latest rows.
_WRITING: dict[str, dict[str, Any]] = {
    "sqlite": {"writes": True},
    "postgresql": {"isolation_level": "READ COMMITTED"},
}


@contextmanager
def one_connection(engine: Engine) -> Iterator[Session]:
    """A session whose transactions all have the same connection, which is closed afterwards.

    What belongs to a connection, such as temporary tables, lasts from one of them to the next, and
    each may take its time.
    """
    with engine.connect() as connection:
        take_time(connection)
        try:
            with Session(connection, expire_on_commit=False) as session:
                yield session
        finally:
            connection.invalidate()  # Nobody shall find what it is left with in the pool.


@contextmanager
def transaction(session: Session, *, aside: bool = False) -> Iterator[None]:
    """One unit of work that writes: commit on leaving, roll back on raising.

    The read transaction that the session may be in ends first, so everything inside is read anew.
    One that is `aside` writes temporary tables only, and leaves SQLite's lock to others. Raises
    RuntimeError inside another transaction, and on a session with pending changes.
    """
    if session.info.get("writing"):
        raise RuntimeError("A transaction is already open in this session.")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("The session holds changes made outside a transaction.")
    session.rollback()
    session.expire_all()  # A rollback forgets only what was read since the last commit.
    session.info["writing"] = True
    try:
        options = _WRITING[session.get_bind().dialect.name]
        session.connection(execution_options=options | ({"writes": False} if aside else {}))
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info["writing"]
