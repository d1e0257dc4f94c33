"""What every kind of test shares.

Nothing here imports the application at the top: most tests do without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.databases import ENGINES, POOLED, Databases, databases
from tests.support.processes import die_with_parent

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

SECRET_KEY = "a key that only the tests have and long enough"

TESTS = Path(__file__).resolve().parent
# Folders whose tests need processes of their own, and those whose tests belong together.
PROCESSES = {"benchmarks", "contract", "grader", "system"}
TOGETHER = {"contract"}


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # Of pytest-xdist, whose workers outlive it for a while.
        die_with_parent()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what each test needs, and keep together what has to run in one process."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in PROCESSES:
            item.add_marker("processes")
        if needs_postgresql(item):
            item.add_marker("postgresql")
        # What one of them judges all others have shown. Servers are shared by a file.
        group = folder if folder in TOGETHER else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))


def needs_postgresql(item: pytest.Item) -> bool:
    params = item.callspec.params.values() if hasattr(item, "callspec") else ()
    named = (*params, *getattr(item, "fixturenames", ()))
    return "postgresql" in named or POOLED in named


@pytest.fixture(scope="session", name="databases")
def _databases() -> Iterator[Databases]:
    with databases() as made:
        yield made


@pytest.fixture(scope="session", params=ENGINES)
def app(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Flask]:
    """The application on a migrated, empty database: once on SQLite, once on PostgreSQL."""
    import flask_migrate  # noqa: PLC0415

    from app import create_app  # noqa: PLC0415
    from config import Config  # noqa: PLC0415
    from setup_db import db  # noqa: PLC0415

    made = create_app(
        Config(
            SECRET_KEY=SECRET_KEY,
            DATABASE_URL=databases.new(request.param),
            LIMIT_REGISTER_IP=None,  # Tests make many accounts from one address.
        )
    )
    with made.app_context():
        flask_migrate.upgrade()
    made.extensions["catalogue_revision"].seconds = 0  # What a test changes is seen at once.
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def engine(app: Flask) -> Engine:
    """The engine of the application, with all its settings."""
    from setup_db import db  # noqa: PLC0415

    with app.app_context():
        return db.engine


@pytest.fixture(scope="session")
def unlimited(engine: Engine) -> Iterator[Engine]:
    """An engine on the same database that no timeout of the application interrupts."""
    from sqlalchemy import create_engine  # noqa: PLC0415

    made = create_engine(engine.url)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine, unlimited: Engine) -> Iterator[Session]:
    """A session of the test's own on the application's database; it ends with no rows left."""
    from sqlalchemy.orm import Session  # noqa: PLC0415

    from setup_db import Base  # noqa: PLC0415

    with Session(engine, expire_on_commit=False) as own:
        yield own
    with unlimited.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name == "list_states":  # It always has its three rows.
                connection.execute(table.update().values(total=0, visible_up_to=None))
            else:
                connection.execute(table.delete())


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that the database is sent, but for BEGIN; clear it where yours begin."""
    from sqlalchemy import event  # noqa: PLC0415

    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def client(app: Flask, session: Session) -> FlaskClient:
    """An HTTP client; `session` is there to seed, and empties the database afterwards."""
    return app.test_client()
