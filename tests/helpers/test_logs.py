import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from helpers import logs


@pytest.fixture(autouse=True)
def no_request() -> None:
    logs.cause.set({"request_id": None, "ip": None})


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The lines of log that were written, but for their times."""
    written = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    return [{name: line[name] for name in line if name != "time"} for line in written]


@contextmanager
def request(request_id: str, ip: str) -> Iterator[None]:
    token = logs.cause.set({"request_id": request_id, "ip": ip})
    yield
    logs.cause.reset(token)


def test_writes_an_event_with_its_fields(capfd: pytest.CaptureFixture[str]) -> None:
    logs.write("signed in", user_id=7)
    with request("abc", "192.0.2.1"):
        logs.write("signed out")
    assert lines(capfd) == [
        {"event": "signed in", "request_id": None, "ip": None, "user_id": 7},
        {"event": "signed out", "request_id": "abc", "ip": "192.0.2.1"},
    ]


@pytest.mark.parametrize("value", ['a"b', "a\nb", "a\r\n{}", "a\u2028b", "\x1b[31m", "\ud800", "Ё"])
def test_writes_one_line_for_any_field(capfd: pytest.CaptureFixture[str], value: str) -> None:
    logs.write("event", field=value)
    assert lines(capfd) == [{"event": "event", "request_id": None, "ip": None, "field": value}]


def test_nobody_fails_because_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "STANDARD_OUTPUT", -1)
    logs.write("event")


@pytest.fixture
def logger() -> logging.Logger:
    """A logger of some library, whose records become lines of ours."""
    own = logging.Logger("library")
    own.addHandler(logs.Handler())
    return own


def test_writes_a_record_of_logging(
    capfd: pytest.CaptureFixture[str], logger: logging.Logger
) -> None:
    with request("abc", "192.0.2.1"):
        logger.warning("%d films are missing", 5)
    written = {"event": "5 films are missing", "request_id": "abc", "ip": "192.0.2.1"}
    assert lines(capfd) == [{**written, "level": "warning", "logger": "library"}]


def test_writes_a_traceback_into_it(
    capfd: pytest.CaptureFixture[str], logger: logging.Logger
) -> None:
    logger.error("failed", exc_info=ValueError("five"))
    [line] = lines(capfd)
    assert line["traceback"].splitlines()[-1] == "ValueError: five"
