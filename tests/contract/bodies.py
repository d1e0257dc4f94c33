"""Good bodies of every request that takes one, to be spoiled."""

from __future__ import annotations

import pytest

from tests.contract.client import Account, Json, a_password, an_address

# The text fields of each; the last one has a value in the good body.
TEXT_FIELDS: dict[tuple[str, str], list[str]] = {
    ("POST", "/auth/register/"): ["email", "password"],
    ("POST", "/auth/login/"): ["email", "password"],
    ("PUT", "/auth/login/"): ["access_token", "refresh_token"],
    ("PATCH", "/user/"): ["name", "surname"],
    ("PUT", "/user/password/"): ["old_password", "new_password"],
    ("DELETE", "/user/"): ["password"],
}

takes_a_body = pytest.mark.parametrize(
    ("method", "path"), TEXT_FIELDS, ids=[" ".join(request) for request in TEXT_FIELDS]
)

text_field = pytest.mark.parametrize(
    ("method", "path", "field"),
    [(*request, field) for request, fields in TEXT_FIELDS.items() for field in fields],
)


def good_body(method: str, path: str, account: Account) -> Json:
    """Return a body that the account could send with this request."""
    bodies: dict[tuple[str, str], Json] = {
        ("POST", "/auth/register/"): {"email": an_address(), "password": a_password()},
        ("POST", "/auth/login/"): account.credentials,
        ("PUT", "/auth/login/"): account.tokens,
        ("PATCH", "/user/"): {"name": "Анна", "surname": "Петрова"},
        ("PUT", "/user/password/"): {
            "old_password": account.password,
            "new_password": a_password(),
        },
        ("DELETE", "/user/"): {"password": account.password},
    }
    return bodies[method, path]
