"""Requested and random delays and failures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.test import Client

from service.errors import ServiceError
from views.errors import STATUS
from views.http import FaultInjector, Gate, LabMiddleware
from views.http.environ import FAILURE, IS_STRICT

PATHS = [f"/movies/{number}/" for number in range(1, 41)]
NO_DELAY = (0, 0)
ALWAYS = FaultInjector(7, 100, (500, 500))


class RecordedGate(Gate):
    """A gate that records waits, without waiting."""

    def __init__(self, *, is_full: bool = False) -> None:
        super().__init__()
        self.waited: list[float] = []
        self._is_full = is_full

    @property
    def inside(self) -> int:
        return self._inside

    def wait(self, seconds: float, world: int) -> bool:
        self.waited.append(seconds)
        return not self._is_full


@dataclass(frozen=True)
class Outcome:
    """The outcome of a request: its waits, environment, status and `Preference-Applied`."""

    waited: list[float]
    environ: dict[str, Any]
    status: int
    applied: str | None
    is_inside: bool


def sent(
    prefer: str = "",
    path: str = "/movies/",
    *,
    faults: FaultInjector | None = None,
    is_full: bool = False,
    **more: Any,
) -> Outcome:
    """Send a request through the middleware. Without `faults`, nothing happens at random."""
    gate = RecordedGate(is_full=is_full)
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        seen.update(environ, inside=gate.inside)
        start_response("200 OK", [])
        return []

    client = Client(LabMiddleware(application, faults or FaultInjector(1, 0, NO_DELAY), gate))
    response = client.get(path, environ_overrides={"HTTP_PREFER": prefer, **more})
    assert gate.inside == 0
    applied = response.headers.get("Preference-Applied")
    return Outcome(gate.waited, seen, status_of(seen.get(FAILURE)), applied, seen["inside"] == 1)


def status_of(failure: object) -> int:
    if isinstance(failure, ServiceError):
        return STATUS[type(failure)]
    return getattr(failure, "code", 200)


@pytest.mark.parametrize(
    ("prefer", "seconds", "status", "applied"),
    [
        ('Wait-MS="800";x=y, wait-ms=1', 0.8, 200, "wait-ms=800"),
        ("wait-ms=31000", 30, 200, "wait-ms=30000"),
        *((f"status={status}", 0, status, f"status={status}") for status in (401, 404, 429, 503)),
        ("handling=strict, status=500, wait-ms=10", 0.01, 500, "wait-ms=10, status=500"),
        *(
            (prefer, 0, 200, None)
            for prefer in ("", "wait-ms", "wait-ms=-1", "status", "status=304", "status=405")
        ),
    ],
)
def test_does_what_the_client_prefers_and_says_so(
    prefer: str, seconds: float, status: int, applied: str | None
) -> None:
    outcome = sent(prefer)
    assert (outcome.waited, outcome.status, outcome.applied) == ([seconds], status, applied)


def test_does_not_say_that_it_waited_where_too_many_do() -> None:
    assert sent("wait-ms=800, status=500", is_full=True).applied == "status=500"


def test_a_failure_leaves_the_parameters_unread() -> None:
    assert IS_STRICT not in sent("status=503", **{IS_STRICT: True}).environ


def outcomes(faults: FaultInjector, method: str = "GET") -> list[bool]:
    return [faults.next(f"{method} {path}")[1] for path in PATHS]


def test_a_seed_breaks_the_same_requests_each_time() -> None:
    faults = FaultInjector(7, 20, NO_DELAY)
    first, second = outcomes(faults), outcomes(faults)
    assert first != second  # The result also depends on the number of earlier requests.
    faults.forget()
    assert (outcomes(faults), outcomes(faults)) == (first, second)
    # Seed 7 fails these requests, in every version.
    broken = [number for number, fails in enumerate(first, start=1) if fails]
    assert broken == [3, 7, 12, 13, 22, 24, 36]


def test_other_seeds_and_methods_break_others() -> None:
    seven = outcomes(FaultInjector(7, 20, NO_DELAY))
    assert outcomes(FaultInjector(8, 20, NO_DELAY)) != seven
    assert outcomes(FaultInjector(7, 20, NO_DELAY), method="PUT") != seven


@pytest.mark.parametrize("percent", [0, 20, 100])
def test_so_many_fail_of_a_hundred(percent: int) -> None:
    faults = FaultInjector(7, percent, NO_DELAY)
    failed = sum(sum(outcomes(faults)) for _ in range(25))  # Of 1,000 requests.
    assert failed == pytest.approx(percent * 10, rel=0.1)


def test_a_delay_is_drawn_from_its_range_and_the_same_each_time() -> None:
    def delays(faults: FaultInjector) -> list[int]:
        return [faults.next(path)[0] for path in PATHS]

    drawn = delays(FaultInjector(7, 0, (200, 1500)))
    assert delays(FaultInjector(7, 50, (200, 1500))) == drawn
    assert 200 <= min(drawn) < 400
    assert 1300 < max(drawn) <= 1500
    assert set(delays(FaultInjector(7, 0, (300, 300)))) == {300}


def test_forgets_requests_rather_than_count_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("views.http.lab.MAX_COUNTED", len(PATHS) - 1)
    faults = FaultInjector(7, 20, NO_DELAY)
    assert outcomes(faults) == outcomes(faults)


@pytest.mark.parametrize(
    ("prefer", "seconds", "status"),
    [("", 0.5, 503), ("wait-ms=1", 0.001, 503), ("status=404", 0.5, 404)],
)
def test_what_the_client_prefers_takes_the_place_of_chance(
    prefer: str, seconds: float, status: int
) -> None:
    outcome = sent(prefer, faults=ALWAYS)
    assert (outcome.waited, outcome.status) == ([seconds], status)


@pytest.mark.parametrize("path", ["/lab/reset/", "/health/live/"])
def test_the_laboratory_itself_and_health_are_spared(path: str) -> None:
    outcome = sent("wait-ms=800, status=503", path, faults=ALWAYS)
    assert (outcome.waited, outcome.status) == ([], 200)


@pytest.mark.parametrize(
    ("path", "prefer", "is_inside"),
    [("/movies/", "", True), ("/movies/", "status=500", False), ("/lab/reset/", "", False)],
)
def test_who_reaches_the_world_does_so_through_the_gate(
    path: str, prefer: str, is_inside: bool
) -> None:
    assert sent(prefer, path).is_inside is is_inside


def test_what_has_failed_before_fails_as_it_did() -> None:
    outcome = sent("status=503", faults=ALWAYS, **{FAILURE: RequestEntityTooLarge()})
    assert (outcome.waited, outcome.status) == ([], 413)
