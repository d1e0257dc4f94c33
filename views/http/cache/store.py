"""Answers that are the same for everybody until the catalogue changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from weakref import WeakValueDictionary

from views.http.cache.spooled import Body

# For each process. Whole lists of a large catalogue are files, all others are in memory.
MEMORY_BYTES = 64 * 1024 * 1024
DISK_BYTES = 2 * 1024 * 1024 * 1024

# A query with parameters that nobody knows is another spelling of a shorter one.
MAX_SPELLINGS = 10_000
MAX_SPELLING_LENGTH = 500


@dataclass(frozen=True)
class Answer:
    """A 200, and the revision of the catalogue that it shows; None where it shows more than that.

    `route` is the template of its path.
    """

    revision: int | None
    headers: list[tuple[str, str]]
    body: Body
    route: str

    @property
    def weight(self) -> int:
        """Bytes that it takes, with something for all that is not its body."""
        return len(self.body) + 1000


class Shelf:
    """Keeps what was used last, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def get(self, key: str) -> Answer | None:
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def put(self, key: str, answer: Answer) -> None:
        self.drop(key)
        self._answers[key] = answer
        self._bytes += answer.weight
        while self._bytes > self._most_bytes:
            self.drop(next(iter(self._answers)))

    def drop(self, key: str) -> None:
        answer = self._answers.pop(key, None)
        if answer is not None:
            self._bytes -= answer.weight


class KeptAnswers:
    """What may be answered again, by a key for each answer and by all spellings of its address.

    An answer is given only for the revision that it was made of, so nothing has to be forgotten
    when the catalogue changes: what is old falls off the shelf, or is replaced.
    """

    def __init__(self, memory_bytes: int = MEMORY_BYTES, disk_bytes: int = DISK_BYTES) -> None:
        self._memory = Shelf(memory_bytes)
        self._disk = Shelf(disk_bytes)
        self._keys: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()
        self._making: WeakValueDictionary[str, _Making] = WeakValueDictionary()

    def get(self, key: str, revision: int) -> Answer | None:
        """Return the answer of this revision, or None."""
        answer = self._find(key)
        return answer if answer is not None and answer.revision == revision else None

    def spelled(self, address: str) -> Answer | None:
        """Return the answer to an address as it was written, of whatever revision, or None."""
        key = self._keys.get(address)
        return None if key is None else self._find(key)

    def put(self, key: str, address: str, answer: Answer) -> None:
        """Keep an answer, and remember what was asked."""
        in_memory = isinstance(answer.body, bytes)
        shelf, other = (self._memory, self._disk) if in_memory else (self._disk, self._memory)
        with self._lock:
            other.drop(key)
            shelf.put(key, answer)
            if len(address) <= MAX_SPELLING_LENGTH:
                self._keys[address] = key
            if len(self._keys) > MAX_SPELLINGS:
                self._keys.popitem(last=False)

    @contextmanager
    def making(self, key: str) -> Iterator[None]:
        """Let one thread at a time make the answer of a key; the others then find it kept.

        Where it cannot be made, those who waited are told so too: if each of them tried in turn,
        the last one would wait for the timeouts of all.
        """
        with self._lock:
            making = self._making.setdefault(key, _Making())
        with making.lock:
            if making.error is not None:
                raise making.error
            try:
                yield
            except Exception as error:  # Whatever it is, Flask's handlers have the answer.
                making.error = error
                with self._lock:  # Who asks from now on tries again.
                    if self._making.get(key) is making:
                        del self._making[key]
                raise

    def _find(self, key: str) -> Answer | None:
        with self._lock:
            return self._memory.get(key) or self._disk.get(key)


class _Making:
    """An answer that is being made; forgotten with the last thread that waits for it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.error: Exception | None = None
