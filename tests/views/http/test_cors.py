"""A preflight allows all the headers that it asks for. Front ends send many custom headers."""

import pytest

from views.http.cors import preflight_headers

NAME = "HTTP_ACCESS_CONTROL_REQUEST_HEADERS"
KNOWN = ["Authorization", "Content-Type", "If-None-Match", "X-Request-ID"]


def allowed(wanted: str) -> list[str]:
    return dict(preflight_headers({NAME: wanted}))["Access-Control-Allow-Headers"].split(", ")


@pytest.mark.parametrize("wanted", ["authorization,x-requested-with", "baggage , x-csrf-token"])
def test_allows_all_requested_headers(wanted: str) -> None:
    assert allowed(wanted) == [*KNOWN, *wanted.split(", ")]


@pytest.mark.parametrize("wanted", ["", "a b", "a,,b", "a\r\nB: c", "имя", "a,", "x" * 2001])
def test_repeats_nothing_but_names(wanted: str) -> None:
    assert allowed(wanted) == KNOWN
