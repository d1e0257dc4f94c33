"""Refused request bodies: which request gets which status."""

from __future__ import annotations

import pytest

from tests.contract.bodies import good_body, takes_a_body
from tests.contract.client import Account, Api, a_password, an_email, status_of
from tests.contract.failures import JSON, MAX_BODY_BYTES, UNREAD, chunks
from tests.contract.routes import TAKING_BODIES, Route

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OTHER_TYPES = [
    "text/plain",
    "text/html",
    "application/xml",
    "application/octet-stream",
    "application/jsonp",
    "multipart/form-data; boundary=x",
    "json",
    "",
]
INCOMPLETE_FORMS = [
    b"",
    b"&&&",
    b"=",
    b"email",
    b"%",
    b"email=%FF&password=%FF",
    b"a&" * 8000,
    b"\xff\x00",
]
takes_forms = pytest.mark.parametrize(
    "route", [route for route in TAKING_BODIES if route.takes_forms], ids=str
)
pytestmark = pytest.mark.one_engine


def test_reasons_are_sentences_by_field(api: Api) -> None:
    """`errors` has a list of sentences for every field that is at fault."""
    errors = api.post("/auth/login/", json={"email": 5}).json()["errors"]
    assert set(errors) == {"email", "password"}
    reasons = [reason for field in errors.values() for reason in field]
    assert [type(reason) for reason in reasons] == [str] * len(reasons)


@takes_a_body
@pytest.mark.parametrize("content_type", OTHER_TYPES)
def test_another_type_is_415(api: Api, reader: Account, route: Route, content_type: str) -> None:
    """A body that is no JSON by its `Content-Type` is 415."""
    headers = {**reader.headers, **UNREAD, "Content-Type": content_type}
    response = api.request(route.method, route.path, content=b"{}", headers=headers)
    assert response.status_code == 415


@pytest.mark.parametrize(
    "route", [route for route in TAKING_BODIES if not route.takes_forms], ids=str
)
def test_a_form_is_only_for_registration_and_login(api: Api, reader: Account, route: Route) -> None:
    """Only registration and login take a form; elsewhere it is 415."""
    form, headers = good_body(route, reader), {**reader.headers, "Connection": "close"}
    response = api.request(route.method, route.path, data=form, headers=headers)
    assert response.status_code == 415


@takes_forms
@pytest.mark.parametrize("content", INCOMPLETE_FORMS)
def test_a_form_without_the_fields_is_400(api: Api, route: Route, content: bytes) -> None:
    """A form that is broken, or lacks the fields, is 400."""
    assert api.post(route.path, content=content, headers=FORM).status_code == 400


@takes_forms
def test_a_form_with_a_field_twice_is_400(api: Api, route: Route) -> None:
    """A field that comes twice in a form is refused, whichever was meant."""
    form = {"email": [an_email(), an_email()], "password": a_password()}
    assert api.post(route.path, data=form).status_code == 400


def test_json_may_name_its_encoding(api: Api, reader: Account) -> None:
    """`application/json; charset=utf-8` is JSON too."""
    headers = {**reader.headers, "Content-Type": "application/json; charset=utf-8"}
    assert api.patch("/user/", content=b"{}", headers=headers).status_code == 200


@takes_a_body
def test_a_body_over_16_kib_is_413(api: Api, reader: Account, route: Route) -> None:
    """A body of more than 16 KiB is 413, in chunks too."""
    body, headers = b" " * (MAX_BODY_BYTES + 1), {**reader.headers, **UNREAD}
    for content in (body, chunks(body)):
        response = api.request(route.method, route.path, content=content, headers=headers)
        assert response.status_code == 413


def test_a_body_of_16_kib_is_not_too_large(api: Api, reader: Account) -> None:
    """A body of exactly 16 KiB is read."""
    content = b"{}".ljust(MAX_BODY_BYTES)
    response = api.patch("/user/", content=content, headers={**reader.headers, **JSON})
    assert response.is_success


@takes_a_body
def test_a_body_in_chunks_is_read(api: Api, reader: Account, route: Route) -> None:
    """A body in chunks, whose length nobody says, is read like one with a length."""
    headers = {**reader.headers, **JSON}
    whole, chunked = (
        api.request(route.method, route.path, content=content, headers=headers)
        for content in (b"{}", chunks(b"{}"))
    )
    assert (chunked.status_code, chunked.content) == (whole.status_code, whole.content)


@takes_a_body
def test_a_missing_field_is_named(api: Api, reader: Account, route: Route) -> None:
    """Every required field that is missing is named; a profile requires none."""
    response = api.request(route.method, route.path, json={}, headers=reader.headers)
    if route.method == "PATCH":
        assert response.is_success
    else:
        assert status_of(response, faulty=set(route.text_fields)) == 400


@takes_a_body
def test_an_unknown_field_is_refused(api: Api, reader: Account, route: Route) -> None:
    """A field that nobody knows is refused by its name, and nothing is done."""
    body = {**good_body(route, reader), "admin": True}
    response = api.request(route.method, route.path, json=body, headers=reader.headers)
    assert status_of(response, faulty={"admin"}) == 400
