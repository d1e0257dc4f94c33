"""Metrics of all worker processes, whichever one Prometheus scrapes.

Every second each worker writes its counts to a file in a shared folder. The scraped worker
adds up the files. Counts of dead workers are kept, so that no counter falls; their gauges are not
(docs/decisions/0045-metrics.md).
"""

import logging
import os
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import add
from pathlib import Path
from threading import Lock, Thread
from time import sleep, time
from typing import Any

import orjson
from prometheus_client import Metric
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.registry import Collector

from constants import VERSION

PUBLISH_SECONDS = 1.0
_LIVE_SECONDS = 5.0  # A worker that has published nothing for this long is dead.

# Upper bounds in seconds. A cached response takes a tenth of the first.
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_BOUNDS = [*map(str, _BUCKETS), "+Inf"]

# Methods that clients invent are counted under one name.
_METHODS = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
_OTHER = "other"

# Method, route, status, whether cached; then responses by bucket, and the sum of times.
Series = tuple[str, str, int, bool | None, list[float]]


class Metrics(Collector):
    """Counts the responses of this process, and collects the counts of all workers.

    `gauges` are functions by name and meaning; their values are added up over all workers.
    `catalogue` returns the revision and the number of films, or None if the database does not
    respond. Without a `folder` this process is the only worker.
    """

    def __init__(
        self,
        folder: Path | None,
        gauges: Mapping[tuple[str, str], Callable[[], float]],
        catalogue: Callable[[], tuple[int, int] | None],
    ) -> None:
        self._folder = folder
        self._gauges = gauges
        self._catalogue = catalogue
        self._series: dict[tuple[str, str, int, bool | None], list[float]] = {}
        self._lock = Lock()
        self._publishing = Lock()

    def observe(
        self, method: str, route: str | None, status: int, is_cached: bool | None, seconds: float
    ) -> None:
        """Count a response. `is_cached` is None if responses of the route are never cached."""
        key = (method if method in _METHODS else _OTHER, route or _OTHER, status, is_cached)
        with self._lock:
            series = self._series.get(key) or self._begin(key)
            series[bisect_left(_BUCKETS, seconds)] += 1
            series[-1] += seconds

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of all workers."""
        snapshots = self._snapshots()
        yield from _requests(entry for snapshot in snapshots for entry in snapshot["series"])
        live = [one["gauges"] for one in snapshots if time() - one["time"] < _LIVE_SECONDS]
        for name, meaning in self._gauges:
            in_all = sum(gauges[name] for gauges in live)
            yield GaugeMetricFamily(f"kinoteka_{name}", meaning, in_all)
        yield from _catalogue(self._catalogue())
        yield InfoMetricFamily("kinoteka_build", "The version that runs", {"version": VERSION})

    def _begin(self, key: tuple[str, str, int, bool | None]) -> list[float]:
        if self._folder is not None and not self._series:
            Thread(target=self._publish_regularly, args=[self._folder], daemon=True).start()
        return self._series.setdefault(key, _zeros())

    def _snapshots(self) -> list[dict[str, Any]]:
        """Return the latest counts of each worker, including dead ones."""
        if self._folder is None:
            return [orjson.loads(self._snapshot())]
        with self._publishing:  # A file that is read cannot be replaced on Windows.
            self._publish(self._folder)
            return [orjson.loads(path.read_bytes()) for path in self._folder.glob("*.json")]

    def _snapshot(self) -> bytes:
        gauges = {name: value() for (name, _), value in self._gauges.items()}
        with self._lock:
            series = [[*key, series] for key, series in self._series.items()]
            return orjson.dumps({"time": time(), "gauges": gauges, "series": series})

    def _publish(self, folder: Path) -> None:
        # Atomic: others may read the file at any moment.
        written = folder / f"{os.getpid()}.written"
        written.write_bytes(self._snapshot())
        written.replace(folder / f"{os.getpid()}.json")

    def _publish_regularly(self, folder: Path) -> None:
        while True:
            sleep(PUBLISH_SECONDS)
            try:
                with self._publishing:
                    self._publish(folder)
            except OSError:  # A full disk. The next file will include these counts.
                logging.getLogger(__name__).exception("metrics not written")


def _requests(series: Iterable[Series]) -> Iterator[Metric]:
    requests: defaultdict[Sequence[str], list[float]] = defaultdict(_zeros)
    cached: Counter[bool | None] = Counter()
    for method, route, status, is_cached, numbers in series:
        labels = (method, route, str(status))
        requests[labels] = list(map(add, requests[labels], numbers))
        cached[is_cached] += int(sum(numbers[:-1]))
    family = HistogramMetricFamily(
        "kinoteka_http_request_duration_seconds",
        "Time from a request until the body of its response begins",
        labels=("method", "route", "status"),
    )
    for request, (*counts, seconds) in requests.items():
        buckets = list(zip(_BOUNDS, accumulate(counts), strict=True))
        family.add_metric(request, buckets, seconds)
    yield family
    for name, is_cached in (("hits", True), ("misses", False)):
        meaning = f"Requests for what is cached: {name} of the response cache"
        yield CounterMetricFamily(f"kinoteka_response_cache_{name}", meaning, cached[is_cached])


def _catalogue(summary: tuple[int, int] | None) -> Iterator[Metric]:
    responds = summary is not None
    yield GaugeMetricFamily("kinoteka_database_up", "Whether the database responds", responds)
    if summary is not None:
        revision, films = summary
        yield GaugeMetricFamily("kinoteka_catalogue_movies", "Films of the catalogue", films)
        yield GaugeMetricFamily(
            "kinoteka_catalogue_changed_timestamp_seconds",
            "When an import last changed the catalogue, which is its revision",
            revision / 1_000_000,
        )


def _zeros() -> list[float]:
    """Return the numbers of a series without responses: each bucket, and the sum of times."""
    return [0.0] * (len(_BOUNDS) + 1)
