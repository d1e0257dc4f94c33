"""Test doubles for the clock, transactions and collaborators of services.

Tokens are real, and signed with a test key.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from unittest.mock import Mock, create_autospec

from helpers.tokens import Claims, Tokens

NOW = 1_700_000_000
SESSION = "0123456789abcdef0123456789abcdef"
CALLER = Claims(7, SESSION, 0)
TOKENS = Tokens(("a key of these tests that is long enough",), access_seconds=900)

Logged = Callable[[], list[dict[str, object]]]
Transaction = Callable[[], AbstractContextManager[None]]


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: int

    def __call__(self) -> int:
        return self.now


def double_of(kind: type) -> Mock:
    """Return a mock with only the methods and signatures of the class."""
    double: Mock = create_autospec(kind, instance=True, spec_set=True)
    return double


def recorded_transaction(calls: Mock) -> Transaction:
    """Return a transaction that records its begin, commit and rollback among the other calls."""

    @contextmanager
    def transaction() -> Iterator[None]:
        calls.begin()
        try:
            yield
        except BaseException:
            calls.roll_back()
            raise
        calls.commit()

    return transaction
