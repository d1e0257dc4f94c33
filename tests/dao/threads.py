"""Simultaneous work in several threads, as in a server."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from setup_db import transaction

T = TypeVar("T")


def at_once(
    engine: Engine,
    times: int,
    work: Callable[[Session, int], T],
    refusal: type[Exception] | tuple[()] = (),
) -> list[T | None]:
    """Run `work` in threads that start together, each in its own session and transaction.

    Returns the results, ordered by the number that `work` receives. A raised `refusal` gives None.
    """
    start = Barrier(times)

    def run(number: int) -> T | None:
        with Session(engine, expire_on_commit=False) as session:
            start.wait(timeout=10)
            try:
                with transaction(session):
                    return work(session, number)
            except refusal:
                return None

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
