"""The access log."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.client import Api
from tests.contract.routes import NO_ID
from tests.support.servers import Server, log_lines


@pytest.mark.one_engine
def test_every_request_is_logged_with_its_outcome(tuned_server: Server, tuned_api: Api) -> None:
    caller, account = tuned_api.elsewhere(), tuned_api.elsewhere().new_account()
    user_id = caller.whoami(account.tokens).json()["id"]
    response = caller.unlike(account, {"id": NO_ID})
    request_id = response.headers["X-Request-ID"]
    [line] = [one for one in log_lines(tuned_server) if one["request_id"] == request_id]
    time, milliseconds = datetime.fromisoformat(line.pop("time")), line.pop("milliseconds")
    assert line == {
        "event": "request",
        "request_id": request_id,
        "ip": caller.headers["X-Forwarded-For"],
        "method": "DELETE",
        "route": "/favorites/movies/<int:movie_id>/",
        "status": 404,
        "user_id": user_id,
    }
    assert 0 < milliseconds < response.elapsed / timedelta(milliseconds=1)
    assert (time.utcoffset(), datetime.now(UTC) >= time) == (timedelta(0), True)
