"""Refused request bodies: their statuses and the fields that the errors name."""

import pytest

from tests.contract.bodies import good_body
from tests.contract.client import Account, Api, status_of
from tests.contract.routes import TAKING_BODIES, Route

FORM = "application/x-www-form-urlencoded"
OTHER_TYPES = [
    *((route, type_) for route in TAKING_BODIES for type_ in ("text/plain", "")),
    *((route, FORM) for route in TAKING_BODIES if not route.takes_forms),
]
# A server may close the connection when it refuses to read a body, so nothing else may use it.
UNREAD = {"Connection": "close"}
pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(("route", "content_type"), OTHER_TYPES, ids=str)
def test_another_type_is_415(api: Api, reader: Account, route: Route, content_type: str) -> None:
    headers = {**reader.headers, **UNREAD, "Content-Type": content_type}
    response = api.request(route.method, route.path, content=b"{}", headers=headers)
    assert response.status_code == 415


@pytest.mark.parametrize("route", [one for one in TAKING_BODIES if one.method != "PATCH"], ids=str)
def test_a_missing_field_is_named(api: Api, reader: Account, route: Route) -> None:
    response = api.request(route.method, route.path, json={}, headers=reader.headers)
    assert status_of(response, faulty=set(route.text_fields)) == 400


@pytest.mark.parametrize("route", TAKING_BODIES, ids=str)
def test_an_unknown_field_is_refused(api: Api, reader: Account, route: Route) -> None:
    body = {**good_body(route, reader), "admin": True}
    response = api.request(route.method, route.path, json=body, headers=reader.headers)
    assert status_of(response, faulty={"admin"}) == 400


@pytest.mark.parametrize(
    ("route", "field"),
    [(one, name) for one in TAKING_BODIES for name in one.text_fields],
    ids=str,
)
def test_a_null_character_is_refused(api: Api, reader: Account, route: Route, field: str) -> None:
    good = good_body(route, reader)
    body = {**good, field: f"{good[field]}\0"}
    response = api.request(route.method, route.path, json=body, headers=reader.headers)
    if field in reader.tokens:
        assert response.status_code == 401
    else:
        assert status_of(response, faulty={field}) == 400
