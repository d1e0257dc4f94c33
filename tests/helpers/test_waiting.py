"""What cannot be made or read keeps nobody waiting for those who try."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from views.http.cache.middleware import Revision
from views.http.cache.store import KeptAnswers


class Gone(Exception):
    """What the database may raise."""


def wait_until_it_waits(thread: Thread) -> None:
    """Wait until a thread has come as far as the lock of an answer that is being made."""
    deadline = time.monotonic() + 5
    while sys._current_frames()[thread.ident or 0].f_code.co_name != "making":
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_who_waits_is_told_that_it_cannot_be_made_and_does_not_try() -> None:
    kept, made, begun = KeptAnswers(), Event(), Event()
    tries: list[str] = []
    told: list[Exception] = []

    def fail() -> None:
        tries.append("a try")
        begun.set()
        assert made.wait(5)
        raise Gone

    def make() -> None:
        try:
            with kept.making("key"):
                fail()
        except Gone as error:
            told.append(error)

    threads = [Thread(target=make) for _ in range(4)]
    threads[0].start()
    assert begun.wait(5)
    for thread in threads[1:]:
        thread.start()
        wait_until_it_waits(thread)
    made.set()
    for thread in threads:
        thread.join(5)
    assert len(told) == 4
    assert tries == ["a try"]


def test_who_comes_later_tries_again() -> None:
    kept = KeptAnswers()
    with pytest.raises(Gone), kept.making("key"):
        raise Gone
    with kept.making("key"):
        pass


def test_who_asks_for_a_revision_that_could_not_be_read_does_not_wait_for_who_tries_again() -> None:
    tries: list[str] = []
    trying_again, tried = Event(), Event()

    def fail() -> int:
        tries.append("a try")
        if len(tries) == 2:
            trying_again.set()
            assert tried.wait(5)
        raise Gone

    revision = Revision(fail, seconds=0)
    with pytest.raises(Gone):
        revision()
    with ThreadPoolExecutor() as pool:
        again = pool.submit(revision)
        assert trying_again.wait(5)
        with pytest.raises(Gone):
            revision()
        assert not again.done()
        tried.set()
        assert isinstance(again.exception(), Gone)
    assert len(tries) == 2
