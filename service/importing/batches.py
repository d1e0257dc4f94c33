"""Work in short transactions, so that other writers get their turn between them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from time import perf_counter

# How long a batch may block other writers, in seconds, and the pause after it as a fraction of the
# time that it took.
TARGET_SECONDS = 0.08
PAUSE_RATIO = 1 / 3

# Rows of a batch: the fewest at first, and later as many as the time allows. Smaller batches would
# take longer for each row on a busy machine.
MIN_ROWS = 500
MAX_ROWS = 20_000


def in_batches(
    work: Callable[[int, int], int],
    transaction: Callable[[], AbstractContextManager[None]],
    pause: Callable[[float], None] | None,
) -> Iterator[int]:
    """Do work in short transactions until none is left. Yield the rows done after each batch.

    `work` gets the number of rows done and the most that it may do, and returns how many it did.
    `pause` is called after each batch. It is None if batches do not block other writers.
    """
    done, limit = 0, MIN_ROWS if pause else MAX_ROWS
    while True:
        with transaction():
            began = perf_counter()
            rows = work(done, limit)
        held = perf_counter() - began
        if not rows:
            return
        done += rows
        yield done
        if pause:
            pause(held * PAUSE_RATIO)
            # At most twice as many as before: a short batch says little about a long one.
            limit = min(max(int(limit * min(TARGET_SECONDS / held, 2)), MIN_ROWS), MAX_ROWS)
