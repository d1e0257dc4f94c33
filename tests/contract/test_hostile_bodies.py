"""Hostile request bodies.

A careless server fails on them, or takes them for something else.
"""

from typing import Any

import pytest

from tests.contract.bodies import good_body, takes_a_body, text_field
from tests.contract.client import Account, Api, status_of
from tests.contract.routes import ROUTES, Route

BODIES = {
    "nothing": b"",
    "list": b"[]",
    "deep list": b"[" * 8000 + b"]" * 8000,
    "not UTF-8": b'{"name": "\xff"}',
}


NOT_A_TEXT: list[Any] = [5, 1.5, True, False, [], ["text"], {}, {"a": "b"}, None]
REFRESH = next(route for route in ROUTES if "refresh_token" in route.text_fields)
pytestmark = pytest.mark.one_engine


@takes_a_body
@pytest.mark.parametrize("content", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_is_no_good_json_object_is_400(
    api: Api, reader: Account, route: Route, content: bytes
) -> None:
    """A body that is no JSON object, or no JSON at all, is 400."""
    headers = {**reader.headers, "Content-Type": "application/json"}
    response = api.request(route.method, route.path, content=content, headers=headers)
    assert response.status_code == 400


@text_field
def test_only_a_text_is_a_text(api: Api, reader: Account, route: Route, field: str) -> None:
    is_optional = route.method == "PATCH"
    for value in NOT_A_TEXT[: -1 if is_optional else None]:
        body = {**good_body(route, reader), field: value}
        response = api.request(route.method, route.path, json=body, headers=reader.headers)
        assert status_of(response, faulty={field}) == 400


@text_field
def test_a_null_character_is_refused(api: Api, reader: Account, route: Route, field: str) -> None:
    good = good_body(route, reader)
    body = {**good, field: f"{good[field]}\0"}
    response = api.request(route.method, route.path, json=body, headers=reader.headers)
    if route is REFRESH:
        assert response.status_code == 401
    else:
        assert status_of(response, faulty={field}) == 400
