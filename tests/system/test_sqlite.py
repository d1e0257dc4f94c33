"""SQLite: a lock that somebody else holds, and many who write."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy import make_url

from tests.contract.client import Account, Api, a_password, an_email
from tests.contract.threads import at_once
from tests.support.servers import Server
from tests.system.conftest import Start
from tests.system.requests import Call, assert_refused, assert_served, reads, send, writes

WRITERS = 32
ROUNDS = 2


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
    """The write lock, in the hands of a process that is not the server."""
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


def test_who_reads_does_not_wait_for_the_lock_and_who_writes_gets_it(
    api: Api, account: Account, writing: dict[str, Call], lock: sqlite3.Connection
) -> None:
    with ThreadPoolExecutor(len(writing)) as pool:
        waiting = {what: pool.submit(call) for what, call in writing.items()}
        assert_served(send(reads(api, account)), seconds=2)
        assert not any(future.done() for future in waiting.values())
        lock.execute("ROLLBACK")
    assert_served({what: future.result() for what, future in waiting.items()})


def write_this_and_that(api: Api, seed: int) -> Counter[int]:
    """Register, sign in, and change things; return how often which status came."""
    chance = random.Random(seed)  # noqa: S311  # The same each time.
    statuses: Counter[int] = Counter()
    for _ in range(ROUNDS):
        email, password = an_email(), a_password()
        statuses[api.register(email, password).status_code] += 1
        signed_in = api.log_in(email, password)
        statuses[signed_in.status_code] += 1
        someone = Account(email, password, signed_in.json())
        for call in chance.choices(list(writes(api, someone).values()), [8, 4, 3, 1], k=12):
            statuses[call().status_code] += 1
        statuses[api.refresh(someone.tokens).status_code] += 1
    return statuses


def test_many_who_write_at_once_are_all_served(api: Api) -> None:
    writers = [partial(write_this_and_that, api, number) for number in range(WRITERS)]
    statuses: Counter[int] = sum(at_once(writers), Counter())
    assert set(statuses) == {200, 201, 204}
