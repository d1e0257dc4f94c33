"""Responses that are the same for everybody until the catalogue changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

from views.http.cache.single_flight import SingleFlight
from views.http.cache.spooled import Body
from views.http.environ import Headers

# For each process. Whole lists of a large catalogue are files, all others are in memory.
MEMORY_BYTES = 64 * 1024 * 1024
DISK_BYTES = 2 * 1024 * 1024 * 1024

# URLs with parameters that nobody knows lead to the response of a shorter URL.
MAX_URLS = 10_000
MAX_URL_LENGTH = 500


@dataclass(frozen=True)
class CachedResponse:
    """A 200, the revision of the catalogue that it shows, and the template of its path.

    The revision is None where the response shows more than the catalogue: it is never cached.
    """

    revision: int | None
    headers: Headers
    body: Body
    route: str


def _weight(response: CachedResponse) -> int:
    """Return the bytes that it takes, with something for all that is not its body."""
    return len(response.body) + 1000


class ResponseCache:
    """LRU caches of responses, by a key for each of them and by every URL that led to it.

    A response counts only for the revision that it shows, so nothing has to be invalidated when
    the catalogue changes: an old response is replaced, or falls out of its LRU cache.
    """

    def __init__(self, memory_bytes: int = MEMORY_BYTES, disk_bytes: int = DISK_BYTES) -> None:
        self._memory: LRUCache[str, CachedResponse] = LRUCache(memory_bytes, getsizeof=_weight)
        self._disk: LRUCache[str, CachedResponse] = LRUCache(disk_bytes, getsizeof=_weight)
        self._keys: LRUCache[str, str] = LRUCache(MAX_URLS)
        self._lock = Lock()
        self._flights: SingleFlight[CachedResponse] = SingleFlight()

    def lookup(self, url: str) -> CachedResponse | None:
        """Return the response that this URL led to, of whatever revision, or None."""
        with self._lock:
            key = self._keys.get(url)
            return None if key is None else self._find(key)

    def get_or_make(
        self, key: str, url: str | None, revision: int, make: Callable[[], CachedResponse]
    ) -> CachedResponse:
        """Return the response of this revision, which is made where it is not cached.

        Concurrent callers share the pending response. Without a `url`, `lookup` does not find it.
        Raises what `make` raises.
        """
        return self._current(key, url, revision) or self._flights.do(
            key, lambda: self._current(key, url, revision) or self._add(key, url, make())
        )

    def _current(self, key: str, url: str | None, revision: int) -> CachedResponse | None:
        with self._lock:
            response = self._find(key)
            if response is None or response.revision != revision:
                return None
            self._remember(url, key)
            return response

    def _add(self, key: str, url: str | None, response: CachedResponse) -> CachedResponse:
        if response.revision is not None:
            in_memory = isinstance(response.body, bytes)
            cache, other = (self._memory, self._disk) if in_memory else (self._disk, self._memory)
            with self._lock:
                other.pop(key, None)
                if _weight(response) <= cache.maxsize:
                    cache[key] = response
                    self._remember(url, key)
        return response

    def _find(self, key: str) -> CachedResponse | None:
        return self._memory.get(key) or self._disk.get(key)

    def _remember(self, url: str | None, key: str) -> None:
        if url is not None and len(url) <= MAX_URL_LENGTH:
            self._keys[url] = key
