"""The cache of public responses, which stay valid until the catalogue changes."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache

from views.http.cache.single_flight import SingleFlight
from views.http.cache.spooled import Body
from views.http.environ import Headers

# Bounds of one process. Whole lists of a large catalogue are files; all else is in memory.
MEMORY_BYTES = 64 * 1024 * 1024
DISK_BYTES = 2 * 1024 * 1024 * 1024
MAX_FILES = 64

# URLs with unknown parameters are not remembered, so a response has only a few URLs.
MAX_URLS = 5_000

# Estimated size of the Python objects of a response, without their characters.
_OVERHEAD_BYTES = 1000


class Url(NamedTuple):
    """The parts of a request that select a response."""

    script: str
    path: str
    query: str = ""
    accepts_gzip: bool = False


@dataclass(frozen=True)
class CachedResponse:
    """A 200 response, the catalogue revision that it shows, and the template of its path.

    The revision is None if the response depends on more than the catalogue. It is not cached then.
    """

    revision: int | None
    headers: Headers
    body: Body
    route: str


# A response with its key, whose memory counts as well.
_Entry = tuple[str, CachedResponse]


def _memory_weight(entry: _Entry) -> int:
    key, response = entry
    headers = sum(len(name) + len(value) for name, value in response.headers)
    return len(key) + headers + len(response.body) + _OVERHEAD_BYTES


class ResponseCache:
    """LRU caches of responses, by key, and of the URLs that led to each key.

    A response is used only for its own revision, so a change of the catalogue invalidates nothing:
    outdated responses are replaced, or fall out of their LRU cache.
    """

    def __init__(
        self,
        memory_bytes: int = MEMORY_BYTES,
        disk_bytes: int = DISK_BYTES,
        max_files: int = MAX_FILES,
    ) -> None:
        def disk_weight(entry: _Entry) -> int:
            # Bounds the bytes and the number of files with one weight.
            return max(len(entry[1].body), disk_bytes // max_files)

        self._memory: LRUCache[str, _Entry] = LRUCache(memory_bytes, getsizeof=_memory_weight)
        self._disk: LRUCache[str, _Entry] = LRUCache(disk_bytes, getsizeof=disk_weight)
        self._keys: LRUCache[Url, str] = LRUCache(MAX_URLS)
        self._lock = Lock()
        self._flights: SingleFlight[CachedResponse] = SingleFlight()

    def memory_bytes(self) -> float:
        """Return the bytes of all responses in memory, with their keys and headers."""
        return self._memory.currsize

    def disk_bytes(self) -> float:
        """Return the bytes of all files."""
        with self._lock:
            return sum(len(response.body) for _, response in self._disk.values())

    def lookup(self, url: Url) -> CachedResponse | None:
        """Return the response that this URL led to, whatever its revision, or None."""
        with self._lock:
            key = self._keys.get(url)
            return None if key is None else self._find(key)

    def get_or_make(
        self, key: str, url: Url | None, revision: int, make: Callable[[], CachedResponse]
    ) -> CachedResponse:
        """Return the response of this revision from the cache, or make and cache it.

        Concurrent callers share the pending response. Without a `url`, `lookup` will not find it.
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
