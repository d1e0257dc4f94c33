"""Responses that are the same for everybody until the catalogue changes."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache

from views.http.cache.single_flight import SingleFlight
from views.http.cache.spooled import Body
from views.http.environ import Headers

# For each process. Whole lists of a large catalogue are files, all others are in memory.
MEMORY_BYTES = 64 * 1024 * 1024
DISK_BYTES = 2 * 1024 * 1024 * 1024
MAX_FILES = 64

# A URL with parameters that no route knows is not remembered, so each response has few of them.
MAX_URLS = 5_000

# What Python takes for the objects of a response, besides their characters.
_OVERHEAD_BYTES = 1000


class Url(NamedTuple):
    """What a response follows from, besides the revision."""

    script: str
    path: str
    query: str = ""
    accepts_gzip: bool = False


@dataclass(frozen=True)
class CachedResponse:
    """A 200, the revision of the catalogue that it shows, and the template of its path.

    The revision is None where the response shows more than the catalogue: it is never cached.
    """

    revision: int | None
    headers: Headers
    body: Body
    route: str


# A response together with its key, which takes memory as well.
_Entry = tuple[str, CachedResponse]


def _memory_weight(entry: _Entry) -> int:
    key, response = entry
    headers = sum(len(name) + len(value) for name, value in response.headers)
    return len(key) + headers + len(response.body) + _OVERHEAD_BYTES


class ResponseCache:
    """LRU caches of responses, by a key for each of them and by every URL that led to it.

    A response counts only for the revision that it shows, so nothing has to be invalidated when
    the catalogue changes: an old response is replaced, or falls out of its LRU cache.
    """

    def __init__(
        self,
        memory_bytes: int = MEMORY_BYTES,
        disk_bytes: int = DISK_BYTES,
        max_files: int = MAX_FILES,
    ) -> None:
        def disk_weight(entry: _Entry) -> int:
            # So that neither the bytes nor the number of files exceeds its bound.
            return max(len(entry[1].body), disk_bytes // max_files)

        self._memory: LRUCache[str, _Entry] = LRUCache(memory_bytes, getsizeof=_memory_weight)
        self._disk: LRUCache[str, _Entry] = LRUCache(disk_bytes, getsizeof=disk_weight)
        self._keys: LRUCache[Url, str] = LRUCache(MAX_URLS)
        self._lock = Lock()
        self._flights: SingleFlight[CachedResponse] = SingleFlight()

    def memory_bytes(self) -> float:
        """Return what the responses in memory weigh, with their keys and headers."""
        return self._memory.currsize

    def disk_bytes(self) -> float:
        """Return the length of all files."""
        with self._lock:
            return sum(len(response.body) for _, response in self._disk.values())

    def lookup(self, url: Url) -> CachedResponse | None:
        """Return the response that this URL led to, of whatever revision, or None."""
        with self._lock:
            key = self._keys.get(url)
            return None if key is None else self._find(key)

    def get_or_make(
        self, key: str, url: Url | None, revision: int, make: Callable[[], CachedResponse]
    ) -> CachedResponse:
        """Return the response of this revision, which is made where it is not cached.

        Concurrent callers share the pending response. Without a `url`, `lookup` does not find it.
        Raises what `make` raises.
        """
        return self._current(key, url, revision) or self._flights.do(
            key, lambda: self._current(key, url, revision) or self._add(key, url, make())
        )

    def _current(self, key: str, url: Url | None, revision: int) -> CachedResponse | None:
        with self._lock:
            response = self._find(key)
            if response is None or response.revision != revision:
                return None
            self._remember(url, key)
            return response

    def _add(self, key: str, url: Url | None, response: CachedResponse) -> CachedResponse:
        if response.revision is None:
            return response
        in_memory = isinstance(response.body, bytes)
        cache, other = (self._memory, self._disk) if in_memory else (self._disk, self._memory)
        entry = key, response
        with self._lock:
            other.pop(key, None)
            if cache.getsizeof(entry) <= cache.maxsize:
                cache[key] = entry
                self._remember(url, key)
        return response

    def _find(self, key: str) -> CachedResponse | None:
        entry = self._memory.get(key) or self._disk.get(key)
        return None if entry is None else entry[1]

    def _remember(self, url: Url | None, key: str) -> None:
        if url is not None:
            self._keys[url] = key
