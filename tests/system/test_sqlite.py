"""SQLite: a lock of another process, and many concurrent writes."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial

import pytest
from sqlalchemy import make_url

from tests.contract.client import Account, Api, a_password, an_email
from tests.support.servers import Server
from tests.system.conftest import Start
from tests.system.crowd import Crowd
from tests.system.requests import Call, assert_refused, assert_served, reads, send, writes

WRITERS = 32


@pytest.fixture(scope="module")
def server(start: Start, database_url: str) -> Server:
    return start(database_url, workers=4)


@pytest.fixture
def writing(api: Api, account: Account) -> dict[str, Call]:
    """Requests that need the write lock."""
    tokens = api.new_tokens(account.email, account.password)
    return {
        **writes(api, account),
        "registering": lambda: api.register(an_email(), a_password()),
        "refreshing": partial(api.refresh, tokens),
    }


@pytest.fixture
def lock(database_url: str, writing: dict[str, Call]) -> Iterator[sqlite3.Connection]:
    """The write lock, held by a connection outside the server."""
    path = make_url(database_url).database or ""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_who_writes_is_refused_in_time_while_another_process_has_the_lock(
    writing: dict[str, Call], lock: sqlite3.Connection
) -> None:
    assert_refused(send(writing))
    lock.execute("ROLLBACK")
    assert_served(send(writing))


def test_readers_do_not_wait_for_the_lock_and_a_writer_gets_it(
    api: Api, account: Account, writing: dict[str, Call], lock: sqlite3.Connection
) -> None:
    with ThreadPoolExecutor(len(writing)) as pool:
        waiting = {what: pool.submit(call) for what, call in writing.items()}
        assert_served(send(reads(api, account)), seconds=2)
        assert not any(future.done() for future in waiting.values())
        lock.execute("ROLLBACK")
    assert_served({what: future.result() for what, future in waiting.items()})


def test_all_concurrent_writers_are_served(server: Server) -> None:
    with ExitStack() as stack:
        crowd = Crowd([server.url], WRITERS, stack)
        crowd.be_busy()
        crowd.go_home()
    assert crowd.failures() == []
