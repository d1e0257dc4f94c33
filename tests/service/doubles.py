"""What stands in for time and for the database; the DAOs themselves are autospecced mocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import Mock, create_autospec

Logged = Callable[[], list[dict[str, object]]]


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: int

    def __call__(self) -> int:
        return self.now


class RecordingTransaction:
    """Stands in for setup_db.transaction, and tells what happened inside and outside of it.

    `log` has the calls of everything watched, between "begin" and "commit" or "roll back";
    `committed` only has those that took place inside of a transaction that was committed.
    """

    def __init__(self) -> None:
        self.log: list[str] = []
        self.committed: list[str] = []
        self.open = False
        self._inside: list[str] = []

    @contextmanager
    def __call__(self) -> Iterator[None]:
        assert not self.open, "The real one refuses to begin inside another."
        self.open = True
        self._inside = []
        self.log.append("begin")
        try:
            yield
        except BaseException:
            self.log.append("roll back")
            raise
        else:
            self.log.append("commit")
            self.committed += self._inside
        finally:
            self.open = False

    def watch(self, name: str, double: Mock) -> Any:
        """Return what does as the double does, and logs every call of it."""
        return _Watched(name, double, self._note)

    def _note(self, call: str) -> None:
        self.log.append(call)
        if self.open:
            self._inside.append(call)


class _Watched:
    def __init__(self, name: str, double: Mock, note: Callable[[str], None]) -> None:
        self._name = name
        self._double = double
        self._note = note

    def __getattr__(self, method: str) -> Callable[..., Any]:
        do: Callable[..., Any] = getattr(self._double, method)

        def call(*args: Any, **kwargs: Any) -> Any:
            self._note(f"{self._name}.{method}")
            return do(*args, **kwargs)

        return call


def double_of(kind: type) -> Mock:
    """A mock that has the methods and signatures of the class, and nothing else."""
    double: Mock = create_autospec(kind, instance=True, spec_set=True)
    return double
