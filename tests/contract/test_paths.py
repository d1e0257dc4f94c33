"""Trailing slashes and allowed methods."""

import pytest

from tests.contract.bodies import good_body
from tests.contract.client import Account, Api, Json, needed
from tests.contract.routes import METHODS, ROUTES, Route, allow, allowed, filled

every_path = pytest.mark.parametrize("path", METHODS)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_operation_works_without_the_final_slash(
    api: Api, account: Account, film: Json, route: Route
) -> None:
    needed(api.like(account, film))
    body = good_body(route, account) if route.text_fields else None
    path = filled(route.path, film).rstrip("/")
    response = api.request(route.method, path, json=body, headers=account.headers)
    assert response.status_code == route.status


@pytest.mark.one_engine
@every_path
def test_a_wrong_method_names_the_right_ones(api: Api, film: Json, path: str) -> None:
    wrong = {"GET", "POST", "PUT", "PATCH", "DELETE", "BREW"} - METHODS[path]
    url = filled(path, film).rstrip("/")
    responses = {method: api.request(method, url) for method in sorted(wrong)}
    found = {method: (one.status_code, allow(one)) for method, one in responses.items()}
    assert found == dict.fromkeys(wrong, (405, allowed(path)))


@pytest.mark.one_engine
@every_path
def test_options_names_the_methods(api: Api, film: Json, path: str) -> None:
    response = api.request("OPTIONS", filled(path, film))
    assert (response.is_success, allow(response)) == (True, allowed(path))


@pytest.mark.one_engine
@pytest.mark.parametrize("path", ["/nothing", "/MOVIES/", "/favorites//movies/", "/%2e%2e/.env"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_an_unknown_path_is_404(api: Api, method: str, path: str) -> None:
    assert api.request(method, path).status_code == 404


@pytest.mark.one_engine
@pytest.mark.parametrize("path", ["//movies/", "/movies//", "/movies//1/", "/user//password"])
def test_double_slashes_never_redirect(api: Api, path: str) -> None:
    # A relative URL that begins with two slashes names another host.
    response = api.get(f"{str(api.base_url).rstrip('/')}{path}")
    assert response.status_code in {200, 401, 404, 405}
