"""`traceparent` as in the Recommendation "Trace Context", sections 3.2 and 4.3."""

import json

import pytest
from werkzeug.test import Client, TestResponse

from helpers import logs
from views.http import RequestMiddleware
from views.http.trace_context import trace_id

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
GOOD = f"00-{TRACE}-00f067aa0ba902b7-01"


@pytest.mark.parametrize(
    "sent",
    [
        GOOD,
        GOOD.replace("-01", "-ff"),
        GOOD.replace("00-", "cc-", 1),  # A future version
        GOOD.replace("00-", "01-", 1) + "-what-the-future-will-be-like",  # may have more fields.
    ],
)
def test_names_the_trace(sent: str) -> None:
    assert trace_id(sent) == TRACE


@pytest.mark.parametrize(
    "sent",
    [
        "",
        GOOD[:-1],
        GOOD + "-",  # Version 00 ends here.
        GOOD.replace("00-", "cc-", 1) + ".more",  # Others need a dash.
        GOOD.replace("00-", "ff-", 1),
        GOOD.replace("00-", "0A-", 1),
        GOOD.replace(TRACE, "0" * 32),
        GOOD.replace(TRACE, TRACE.upper()),
        GOOD.replace(TRACE, "٣" + TRACE[1:]),
        GOOD.replace("00f067aa0ba902b7", "0" * 16),
        GOOD.replace("-01", "-0X"),
        f"{GOOD}\n",
        f"{GOOD},{GOOD}",  # This combines two headers, so it is ambiguous.
    ],
)
def test_takes_nothing_from_a_header_that_is_not_valid(sent: str) -> None:
    assert trace_id(sent) is None


def test_every_line_of_a_request_and_of_no_other_names_its_trace(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def application(_environ: object, start_response: object) -> list[bytes]:
        logs.write("signed in")
        start_response("200 OK", [])  # type: ignore[operator]
        return []

    def get(**headers: str) -> TestResponse:
        return Client(RequestMiddleware(application, ["*"])).get("/", headers=headers)

    get(traceparent=GOOD)
    get()
    lines = map(json.loads, capfd.readouterr().out.splitlines())
    assert [(line["event"], line.get("trace_id")) for line in lines] == [
        ("signed in", TRACE),
        ("request", TRACE),
        ("signed in", None),
        ("request", None),
    ]
