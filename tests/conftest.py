"""Fixtures and hooks of all tests.

The application is imported late, since most tests do without it.
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
# Folders whose tests start processes, and folders whose tests must share a pytest-xdist worker.
PROCESSES = {"benchmarks", "contract", "grader", "system"}
TOGETHER = {"contract"}


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # A pytest-xdist worker, which may outlive its controller.
        die_with_parent()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what each test needs, and group the tests that must share a pytest-xdist worker."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in PROCESSES:
            item.add_marker("processes")
        if needs_postgresql(item):
            item.add_marker("postgresql")
        # Some contract tests inspect what all others have left. Tests of one file share servers.
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
    """The application on a migrated, empty database, once for each engine."""
    import flask_migrate  # noqa: PLC0415

    from app import create_app  # noqa: PLC0415
    from config import Config  # noqa: PLC0415
    from setup_db import db  # noqa: PLC0415

    made = create_app(
        Config(
            SECRET_KEY=SECRET_KEY,
            DATABASE_URL=databases.new(request.param),
            LIMIT_REGISTER_IP=None,  # Tests register many accounts from one IP address.
        )
    )
    with made.app_context():
        flask_migrate.upgrade()
    made.extensions["catalogue_revision"].seconds = 0  # Read the revision every time.
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def engine(app: Flask) -> Engine:
    """The application's engine, with all its settings."""
    from setup_db import db  # noqa: PLC0415

    with app.app_context():
        return db.engine


@pytest.fixture(scope="session")
def unlimited(engine: Engine) -> Iterator[Engine]:
    """An engine on the same database without the application's timeouts."""
    from sqlalchemy import create_engine  # noqa: PLC0415

    made = create_engine(engine.url)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine, unlimited: Engine) -> Iterator[Session]:
    """A session of the test, separate from the application's. All rows are deleted afterwards."""
    from sqlalchemy.orm import Session  # noqa: PLC0415

    from setup_db import Base  # noqa: PLC0415

    with Session(engine, expire_on_commit=False) as own:
        yield own
    with unlimited.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name == "list_states":  # It always has three rows.
                connection.execute(table.update().values(total=0, visible_up_to=None))
            else:
                connection.execute(table.delete())


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that the engine has sent, except BEGIN. Clear it before the tested part."""
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
    """An HTTP client. `session` adds rows, and empties the database afterwards."""
    return app.test_client()
