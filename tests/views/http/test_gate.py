"""The gate of the laboratory: which requests enter, wait, or come too late."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

import pytest
from werkzeug.exceptions import ServiceUnavailable

from views.http import Gate

AT_MOST = 30  # Seconds. Nothing here takes that long.
LATE = "The laboratory was reset while this request waited."


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


def is_waiting(future: Future[None]) -> bool:
    with pytest.raises(NotYet):
        future.result(timeout=0.1)
    return True


def close(gate: Gate, *, replaced: bool) -> None:
    with gate.closed(replaced):
        pass


def enter(gate: Gate, world: int) -> None:
    with gate.entered(world):
        pass


def test_closes_when_all_are_out(threads: ThreadPoolExecutor) -> None:
    gate = Gate()
    with gate.entered(0):
        closing = threads.submit(close, gate, replaced=True)
        assert is_waiting(closing)
        assert gate.world == 0
    closing.result(AT_MOST)
    assert gate.world == 1


@pytest.mark.parametrize("replaced", [True, False])
def test_who_comes_while_it_is_closed_gets_into_the_same_world_only(
    threads: ThreadPoolExecutor, replaced: bool
) -> None:
    gate = Gate()
    with gate.closed(replaced):
        entering = threads.submit(enter, gate, gate.world)
        closing = threads.submit(close, gate, replaced=False)
        assert is_waiting(entering)
        assert is_waiting(closing)
    assert isinstance(entering.exception(AT_MOST), ServiceUnavailable) == replaced
    closing.result(AT_MOST)


def test_a_waiting_request_is_refused_at_once_when_its_world_is_gone(
    threads: ThreadPoolExecutor,
) -> None:
    gate = Gate()
    waiting = threads.submit(gate.wait, AT_MOST * 10, 0)
    assert is_waiting(waiting)
    close(gate, replaced=False)
    assert is_waiting(waiting)
    close(gate, replaced=True)
    with pytest.raises(ServiceUnavailable, match=LATE) as late:
        waiting.result(AT_MOST)
    assert late.value.retry_after == 2


def test_so_many_wait_and_the_next_does_not(threads: ThreadPoolExecutor) -> None:
    gate = Gate(waiting=1)
    waiting = threads.submit(gate.wait, AT_MOST * 10, 0)
    assert is_waiting(waiting)
    assert gate.wait(AT_MOST * 10, 0) is False
    close(gate, replaced=True)
    assert isinstance(waiting.exception(AT_MOST), ServiceUnavailable)
    assert gate.wait(0.001, 1) is True


def test_a_change_that_fails_leaves_the_world_as_it_is() -> None:
    forgotten: list[str] = []
    gate = Gate([lambda: forgotten.append("counts")])
    with pytest.raises(LookupError), gate.closed(True):
        raise LookupError
    assert (gate.world, forgotten) == (0, [])
    close(gate, replaced=True)
    assert (gate.world, forgotten) == (1, ["counts"])


def test_does_not_wait_without_end_for_a_request_that_does_not_come_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("views.http.gate._CLOSED_SECONDS", 0.05)
    gate = Gate()
    with gate.entered(0):
        with pytest.raises(ServiceUnavailable, match="The laboratory is busy"):
            close(gate, replaced=True)
        enter(gate, 0)  # It is open again.
    close(gate, replaced=True)
