import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from tests.support.metrics import requests, value
from tests.support.waiting import wait_for
from views.http import Metrics

SUMMARY = (1_700_000_000_250_000, 80)


def metrics(
    folder: Path | None = None,
    used: int = 3,
    summary: Callable[[], tuple[int, int] | None] = lambda: SUMMARY,
) -> Metrics:
    """Metrics of a process that has so many connections in use."""
    return Metrics(folder, {("connections", "In use"): lambda: used}, summary)


def told(of: Metrics) -> str:
    return generate_latest(of).decode()


def test_counts_responses_by_method_route_and_status() -> None:
    counted = metrics()
    for status in (200, 200, 404):
        counted.observe("GET", "/movies/<int:movie_id>/", status, None, 0.01)
    assert requests(told(counted)) == {
        ("GET", "/movies/<int:movie_id>/", "200"): 2,
        ("GET", "/movies/<int:movie_id>/", "404"): 1,
    }


def test_whatever_clients_invent_has_one_name() -> None:
    counted = metrics()
    for method in ("BREW", "get", "TRACE", "X" * 16):
        counted.observe(method, None, 405, None, 0.01)
    assert requests(told(counted)) == {("other", "other", "405"): 4}


@pytest.mark.parametrize(
    ("seconds", "least"),
    [(0.0, "0.001"), (0.001, "0.001"), (0.0011, "0.0025"), (10.0, "10.0"), (10.1, "+Inf")],
)
def test_a_time_counts_in_its_bucket_and_in_all_larger_ones(seconds: float, least: str) -> None:
    counted = metrics()
    counted.observe("GET", "/", 200, None, seconds)
    name = "http_request_duration_seconds"
    bounds = ["0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0"]
    bounds += ["2.5", "5.0", "10.0", "+Inf"]
    in_bucket = [value(told(counted), f"{name}_bucket", le=bound) for bound in bounds]
    at = bounds.index(least)
    assert in_bucket == [0] * at + [1] * (len(bounds) - at)
    assert value(told(counted), f"{name}_sum") == seconds


def test_loses_no_response_of_threads_that_count_at_once() -> None:
    counted = metrics()

    def count(_: int) -> None:
        for _ in range(5000):
            counted.observe("GET", "/", 200, None, 1.0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(8)))
    assert requests(told(counted)) == {("GET", "/", "200"): 40_000}
    assert value(told(counted), "http_request_duration_seconds_sum") == 40_000


def test_tells_hits_and_misses_of_the_cache_apart_from_what_is_never_cached() -> None:
    counted = metrics()
    for is_cached in (True, True, True, False, None):
        counted.observe("GET", "/movies/", 200, is_cached, 0.01)
    assert value(told(counted), "response_cache_hits_total") == 3
    assert value(told(counted), "response_cache_misses_total") == 1


def test_tells_of_the_catalogue_while_the_database_responds() -> None:
    there, gone = told(metrics()), told(metrics(summary=lambda: None))
    assert value(there, "database_up") == 1
    assert value(there, "catalogue_movies") == 80
    assert value(there, "catalogue_changed_timestamp_seconds") == 1_700_000_000.25
    assert value(gone, "database_up") == 0
    assert "catalogue" not in gone


def another_worker(folder: Path, **changes: object) -> None:
    """Let there be another worker that has done what the one with the only file has done."""
    [file] = folder.glob("*.json")
    (folder / "1.json").write_text(json.dumps(json.loads(file.read_bytes()) | changes))


@pytest.fixture
def shared(tmp_path: Path) -> Metrics:
    """Metrics of a worker that has answered once, and has published that."""
    counted = metrics(tmp_path)
    counted.observe("GET", "/movies/", 200, True, 0.5)
    told(counted)
    return counted


def test_adds_up_what_all_workers_have_counted(shared: Metrics, tmp_path: Path) -> None:
    another_worker(tmp_path)
    shared.observe("GET", "/movies/", 200, True, 0.25)
    text = told(shared)
    assert requests(text) == {("GET", "/movies/", "200"): 3}
    assert value(text, "http_request_duration_seconds_sum") == 1.25
    assert value(text, "response_cache_hits_total") == 3
    assert value(text, "connections") == 6


def test_what_a_dead_worker_has_counted_stays_and_what_it_used_does_not(
    shared: Metrics, tmp_path: Path
) -> None:
    another_worker(tmp_path, time=0)
    assert requests(told(shared)) == {("GET", "/movies/", "200"): 2}
    assert value(told(shared), "connections") == 3


def test_what_is_counted_is_published_though_nobody_asks_this_worker(tmp_path: Path) -> None:
    metrics(tmp_path).observe("GET", "/movies/", 200, None, 0.5)
    [file] = wait_for(lambda: list(tmp_path.glob("*.json")))
    assert json.loads(file.read_bytes())["series"][0][:3] == ["GET", "/movies/", 200]


def test_a_disk_that_is_full_for_a_while_is_told_and_got_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    counted = metrics(tmp_path / "later")
    counted.observe("GET", "/movies/", 200, None, 0.5)
    wait_for(lambda: "metrics not written" in caplog.messages)
    (tmp_path / "later").mkdir()
    wait_for(lambda: list((tmp_path / "later").glob("*.json")))
