"""Limits on whole lists that are requested, built and sent at the same time."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace

import pytest
from werkzeug.exceptions import ServiceUnavailable

from commands.server import SERVER_OPTIONS
from constants import RETRY_SECONDS
from views.http import whole_lists
from views.http.whole_lists import CALLERS, MAKERS, READERS, WholeLists

Enter = Callable[[WholeLists], AbstractContextManager[object]]


@contextmanager
def reading(bound: WholeLists) -> Iterator[None]:
    body = bound.read([b"[]"])
    yield
    body.close()


PLACES = pytest.mark.parametrize("enter", [WholeLists.calling, WholeLists.turn, reading])


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_lists, "LOCK_SECONDS", 0.01)


@PLACES
def test_has_so_many_places_and_refuses_the_next_until_one_is_free(enter: Enter) -> None:
    bound = WholeLists(callers=2, makers=2, readers=2)
    with enter(bound):
        with enter(bound), pytest.raises(ServiceUnavailable) as refusal, enter(bound):
            pass
        with enter(bound):
            pass
    assert refusal.value.retry_after == RETRY_SECONDS


@pytest.mark.parametrize("enter", [WholeLists.calling, WholeLists.turn])
def test_a_place_is_free_after_a_failure(enter: Enter) -> None:
    bound = WholeLists(callers=1, makers=1)
    for _ in range(2):
        with pytest.raises(OSError, match="no room"), enter(bound):
            raise OSError("no room")


def test_a_body_is_read_whole_and_frees_its_place_once() -> None:
    bound = WholeLists(readers=1)
    body = bound.read([b"[1", b"]"])
    assert list(body) == [b"[1", b"]"]
    body.close()
    body.close()
    bound.read([]).close()


def test_an_unclosed_body_frees_its_place_when_it_is_garbage() -> None:
    bound = WholeLists(readers=1)
    blocks = iter(bound.read([b"[1", b"]"]))
    del blocks
    gc.collect()
    bound.read([]).close()


def test_leaves_threads_to_everybody_else() -> None:
    assert MAKERS < CALLERS
    assert SERVER_OPTIONS["blocking_threads"] > CALLERS + READERS


MOVING = pytest.mark.parametrize("enter", [WholeLists.calling, reading])


@MOVING
def test_waits_for_a_place_that_is_soon_free(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_lists, "_PLACE_SECONDS", 60.0)
    bound = WholeLists(callers=1, readers=1)
    with ThreadPoolExecutor() as pool:
        with enter(bound):
            waiting = pool.submit(_enter, enter, bound)
            assert not waiting.done()
        waiting.result()


@MOVING
def test_no_caller_waits_for_places_that_do_not_change_hands(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_lists, "_PLACE_SECONDS", 60.0)
    clock = SimpleNamespace(monotonic=lambda: 0.0)
    monkeypatch.setattr(whole_lists, "time", clock)
    bound = WholeLists(callers=1, readers=1)
    with ThreadPoolExecutor() as pool, enter(bound):
        clock.monotonic = lambda: 60.0
        with pytest.raises(ServiceUnavailable):
            pool.submit(_enter, enter, bound).result(timeout=30)


def _enter(enter: Enter, bound: WholeLists) -> None:
    with enter(bound):
        pass
