"""Parsing request bodies."""

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from views.http.request_body import FORM, read_body

JSON = "application/json"


def read(body: bytes, content_type: str, *, or_form: bool = False) -> Any:
    """Return the parsed body of a request, or the status and reason of its refusal."""
    request = Flask(__name__).test_request_context(
        "/", method="POST", data=body, content_type=content_type
    )
    with request:
        try:
            return read_body(or_form=or_form)
        except HTTPException as error:
            return error.code, error.description


@pytest.mark.parametrize(
    ("body", "content_type", "status", "reason"),
    [
        (b'{"a": 1, "a": 2}', JSON, 400, "The body is not valid JSON: a name appears twice"),
        (b"", JSON, 400, "The body is not valid JSON: "),
        (b"[]", JSON, 400, "The body must be a JSON object."),
        (b"{}", FORM, 415, "Send the body as application/json."),
    ],
)
def test_refuses_a_body_with_a_reason(
    body: bytes, content_type: str, status: int, reason: str
) -> None:
    code, description = read(body, content_type)
    assert (code, description[: len(reason)]) == (status, reason)


@pytest.mark.parametrize("content_type", [f"{JSON}; charset=utf-8", "application/a+json"])
def test_reads_the_members_of_an_object(content_type: str) -> None:
    body = {"email": "Ёж", "password": [1]}
    assert read(json.dumps(body).encode(), content_type, or_form=True) == body


@pytest.mark.parametrize(
    ("form", "fields"), [(b"", {}), (b"name=%D0%81%D0%B6+%40&x=", {"name": "Ёж @", "x": ""})]
)
def test_reads_the_fields_of_a_form_where_one_may_come(form: bytes, fields: dict[str, str]) -> None:
    assert read(form, FORM, or_form=True) == fields


MANY = b"&".join(b"a%d=1" % number for number in range(101))


@pytest.mark.parametrize("form", [b"a=%ff", "a=ё".encode(), b"a", b"&&", MANY])
def test_refuses_a_form_that_is_not_well_encoded(form: bytes) -> None:
    assert read(form, FORM, or_form=True) == (400, "The form is not well encoded.")


def test_refuses_a_field_that_appears_twice() -> None:
    assert read(b"a=1&a=2", FORM, or_form=True) == (400, "A field appears twice in the form.")
