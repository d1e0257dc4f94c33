"""What the contract promises for every response."""

import httpx
from httpx import codes

# Every password of the tests contains this, so that a response that leaks one is noticed.
PASSWORD_MARK = "only-for-tests"
_NEVER_SHOWN = (PASSWORD_MARK, "$argon2", "Traceback (most recent")


def check(response: httpx.Response) -> None:
    """Fail the test if the response breaks a rule that holds for every response."""
    response.read()
    assert [text for text in _NEVER_SHOWN if text in response.text] == []
    # The server itself refuses headers that are too large, before the application sees them.
    if response.is_error and response.status_code != codes.REQUEST_HEADER_FIELDS_TOO_LARGE:
        assert response.headers["Content-Type"].partition(";")[0] == "application/json"
        if response.request.method != "HEAD":
            _check_error(response)


def _check_error(response: httpx.Response) -> None:
    body = response.json()
    assert body["message"].strip()
    is_about_fields = response.status_code == codes.BAD_REQUEST
    assert set(body) - {"message"} <= ({"errors"} if is_about_fields else set())
