"""`kill -9` in a storm of writes: what was acknowledged is there afterwards."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import Connection, create_engine, func, select, text

from dao.models import Director, Favorite, Genre, ListState, LoginSession, Movie, User
from tests.support.servers import serve
from tests.system.faults.processes import children, send
from tests.system.faults.storm import Memory, Remembered, write_until_cut_off

KILLS = 5
CLIENTS = 8


@pytest.fixture(scope="module")
def memories(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> list[Memory]:
    """What clients were told by a server that was killed, started again, killed again …"""
    log = tmp_path_factory.mktemp("killed") / "server.log"
    told = []
    for kill in range(KILLS):
        with serve(database_url, log, workers=1) as server, ThreadPoolExecutor(CLIENTS) as pool:
            started = [Event() for _ in range(CLIENTS)]
            storm = [
                pool.submit(write_until_cut_off, server.url, begun, kill * CLIENTS + number)
                for number, begun in enumerate(started)
            ]
            for begun in started:
                assert begun.wait(timeout=30)
            pid = server.process.pid
            send(signal.SIGKILL, [pid, *children(pid)])
            told += [client.result(timeout=60) for client in storm]
    return told


@pytest.fixture(scope="module")
def accounts(memories: list[Memory]) -> list[Remembered]:
    return [account for memory in memories for account in memory.accounts]


@pytest.fixture
def database(database_url: str) -> Iterator[Connection]:
    """The database as it is found after the last kill."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_no_registration_is_lost(memories: list[Memory], database: Connection) -> None:
    told = {email for memory in memories for email in memory.registered}
    assert len(told) >= KILLS * CLIENTS
    assert told <= set(database.scalars(select(User.email)))


def test_no_favorite_is_lost(accounts: list[Remembered], database: Connection) -> None:
    pairs = select(User.email, Favorite.movie_id).join_from(User, Favorite)
    liked = set(database.execute(pairs))
    told = {(each.account.email, film) for each in accounts for film in each.liked}
    assert told
    assert told <= liked
    taken_back = {(each.account.email, film) for each in accounts for film in each.not_liked}
    assert taken_back
    assert not taken_back & liked


def test_no_refresh_is_lost(accounts: list[Remembered], database: Connection) -> None:
    columns = select(LoginSession.id, LoginSession.generation)
    generations = dict(database.execute(columns).all())
    assert max(each.generation for each in accounts) > 0
    for each in accounts:
        # One that was cut off may have been done.
        assert generations[each.session_id] - each.generation in (0, 1)


@pytest.mark.usefixtures("memories")
def test_kept_counts_are_what_is_counted(database: Connection) -> None:
    count = select(func.count()).where(Favorite.movie_id == Movie.id).scalar_subquery()
    wrong = select(Movie.id).where(Movie.favorites_count != count)
    assert database.scalars(wrong).all() == []
    for model in (Genre, Director, Movie):
        total = select(ListState.total).where(ListState.name == model.__tablename__)
        assert database.scalar(total) == database.scalar(select(func.count(model.id)))


@pytest.mark.usefixtures("memories")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_file_of_sqlite_is_sound(database: Connection) -> None:
    assert database.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
    assert database.execute(text("PRAGMA foreign_key_check")).all() == []
