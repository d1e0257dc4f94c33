"""Prometheus scrapes one worker and gets the metrics of all."""

import signal
from pathlib import Path

import httpx

from tests.support.metrics import requests, value
from tests.support.processes import send, workers
from tests.support.waiting import wait_for
from tests.system.conftest import Start

TOKEN = "t" * 32
MADE = ("GET", "/movies/<int:movie_id>/", "200")


def test_metrics_of_all_workers_are_added_up_also_after_one_has_died(
    start: Start, database_url: str, tmp_path: Path
) -> None:
    server = start(database_url, workers=2, METRICS_TOKEN=TOKEN, TMPDIR=str(tmp_path))

    def get(path: str) -> str:
        """Send a request on a new connection, which either worker may get."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        return httpx.get(f"{server.url}{path}", headers=headers).raise_for_status().text

    def all_have_answered() -> bool:
        get("/health/live")
        return value(get("/metrics"), "workers") == 2

    wait_for(all_have_answered)
    for _ in range(20):
        get("/movies/1/")
    wait_for(lambda: requests(get("/metrics"))[MADE] == 20)
    assert len({value(get("/metrics"), "database_connections_max") for _ in range(10)}) == 1

    send(signal.SIGKILL, workers(server.process.pid)[:1])
    # A new worker replaces it, and the metrics of connections of the dead one are dropped.
    [folder] = tmp_path.glob("kinoteka-*")
    wait_for(lambda: all_have_answered() and len(list(folder.glob("*.json"))) == 3)
    assert requests(get("/metrics"))[MADE] == 20

    server.process.terminate()
    server.process.wait(30)
    assert list(tmp_path.iterdir()) == []
