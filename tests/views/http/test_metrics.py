"""The metrics of a worker, and their sum over all workers."""

import json
import logging
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from tests.support.metrics import requests, value
from tests.support.waiting import wait_for
from views.http import Metrics, metrics

DURATION = "http_request_duration_seconds"


def a_worker(
    folder: Path | None = None, summary: tuple[int, int] | None = (1_700_000_000_250_000, 80)
) -> Metrics:
    """A worker with three connections in use."""
    return Metrics(folder, {("connections", "In use"): lambda: 3}, lambda: summary)


def told(worker: Metrics) -> str:
    return generate_latest(worker).decode()


def test_whatever_clients_invent_has_one_name() -> None:
    worker = a_worker()
    for method in ("BREW", "get"):
        worker.observe(method, None, 405, None, 0.01)
    assert requests(told(worker)) == {("other", "other", "405"): 2}


@pytest.mark.parametrize(
    ("seconds", "below", "least"),
    [(0.001, None, "0.001"), (0.0011, "0.001", "0.0025"), (10.0, "5.0", "10.0")],
)
def test_a_time_counts_in_its_bucket_and_in_all_larger_ones(
    seconds: float, below: str | None, least: str
) -> None:
    worker = a_worker()
    worker.observe("GET", "/", 200, None, seconds)
    text = told(worker)
    buckets = [value(text, f"{DURATION}_bucket", le=bound) for bound in (below, least, "+Inf")]
    assert buckets == [0, 1, 1]
    assert value(text, f"{DURATION}_sum") == seconds


def test_tells_of_the_catalogue_while_the_database_responds() -> None:
    there, gone = told(a_worker()), told(a_worker(summary=None))
    assert value(there, "database_up") == 1
    assert value(there, "catalogue_movies") == 80
    assert value(there, "catalogue_changed_timestamp_seconds") == 1_700_000_000.25
    assert value(gone, "database_up") == 0
    assert "catalogue" not in gone


def another_worker(folder: Path, **changes: object) -> None:
    """Add a worker with the same metrics as the only one, except for these changes."""
    [file] = folder.glob("*.json")
    (folder / "1.json").write_text(json.dumps(json.loads(file.read_bytes()) | changes))


@pytest.fixture
def shared(tmp_path: Path) -> Metrics:
    """A worker that has published metrics with one request."""
    worker = a_worker(tmp_path)
    worker.observe("GET", "/movies/", 200, True, 0.5)
    told(worker)
    return worker


def test_adds_up_what_all_workers_have_counted(shared: Metrics, tmp_path: Path) -> None:
    another_worker(tmp_path)
    shared.observe("GET", "/movies/", 200, True, 0.25)
    text = told(shared)
    assert requests(text) == {("GET", "/movies/", "200"): 3}
    assert value(text, f"{DURATION}_sum") == 1.25
    assert value(text, "response_cache_hits_total") == 3
    assert value(text, "connections") == 6


def test_what_a_dead_worker_has_counted_stays_and_what_it_used_does_not(
    shared: Metrics, tmp_path: Path
) -> None:
    another_worker(tmp_path, time=0)
    assert requests(told(shared)) == {("GET", "/movies/", "200"): 2}
    assert value(told(shared), "connections") == 3


def test_is_published_without_requests_and_after_a_full_disk(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "PUBLISH_SECONDS", 0.01)
    caplog.set_level(logging.ERROR)
    a_worker(tmp_path / "later").observe("GET", "/movies/", 200, None, 0.5)
    wait_for(lambda: "metrics not written" in caplog.messages)
    (tmp_path / "later").mkdir()
    [file] = wait_for(lambda: list((tmp_path / "later").glob("*.json")))
    assert json.loads(file.read_bytes())["series"][0][:3] == ["GET", "/movies/", 200]
