"""Refused request bodies: which request gets which status."""

from __future__ import annotations

import pytest

from tests.contract.bodies import good_body, takes_a_body
from tests.contract.client import Account, Api, status_of
from tests.contract.failures import UNREAD
from tests.contract.routes import TAKING_BODIES, Route

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OTHER_TYPES = [
    "text/plain",
    "application/jsonp",
    "multipart/form-data; boundary=x",
    "",
]
INCOMPLETE_FORMS = [
    b"",
    b"&&&",
    b"email=%FF&password=%FF",
    b"email=a@b.cc&email=a@b.cc&password=p",
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
