"""Paths with and without the final slash, and their methods."""

import pytest

from tests.contract.bodies import good_body
from tests.contract.client import Account, Api, Json
from tests.contract.routes import (
    METHODS,
    ROUTES,
    Route,
    allow,
    allowed,
    filled,
    forms,
)

every_path = pytest.mark.parametrize("path", METHODS)
READS = [route.path for route in ROUTES if route.method == "GET"]
CHANGES = [route for route in ROUTES if route.method != "GET"]

UNKNOWN_PATHS = ["/nothing", "/MOVIES/", "/auth/", "/favorites//movies/", "/%2e%2e/.env"]
DOUBLE_SLASHES = ["//movies/", "/movies//", "/movies//1/", "/user//password"]


@pytest.mark.parametrize("path", READS)
def test_a_path_can_be_read_without_the_final_slash(
    api: Api, account: Account, film: Json, path: str
) -> None:
    api.post(f"/favorites/movies/{film['id']}/", headers=account.headers)
    params = {"page": 2, "per_page": 1}
    with_slash, without = (
        api.request("GET", form, params=params, headers=account.headers)
        for form in forms(filled(path, film))
    )
    assert (with_slash.status_code, without.status_code) == (200, 200)
    assert without.content == with_slash.content


@pytest.mark.parametrize("route", CHANGES, ids=str)
def test_every_change_works_without_the_final_slash(
    api: Api, account: Account, film: Json, route: Route
) -> None:
    with_slash, without = forms(filled(route.path, film))
    assert api.request(route.method, with_slash).status_code in {400, 401, 415}
    body = good_body(route, account) if route.text_fields else None
    response = api.request(route.method, without, json=body, headers=account.headers)
    assert response.status_code == route.status


@pytest.mark.one_engine
@every_path
def test_a_wrong_method_names_the_right_ones(api: Api, film: Json, path: str) -> None:
    wrong = {"GET", "POST", "PUT", "PATCH", "DELETE", "BREW"} - METHODS[path]
    for form in forms(filled(path, film)):
        responses = {method: api.request(method, form) for method in sorted(wrong)}
        found = {method: (one.status_code, allow(one)) for method, one in responses.items()}
        assert found == dict.fromkeys(wrong, (405, allowed(path)))


@pytest.mark.one_engine
@every_path
def test_options_names_the_methods(api: Api, film: Json, path: str) -> None:
    for form in forms(filled(path, film)):
        response = api.request("OPTIONS", form)
        assert (response.is_success, allow(response)) == (True, allowed(path))


@pytest.mark.one_engine
@pytest.mark.parametrize("path", UNKNOWN_PATHS)
def test_an_unknown_path_is_404(api: Api, path: str) -> None:
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
    statuses = {method: api.request(method, path).status_code for method in methods}
    assert statuses == dict.fromkeys(methods, 404)


@pytest.mark.parametrize("path", DOUBLE_SLASHES)
def test_double_slashes_never_redirect(api: Api, path: str) -> None:
    # A relative URL that begins with two slashes would name another host.
    response = api.get(f"{str(api.base_url).rstrip('/')}{path}")
    assert response.status_code in {200, 401, 404, 405}
