"""Hostile request bodies.

A careless server fails on them, or takes them for something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.bodies import good_body, takes_a_body, text_field
from tests.contract.client import Account, Api, status_of
from tests.contract.failures import JSON
from tests.contract.routes import ROUTES, Route

BODIES = {
    "nothing": b"",
    "list": b"[]",
    "text": b'"s"',
    "null": b"null",
    "number": b"1",
    "deep list": b"[" * 8000 + b"]" * 8000,
    "deep value": b'{"name":' + b"[" * 8000 + b"]" * 8000 + b"}",
    "NaN inside": b'{"name": NaN, "email": NaN}',
    "huge number": b'{"favorite_genre": 1e400}',
    "long number": b'{"favorite_genre": ' + b"9" * 10000 + b"}",
    "not UTF-8": b'{"name": "\xff"}',
}

Spoil = Callable[[bytes], bytes]
SPOILED: dict[str, Spoil] = {
    "cut off": lambda body: body[:-1],
    "more after the end": lambda body: body + b"}",
    "every name twice": lambda body: body[:-1] + b"," + body[1:],
    "UTF-16": lambda body: body.decode().encode("utf-16"),
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
    headers = {**reader.headers, **JSON}
    response = api.request(route.method, route.path, content=content, headers=headers)
    assert response.status_code == 400


@takes_a_body
@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_a_good_body_that_was_spoiled_is_400(
    api: Api, reader: Account, route: Route, spoil: Spoil
) -> None:
    """A body that would be good but for one fault of its JSON is 400."""
    content = spoil(json.dumps(good_body(route, reader), ensure_ascii=False).encode())
    headers = {**reader.headers, **JSON}
    response = api.request(route.method, route.path, content=content, headers=headers)
    assert response.status_code == 400


@text_field
def test_only_a_text_is_a_text(api: Api, reader: Account, route: Route, field: str) -> None:
    """A number, a list, null or anything else where a text belongs is refused, never converted."""
    is_optional = route.method == "PATCH"
    for value in NOT_A_TEXT[: -1 if is_optional else None]:
        body = {**good_body(route, reader), field: value}
        response = api.request(route.method, route.path, json=body, headers=reader.headers)
        assert status_of(response, faulty={field}) == 400


@text_field
def test_a_null_character_is_refused(api: Api, reader: Account, route: Route, field: str) -> None:
    """The character U+0000 is refused by the field; in a token it makes a bad one."""
    good = good_body(route, reader)
    body = {**good, field: f"{good[field]}\0"}
    response = api.request(route.method, route.path, json=body, headers=reader.headers)
    if route is REFRESH:
        assert response.status_code == 401
    else:
        assert status_of(response, faulty={field}) == 400


@text_field
def test_half_a_surrogate_is_refused(api: Api, reader: Account, route: Route, field: str) -> None:
    """Half of a surrogate pair, which JSON can write and no text can hold, is refused."""
    good = good_body(route, reader)
    # The standard encoder writes it as an escape.
    content = json.dumps({**good, field: f"{good[field]}\ud800"}).encode()
    headers = {**reader.headers, **JSON}
    response = api.request(route.method, route.path, content=content, headers=headers)
    # A token that no server can have made is as bad as a body that no text can be made of.
    assert response.status_code in ({400, 401} if route is REFRESH else {400})
