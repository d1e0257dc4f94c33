"""A write is refused if its session ends while it waits, even after the guard let it through."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, Row, delete, event, select
from sqlalchemy.orm import Session

from dao.models import Favorite, LoginSession, User
from helpers.database import ENGINE_MODULES
from tests.support.builders import new_movies
from tests.views.conftest import PASSWORD, Account

# Method, path with placeholders for film ids, and body.
Write = tuple[str, str, dict[str, str]]
WRITES: dict[str, Write] = {
    "change profile": ("PATCH", "/user/", {"name": "Mallory"}),
    "change password": (
        "PUT",
        "/user/password/",
        {"old_password": PASSWORD, "new_password": "the words of a third sentence"},
    ),
    "delete account": ("DELETE", "/user/", {"password": PASSWORD}),
    "add favorite": ("POST", "/favorites/movies/{new}/", {}),
    "remove favorite": ("DELETE", "/favorites/movies/{liked}/", {}),
    "log out": ("DELETE", "/auth/login/", {}),
}


@pytest.fixture
def send(client: FlaskClient, session: Session, account: Account) -> Callable[[Write], int]:
    """Return a function that sends a write of a user who likes one of two films."""
    liked, new = new_movies(session, 2)
    client.post(f"/favorites/movies/{liked}/", headers=account.headers)

    def send(write: Write) -> int:
        method, path, body = write
        url = path.format(liked=liked, new=new)
        return client.open(url, method=method, headers=account.headers, json=body).status_code

    return send


@contextmanager
def waiting(engine: Engine, write: Callable[[], int]) -> Iterator[tuple[Connection, Future[int]]]:
    """Hold up a write that has passed its guard, with a connection that commits at the end.

    The connection locks the rows of users, or on SQLite the whole database.
    """
    has_passed = Event()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT sessions.generation"):
            has_passed.set()

    event.listen(engine, "after_cursor_execute", note)
    options = ENGINE_MODULES[engine.dialect.name].WRITING
    with (
        ThreadPoolExecutor(1) as pool,
        engine.connect().execution_options(**options) as holder,
        holder.begin(),
    ):
        holder.execute(select(User.id).with_for_update())
        late = pool.submit(write)
        assert has_passed.wait(10)
        event.remove(engine, "after_cursor_execute", note)
        yield holder, late


def rows(connection: Connection) -> list[Sequence[Row[Any]]]:
    """Return all rows of all users, without the counts of password attempts."""
    return [
        connection.execute(select(model.__table__)).all()
        for model in (User, LoginSession, Favorite)
    ]


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_that_waits_for_a_lock_until_its_session_has_ended_changes_nothing(
    send: Callable[[Write], int], engine: Engine, write: Write
) -> None:
    with waiting(engine, lambda: send(write)) as (holder, late):
        holder.execute(delete(LoginSession))
        left = rows(holder)
    assert late.result(timeout=30) == 401
    with engine.connect() as connection:
        assert rows(connection) == left


def test_a_write_that_waited_succeeds_where_its_session_goes_on(
    send: Callable[[Write], int], engine: Engine
) -> None:
    with waiting(engine, lambda: send(WRITES["change profile"])) as (_, late):
        pass
    assert late.result(timeout=30) == 200
