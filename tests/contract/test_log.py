"""What the log tells, and when."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.contract.client import Api, Json
from tests.contract.routes import NO_ID
from tests.support.servers import Server, log_lines

pytestmark = pytest.mark.one_engine


@pytest.fixture
def caller(tuned_api: Api) -> Api:
    """The API as somebody calls it from an IP address of their own."""
    return tuned_api.elsewhere()


def lines_of(server: Server, response: httpx.Response) -> list[Json]:
    """Return what was logged during one request."""
    request_id = response.headers["X-Request-ID"]
    return [line for line in log_lines(server) if line["request_id"] == request_id]


def test_every_request_is_logged_with_its_outcome(
    tuned_server: Server, tuned_api: Api, caller: Api
) -> None:
    account = tuned_api.elsewhere().new_account()
    user_id = caller.whoami(account.tokens).json()["id"]
    response = caller.unlike(account, {"id": NO_ID})
    [line] = lines_of(tuned_server, response)
    time, milliseconds = datetime.fromisoformat(line.pop("time")), line.pop("milliseconds")
    assert line == {
        "event": "request",
        "request_id": response.headers["X-Request-ID"],
        "ip": caller.headers["X-Forwarded-For"],
        "method": "DELETE",
        "route": "/favorites/movies/<int:movie_id>/",
        "status": 404,
        "user_id": user_id,
    }
    assert 0 < milliseconds < response.elapsed / timedelta(milliseconds=1)
    assert (time.utcoffset(), datetime.now(UTC) >= time) == (timedelta(0), True)


def test_without_a_proxy_nobody_chooses_an_ip_address(api: Api, server: Server) -> None:
    [line] = lines_of(server, api.elsewhere().get("/genres/"))
    assert (line["ip"], line["user_id"]) == ("127.0.0.1", None)
