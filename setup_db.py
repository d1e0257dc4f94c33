"""The database: declarative base, connection and the transaction scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, MetaData
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session

from constants import POOL_SECONDS
from helpers.database import ENGINE_MODULES, DatabaseSession, ThreadSession, UnusableDatabase

# Errors of a database that is down, locked or overloaded, as opposed to misused.
DATABASE_UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout, UnusableDatabase)

# Threads that are in a transaction, with their session.
_writing: set[tuple[int, DatabaseSession]] = set()


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


db = SQLAlchemy(metadata=Base.metadata)


def init_db(app: Flask, url: str) -> ThreadSession:
    """Connect the application to the database at `url`: PostgreSQL, or an SQLite file.

    Returns the session of its requests, which gives its connection back when a request ends. It
    connects when it is first used, so the application starts without its database. Raises
    UnusableDatabase for a URL that cannot be used.
    """
    module = ENGINE_MODULES[make_url(url).get_backend_name()]
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "max_overflow": 0,
        "pool_timeout": POOL_SECONDS,
        "hide_parameters": True,  # Errors are logged, and parameters are people's data.
        **module.engine_options(),
    }
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    module.prepare_engine(engine)
    session = ThreadSession(engine)
    app.teardown_appcontext(session.end)
    return session


@contextmanager
def session_without_timeouts(engine: Engine) -> Iterator[Session]:
    """Yield a session for one import, whose statements have no timeout.

    All of its transactions share one connection, so temporary tables last from one to the next.
    """
    with engine.connect() as connection:
        ENGINE_MODULES[engine.dialect.name].prepare_import(connection)
        try:
            with Session(connection) as session:
                yield session
        finally:
            connection.invalidate()  # The pool must not reuse a connection with these settings.


@contextmanager
def transaction(session: DatabaseSession, *, staging: bool = False) -> Iterator[None]:
    """One unit of work that writes: commit on success, roll back on an error.

    It ends the session's current read transaction first, so everything inside is read anew. A
    `staging` transaction writes to temporary tables only, and does not take SQLite's write lock.
    Raises RuntimeError inside another transaction.
    """
    this = get_ident(), session
    if this in _writing:
        raise RuntimeError("A transaction is already open in this session.")
    session.rollback()
    _writing.add(this)
    try:
        module = ENGINE_MODULES[session.get_bind().dialect.name]
        session.connection(execution_options=module.STAGING if staging else module.WRITING)
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.remove(this)
