import json
import logging
from typing import Any

import pytest

from helpers import logs

CONTEXT: logs.Context = {"request_id": "abc", "ip": "192.0.2.1"}
NO_CONTEXT: logs.Context = {"request_id": None, "ip": None}


@pytest.fixture(autouse=True)
def no_request() -> None:
    logs.context.set(dict(NO_CONTEXT))


@pytest.fixture
def logger() -> logging.Logger:
    """The logger of a library, whose records go to the application's log."""
    own = logging.Logger("library")
    own.addHandler(logs.Handler())
    return own


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Return the written log lines, without their times."""
    written = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    return [{name: line[name] for name in line if name != "time"} for line in written]


def test_writes_an_event_with_its_fields_and_its_request(capfd: pytest.CaptureFixture[str]) -> None:
    logs.write("signed in", user_id=7)
    logs.context.set(CONTEXT)
    logs.write("signed out")
    assert lines(capfd) == [
        {"event": "signed in", **NO_CONTEXT, "user_id": 7},
        {"event": "signed out", **CONTEXT},
    ]


@pytest.mark.parametrize("value", ['a"b', "a\r\n{}", "a\u2028b", "\x1b[31m", "\ud800"])
def test_writes_one_line_for_any_field(capfd: pytest.CaptureFixture[str], value: str) -> None:
    logs.write("event", field=value)
    assert lines(capfd) == [{"event": "event", **NO_CONTEXT, "field": value}]


def test_an_unwritable_log_fails_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "STANDARD_OUTPUT", -1)
    logs.write("event")


def test_writes_a_record_of_logging(
    capfd: pytest.CaptureFixture[str], logger: logging.Logger
) -> None:
    logs.context.set(CONTEXT)
    logger.warning("%d films are missing", 5)
    written = {"event": "5 films are missing", **CONTEXT, "level": "warning", "logger": "library"}
    assert lines(capfd) == [written]


def test_writes_a_traceback_into_it(
    capfd: pytest.CaptureFixture[str], logger: logging.Logger
) -> None:
    logger.error("failed", exc_info=ValueError("five"))
    [line] = lines(capfd)
    assert line["traceback"].splitlines()[-1] == "ValueError: five"
