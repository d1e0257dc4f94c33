from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import Engine, func, inspect, select, text, update
from sqlalchemy.orm import Session

from dao.models import Genre
from helpers.database import ENGINE_MODULES
from setup_db import session_without_timeouts, transaction
from tests.dao.threads import at_once
from tests.support.builders import a_genre, save


def committed_names(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(Genre.name).order_by(Genre.name)))


def rename_elsewhere(engine: Engine, name: str) -> None:
    with engine.begin() as connection:
        connection.execute(update(Genre).values(name=name))


def add_and_raise(session: Session, reason: type[BaseException]) -> None:
    session.add(a_genre())
    session.flush()
    raise reason


@pytest.mark.parametrize("reason", [ValueError, KeyboardInterrupt])
def test_rolls_back_on_raising_and_another_one_may_follow(
    session: Session, engine: Engine, reason: type[BaseException]
) -> None:
    with pytest.raises(reason), transaction(session):
        add_and_raise(session, reason)
    assert (session.in_transaction(), committed_names(engine)) == (False, [])
    with transaction(session):
        session.add(a_genre(name="Drama"))
    assert committed_names(engine) == ["Drama"]


def test_refuses_an_inner_transaction_and_commits_the_outer_one(
    session: Session, engine: Engine
) -> None:
    with transaction(session):
        session.add(a_genre(name="Drama"))
        with pytest.raises(RuntimeError, match="already open"), transaction(session):
            pass
    assert committed_names(engine) == ["Drama"]


def test_reads_anew_and_does_not_block_later_writers(session: Session, engine: Engine) -> None:
    save(session, a_genre(name="first"))
    name_of = select(Genre.name)
    assert session.scalar(name_of) == "first"
    rename_elsewhere(engine, "second")
    with transaction(session):
        assert session.scalar(name_of) == "second"
    assert session.scalar(name_of) == "second"
    rename_elsewhere(engine, "third")
    assert committed_names(engine) == ["third"]


def test_two_that_read_before_they_write_both_succeed(session: Session, engine: Engine) -> None:
    both_have_read = Barrier(2)

    def read_and_write(own: Session, number: int) -> None:
        own.scalar(select(func.count(Genre.id)))
        with suppress(BrokenBarrierError):  # On SQLite one waits for the other to end.
            both_have_read.wait(timeout=0.5)
        own.add(a_genre(name=f"Genre of {number}"))

    at_once(engine, 2, read_and_write)
    assert committed_names(engine) == ["Genre of 0", "Genre of 1"]


def test_readers_do_not_wait_during_it(session: Session, engine: Engine) -> None:
    save(session, a_genre(name="old"))
    with transaction(session):
        session.execute(update(Genre).values(name="new"))
        assert committed_names(engine) == ["old"]
    assert committed_names(engine) == ["new"]


def test_staging_lets_others_write_and_its_tables_last_until_the_session_ends(
    session: Session, engine: Engine
) -> None:
    with session_without_timeouts(engine) as own:
        with transaction(own, staging=True):
            own.execute(text("CREATE TEMPORARY TABLE notes (word text)"))
            with transaction(session):
                session.add(a_genre(name="Drama"))
        with suppress(ValueError), transaction(own):
            raise ValueError
        with transaction(own):
            options = own.connection().get_execution_options()
            assert options.items() >= ENGINE_MODULES[engine.dialect.name].WRITING.items()
            own.execute(text("INSERT INTO notes VALUES ('here')"))
        assert own.scalars(text("SELECT word FROM notes")).all() == ["here"]
    with engine.connect() as first, engine.connect() as second:
        assert not inspect(first).has_table("notes")
        assert not inspect(second).has_table("notes")
    assert committed_names(engine) == ["Drama"]
