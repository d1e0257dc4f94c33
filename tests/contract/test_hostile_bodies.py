"""Hostile bodies.

A careless server answers them with an error of its own, or takes them for something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.bodies import TEXT_FIELDS, good_body, text_field
from tests.contract.client import Account, Api, status_of
from tests.contract.failures import JSON

WHOLE_BODIES = {
    "blanks": b" \n",
    "list": b"[]",
    "text": b'"s"',
    "null": b"null",
    "number": b"1",
    "true": b"true",
    "deep list": b"[" * 8000 + b"]" * 8000,
    "deep object": b'{"a":' * 2700 + b"1" + b"}" * 2700,
    "deep value": b'{"name":' + b"[" * 8000 + b"]" * 8000 + b"}",
    "open brackets": b"[" * 16000,
    "NaN": b"NaN",
    "NaN inside": b'{"name": NaN, "email": NaN}',
    "minus infinity": b'{"name": -Infinity}',
    "huge number": b'{"favorite_genre": 1e400}',
    "long number": b'{"favorite_genre": ' + b"9" * 10000 + b"}",
    "single quotes": b"{'name': 'x'}",
    "not UTF-8": b'{"name": "\xff"}',
    "binary": bytes(range(256)),
}

Spoil = Callable[[bytes], bytes]
SPOILED: dict[str, Spoil] = {
    "cut off": lambda body: body[:-1],
    "cut off in a text": lambda body: body[:-3],
    "more after the end": lambda body: body + b"}",
    "two objects": lambda body: body + body,
    "comment": lambda body: body + b" // end",
    "comma at the end": lambda body: body[:-1] + b",}",
    "every name twice": lambda body: body[:-1] + b"," + body[1:],
    "in a list": lambda body: b"[" + body + b"]",
    "in a text": lambda body: json.dumps(body.decode()).encode(),
    "a byte that is not UTF-8": lambda body: body[:-2] + b'\xff"}',
    "an encoded surrogate": lambda body: body[:-2] + b'\xed\xa0\x80"}',
    "UTF-16": lambda body: body.decode().encode("utf-16"),
    "UTF-32": lambda body: body.decode().encode("utf-32"),
    "a line break in a text": lambda body: body[:-2] + b'\n"}',
}

NOT_TEXT: list[Any] = [5, 1.5, True, False, [], ["text"], {}, {"a": "b"}]


@pytest.fixture(scope="module")
def victim(api: Api) -> Account:
    """Whose account a request would change if it were not refused."""
    return api.new_account()


@pytest.mark.parametrize("content", WHOLE_BODIES.values(), ids=WHOLE_BODIES.keys())
def test_a_body_that_is_no_good_json_object_is_400(
    api: Api, victim: Account, content: bytes
) -> None:
    """A body that is no JSON object, or no JSON at all, is 400."""
    headers = {**victim.headers, **JSON}
    statuses = {
        request: api.request(*request, content=content, headers=headers).status_code
        for request in TEXT_FIELDS
    }
    assert statuses == dict.fromkeys(TEXT_FIELDS, 400)


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_a_good_body_that_was_spoiled_is_400(api: Api, victim: Account, spoil: Spoil) -> None:
    """A body that would be good but for one fault of its JSON is 400."""
    statuses = {}
    for request in TEXT_FIELDS:
        good = good_body(*request, victim)
        content = spoil(json.dumps(good, ensure_ascii=False).encode())
        response = api.request(*request, content=content, headers={**victim.headers, **JSON})
        statuses[request] = response.status_code
    assert statuses == dict.fromkeys(TEXT_FIELDS, 400)


@text_field
def test_only_a_text_is_a_text(
    api: Api, victim: Account, method: str, path: str, field: str
) -> None:
    """A number, a list or anything else where a text belongs is refused, never converted."""
    good = good_body(method, path, victim)
    for value in NOT_TEXT:
        body = {**good, field: value}
        response = api.request(method, path, json=body, headers=victim.headers)
        assert status_of(response, faulty={field}) == 400


@pytest.mark.parametrize(
    ("method", "path", "field"),
    [
        (*request, field)
        for request, fields in TEXT_FIELDS.items()
        for field in fields
        if request != ("PATCH", "/user/")
    ],
)
def test_null_is_no_text(api: Api, victim: Account, method: str, path: str, field: str) -> None:
    """Null where a text is required is refused."""
    body = {**good_body(method, path, victim), field: None}
    response = api.request(method, path, json=body, headers=victim.headers)
    assert status_of(response, faulty={field}) == 400


@text_field
def test_a_null_character_is_refused(
    api: Api, victim: Account, method: str, path: str, field: str
) -> None:
    """The character U+0000 is refused by the field; in a token it makes a bad one."""
    good = good_body(method, path, victim)
    response = api.request(
        method, path, json={**good, field: f"{good[field]}\0"}, headers=victim.headers
    )
    if field.endswith("_token"):
        assert response.status_code == 401
    else:
        assert status_of(response, faulty={field}) == 400


@text_field
def test_half_a_surrogate_pair_is_refused(
    api: Api, victim: Account, method: str, path: str, field: str
) -> None:
    """Half of a surrogate pair, which JSON can write and no text can hold, is refused."""
    good = good_body(method, path, victim)
    # The standard encoder writes it as an escape.
    content = json.dumps({**good, field: f"{good[field]}\ud800"}).encode()
    response = api.request(method, path, content=content, headers={**victim.headers, **JSON})
    # A token that no server can have made is as bad as a body that no text can be made of.
    assert response.status_code in ({400, 401} if field.endswith("_token") else {400})
