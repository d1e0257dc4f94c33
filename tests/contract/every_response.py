"""What the contract says of all responses, whatever was asked for."""

import httpx
from httpx import codes

# Part of every password that the tests choose: a response that shows one does not go unnoticed.
PASSWORD_MARK = "only-for-tests"
_NEVER_SHOWN = (PASSWORD_MARK, "$argon2", "Traceback (most recent")


def check(response: httpx.Response) -> None:
    """Fail the test that a response belongs to when it has a fault that no response may have."""
    response.read()
    assert [text for text in _NEVER_SHOWN if text in response.text] == []
    # Headers that are too large the server refuses itself, in words of its own.
    if response.is_error and response.status_code != codes.REQUEST_HEADER_FIELDS_TOO_LARGE:
        assert response.headers["Content-Type"].partition(";")[0] == "application/json"
        if response.request.method != "HEAD":
            _check_error(response)


def _check_error(response: httpx.Response) -> None:
    body = response.json()
    assert body["message"].strip()
    is_about_fields = response.status_code == codes.BAD_REQUEST
    assert set(body) - {"message"} <= ({"errors"} if is_about_fields else set())
