"""What the contract says of all responses, whatever was asked for."""

from __future__ import annotations

import httpx
from httpx import codes

from tests.contract.notebook import notebook

# Part of every password that the tests choose: a response that shows one does not go unnoticed.
PASSWORD_MARK = "only-for-tests"
_NEVER_SHOWN = (PASSWORD_MARK, "$argon2", "Traceback (most recent")


def look_at(response: httpx.Response) -> None:
    """Note a response, and each fault in it that no response may have."""
    response.read()
    notebook.answered(response)
    for text in _NEVER_SHOWN:
        if text in response.text:
            notebook.remark("secrets", response, f"shows {text}")
    # Headers that are too large the server refuses itself, in words of its own.
    if response.is_error and response.status_code != codes.REQUEST_HEADER_FIELDS_TOO_LARGE:
        if not _is_json(response):
            kind = response.headers.get("Content-Type", "a response without `Content-Type`")
            notebook.remark("json", response, f"is {kind}")
        elif response.request.method != "HEAD":
            _check_error(response)


def _check_error(response: httpx.Response) -> None:
    try:
        body = response.json()
    except ValueError:
        notebook.remark("json", response, "says it is JSON, but is not")
        return
    message = body.get("message") if isinstance(body, dict) else None
    if not isinstance(message, str) or not message.strip():
        notebook.remark("message", response, "has no `message`")
    more = set(body) - {"message", "errors"} if isinstance(body, dict) else {type(body).__name__}
    if more:
        notebook.remark("more", response, f"also has {sorted(more)}")
    if "errors" in body and response.status_code != codes.BAD_REQUEST:
        notebook.remark("more", response, "has `errors`, which belong to 400")


def _is_json(response: httpx.Response) -> bool:
    content_type: str = response.headers.get("Content-Type", "")
    return content_type.partition(";")[0] == "application/json"
