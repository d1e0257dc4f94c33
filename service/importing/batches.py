"""Work in short transactions, so that others can write between them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from time import perf_counter

# How long a batch may keep others from writing, in seconds, and how much of that they then have
# for themselves.
HELD_SECONDS = 0.08
PAUSE = 1 / 3

# Rows of a batch: at first the fewest, and then as many as the time allows. With fewer still, a
# busy machine would spend more on each row.
FEWEST = 500
MOST = 20_000


def in_batches(
    work: Callable[[int, int], int],
    transaction: Callable[[], AbstractContextManager[None]],
    pause: Callable[[float], None] | None,
) -> Iterator[int]:
    """Do work in short transactions until there is none left; yield how much is done.

    `work` is told how many rows are done and how many it may do, and returns how many it did.
    `pause` is called after batches that keep others from writing; None, if they keep nobody.
    """
    done, limit = 0, FEWEST if pause else MOST
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
            pause(held * PAUSE)
            # At most twice as many as before: a short time says little about a long one.
            limit = min(max(int(limit * min(HELD_SECONDS / held, 2)), FEWEST), MOST)
