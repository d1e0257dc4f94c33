"""Paths and methods: both forms of every path, HEAD and OPTIONS."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.bodies import TEXT_FIELDS, good_body
from tests.contract.client import Account, Api, Json
from tests.contract.routes import METHODS, ONE_PAGE, PUBLIC_READS, allowed, filled, forms

STATUSES = {
    ("POST", "/auth/register/"): 201,
    ("DELETE", "/auth/login/"): 204,
    ("DELETE", "/user/"): 204,
    ("PUT", "/user/password/"): 204,
    ("DELETE", "/favorites/movies/{film}/"): 204,
}
REQUESTS = [(method, path) for path, methods in METHODS.items() for method in sorted(methods)]


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_every_request_works_without_the_final_slash(
    api: Api, account: Account, film: Json, method: str, path: str
) -> None:
    """Every request that the other tests make with a final slash works without it too."""
    api.post(f"/favorites/movies/{film['id']}/", headers=account.headers)
    body: Any = None
    if (method, path) in TEXT_FIELDS:
        body = good_body(method, path, account)
    _, without_slash = forms(filled(path, film))
    response = api.request(method, without_slash, json=body, headers=account.headers)
    assert response.status_code == STATUSES.get((method, path), 200)


@pytest.mark.parametrize("path", [*PUBLIC_READS, "/user/", "/favorites/movies/"])
def test_both_forms_of_a_path_answer_the_same(
    api: Api, reader: Account, film: Json, path: str
) -> None:
    """What one reads does not depend on the final slash."""
    with_slash, without = (
        api.get(form, params=ONE_PAGE, headers=reader.headers).content
        for form in forms(filled(path, film))
    )
    assert with_slash == without


def test_the_query_counts_without_the_final_slash(api: Api) -> None:
    """Parameters count in both forms of a path."""
    params = {"page": 2, "per_page": 1}
    assert api.get("/movies", params=params).json() == api.get("/movies/", params=params).json()


@pytest.mark.parametrize("path", [*PUBLIC_READS, "/user/", "/favorites/movies/"])
def test_head_is_get_without_a_body(api: Api, reader: Account, film: Json, path: str) -> None:
    """HEAD answers like GET, without the body."""
    for form in forms(filled(path, film)):
        get, head = (
            api.request(method, form, params=ONE_PAGE, headers=reader.headers)
            for method in ("GET", "HEAD")
        )
        assert (head.status_code, head.content) == (200, b"")
        for name in ("Content-Type", "Content-Length", "X-Total-Count", "Cache-Control"):
            assert head.headers.get(name) == get.headers.get(name)


def test_head_of_a_page_has_its_links(api: Api) -> None:
    """HEAD of a page has the headers that lead through the list."""
    head = api.head("/movies/", params={"page": 1})
    assert head.links == api.get("/movies/", params={"page": 1}).links != {}


def test_head_of_what_does_not_exist_is_404(api: Api) -> None:
    """HEAD tells what does not exist from what does."""
    response = api.head("/movies/2147483647/")
    assert (response.status_code, response.content) == (404, b"")


@pytest.mark.parametrize("path", METHODS)
def test_options_names_the_methods(api: Api, film: Json, path: str) -> None:
    """OPTIONS answers with success, and with the methods of the path in `Allow`."""
    for form in forms(filled(path, film)):
        response = api.options(form)
        assert response.is_success
        assert set(response.headers["Allow"].replace(" ", "").split(",")) == allowed(path)
