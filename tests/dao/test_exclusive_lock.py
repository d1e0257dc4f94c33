from concurrent.futures import ThreadPoolExecutor
from threading import Event

from sqlalchemy import Engine

from helpers.database import exclusive_lock


def test_is_free_again_the_moment_it_is_released(engine: Engine) -> None:
    for _ in range(200):
        with exclusive_lock(engine, "testing", wait=False) as taken:
            assert taken


def test_is_refused_while_another_process_has_it(engine: Engine) -> None:
    with (
        exclusive_lock(engine, "testing"),
        exclusive_lock(engine, "testing", wait=False) as taken,
        exclusive_lock(engine, "another purpose", wait=False) as taken_for_another_purpose,
    ):
        assert (taken, taken_for_another_purpose) == (False, True)


def test_is_taken_by_the_next_in_line_when_it_is_released(engine: Engine) -> None:
    has_it, done = Event(), Event()

    def hold() -> None:
        with exclusive_lock(engine, "testing"):
            has_it.set()
            assert done.wait(30)

    with ThreadPoolExecutor() as pool:
        holder = pool.submit(hold)
        assert has_it.wait(30)
        pool.submit(done.set)
        with exclusive_lock(engine, "testing") as taken:
            assert (taken, done.is_set()) == (True, True)
        holder.result(30)
