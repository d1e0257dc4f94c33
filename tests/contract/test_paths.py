"""Paths with and without the final slash, HEAD and OPTIONS."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.bodies import TEXT_FIELDS, good_body
from tests.contract.client import Account, Api, Json
from tests.contract.routes import METHODS, ONE_PAGE, PUBLIC_READS, allow, allowed, filled, forms

STATUSES = {
    ("POST", "/auth/register/"): 201,
    ("DELETE", "/auth/login/"): 204,
    ("DELETE", "/user/"): 204,
    ("PUT", "/user/password/"): 204,
    ("DELETE", "/favorites/movies/{film}/"): 204,
}
READS = [path for path, methods in METHODS.items() if "GET" in methods]
CHANGES = [
    (method, path) for path, methods in METHODS.items() for method in sorted(methods - {"GET"})
]


@pytest.mark.parametrize("path", READS)
def test_what_can_be_read_can_be_read_without_the_final_slash(
    api: Api, account: Account, film: Json, path: str
) -> None:
    """Reading `/movies` and `/movies/` is the same, and so for every path; neither redirects."""
    api.post(f"/favorites/movies/{film['id']}/", headers=account.headers)
    params = {"page": 2, "per_page": 1}
    with_slash, without = (
        api.as_written("GET", form, params=params, headers=account.headers)
        for form in forms(filled(path, film))
    )
    assert (with_slash.status_code, without.status_code) == (200, 200)
    assert without.content == with_slash.content


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_every_change_works_without_the_final_slash(
    api: Api, account: Account, film: Json, method: str, path: str
) -> None:
    """Whatever changes something works with and without the final slash; neither redirects."""
    with_slash, without = forms(filled(path, film))
    assert api.as_written(method, with_slash).status_code in {400, 401, 415}
    body: Any = None
    if (method, path) in TEXT_FIELDS:
        body = good_body(method, path, account)
    response = api.as_written(method, without, json=body, headers=account.headers)
    assert response.status_code == STATUSES.get((method, path), 200)


@pytest.mark.parametrize("path", METHODS)
def test_methods_are_known_without_the_final_slash(api: Api, film: Json, path: str) -> None:
    """Without the final slash too, a wrong method is 405 and OPTIONS names the right ones."""
    _, without = forms(filled(path, film))
    wrong, options = (api.as_written(method, without) for method in ("BREW", "OPTIONS"))
    assert (wrong.status_code, allow(wrong)) == (405, allowed(path))
    assert (options.is_success, allow(options)) == (True, allowed(path))


@pytest.mark.parametrize("path", [*PUBLIC_READS, "/user/", "/favorites/movies/"])
def test_head_is_get_without_a_body(api: Api, reader: Account, film: Json, path: str) -> None:
    """HEAD answers like GET, without the body."""
    get, head = (
        api.request(method, filled(path, film), params=ONE_PAGE, headers=reader.headers)
        for method in ("GET", "HEAD")
    )
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "X-Total-Count", "Cache-Control", "ETag"):
        assert head.headers.get(name) == get.headers.get(name)


def test_head_of_a_page_has_its_links(api: Api) -> None:
    """HEAD of a page has the headers that lead through the list."""
    get, head = (
        api.request(method, "/movies/", params={"page": 1}).headers.get("Link")
        for method in ("GET", "HEAD")
    )
    assert (get is None, head) == (False, get)


def test_head_of_what_does_not_exist_is_404(api: Api) -> None:
    """HEAD tells what does not exist from what does."""
    response = api.head("/movies/2147483647/")
    assert (response.status_code, response.content) == (404, b"")


@pytest.mark.parametrize("path", METHODS)
def test_options_names_the_methods(api: Api, film: Json, path: str) -> None:
    """OPTIONS answers with success, and with the methods of the path in `Allow`."""
    response = api.options(filled(path, film))
    assert (response.is_success, allow(response)) == (True, allowed(path))
