"""Refusals: which request gets which status."""

from __future__ import annotations

import pytest

from tests.contract.bodies import TEXT_FIELDS, good_body, takes_a_body
from tests.contract.client import Account, Api, Json, status_of
from tests.contract.failures import JSON, MAX_BODY_BYTES, UNREAD, chunks
from tests.contract.routes import METHODS, allow, allowed, filled

UNKNOWN_PATHS = [
    "/nothing",
    "/nothing/",
    "/MOVIES/",
    "/movies/1/cast/",
    "/auth/",
    "/user/name/",
    "/favorites/",
    "/favorites//movies/",
    "/%2e%2e/etc/passwd",
    "/.env",
]
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
OTHER_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def test_reasons_are_sentences_by_field(api: Api) -> None:
    """`errors` has a list of sentences for every field that is at fault."""
    errors = api.post("/auth/login/", json={"email": 5}).json()["errors"]
    assert set(errors) == {"email", "password"}
    reasons = [reason for field in errors.values() for reason in field]
    assert [type(reason) for reason in reasons] == [str] * len(reasons)


@pytest.mark.parametrize("path", UNKNOWN_PATHS)
def test_an_unknown_path_is_404(api: Api, path: str) -> None:
    """A path that does not exist is 404, and never leads elsewhere."""
    assert api.get(path).status_code == 404


@pytest.mark.parametrize("path", ["//movies/", "/movies//", "/movies//1/", "/user//password"])
def test_double_slashes_never_redirect(api: Api, path: str) -> None:
    """A path with double slashes may exist or not, but it never leads elsewhere."""
    # A relative address that begins with two slashes would name another host.
    response = api.get(f"{str(api.base_url).rstrip('/')}{path}")
    assert response.status_code in {200, 401, 404, 405}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_an_unknown_path_is_404_with_every_method(api: Api, method: str) -> None:
    """A path that does not exist is 404, whatever one wants to do there."""
    assert api.request(method, "/nothing/").status_code == 404


@pytest.mark.parametrize("path", METHODS)
def test_a_wrong_method_is_405(api: Api, film: Json, path: str) -> None:
    """A method that a path does not have is 405."""
    wrong = [method for method in OTHER_METHODS if method not in METHODS[path]]
    address = filled(path, film)
    statuses = {method: api.request(method, address).status_code for method in wrong}
    assert statuses == dict.fromkeys(wrong, 405)


@pytest.mark.parametrize("path", METHODS)
def test_a_wrong_method_names_the_right_ones(api: Api, film: Json, path: str) -> None:
    """With 405 the header `Allow` names the methods that the path has."""
    response = api.request("BREW", filled(path, film))
    assert (response.status_code, allow(response)) == (405, allowed(path))


@pytest.mark.parametrize("content_type", OTHER_TYPES)
def test_a_body_of_another_type_is_415(api: Api, reader: Account, content_type: str) -> None:
    """A body that is no JSON by its `Content-Type` is 415."""
    headers = {**reader.headers, "Content-Type": content_type}
    statuses = {
        request: api.request(*request, content=b"{}", headers=headers).status_code
        for request in TEXT_FIELDS
    }
    assert statuses == dict.fromkeys(TEXT_FIELDS, 415)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/auth/login/"),
        ("PATCH", "/user/"),
        ("PUT", "/user/password/"),
        ("DELETE", "/user/"),
    ],
)
def test_a_form_is_only_for_registration_and_login(
    api: Api, reader: Account, method: str, path: str
) -> None:
    """Only registration and login take a form; elsewhere it is 415."""
    form = good_body(method, path, reader)
    assert api.request(method, path, data=form, headers=reader.headers).status_code == 415


def test_json_may_name_its_encoding(api: Api, reader: Account) -> None:
    """`application/json; charset=utf-8` is JSON too."""
    headers = {**reader.headers, "Content-Type": "application/json; charset=utf-8"}
    assert api.patch("/user/", content=b"{}", headers=headers).status_code == 200


@takes_a_body
def test_a_body_over_16_kib_is_413(api: Api, reader: Account, method: str, path: str) -> None:
    """A body of more than 16 KiB is 413."""
    content = b" " * (MAX_BODY_BYTES + 1)
    response = api.request(method, path, content=content, headers={**reader.headers, **UNREAD})
    assert response.status_code == 413


def test_a_body_of_16_kib_is_not_too_large(api: Api, reader: Account) -> None:
    """A body of exactly 16 KiB is read."""
    content = b"{}".ljust(MAX_BODY_BYTES)
    response = api.patch("/user/", content=content, headers={**reader.headers, **JSON})
    assert response.is_success


@takes_a_body
def test_a_body_without_a_length_is_411(api: Api, reader: Account, method: str, path: str) -> None:
    """A body in chunks, whose length nobody says, is 411."""
    headers = {**reader.headers, **UNREAD}
    assert api.request(method, path, content=chunks(), headers=headers).status_code == 411


@takes_a_body
def test_an_unknown_field_is_refused(api: Api, account: Account, method: str, path: str) -> None:
    """A field that nobody knows is refused by its name, and nothing is done."""
    body = {**good_body(method, path, account), "admin": True}
    response = api.request(method, path, json=body, headers=account.headers)
    assert status_of(response, faulty={"admin"}) == 400
