"""Requests that the course's front end is known to send."""

import pytest

from tests.contract.bodies import good_body
from tests.contract.client import Account, Api, Json
from tests.contract.routes import ONE_PAGE, PUBLIC_READS, ROUTES, Route, filled

# The header that the front end sends for a guest, and other invalid values.
USELESS = ["Bearer undefined", "undefined", "Basic YTpi", "Bearer a.b.c"]
useless_header = pytest.mark.parametrize("header", USELESS)


@useless_header
@pytest.mark.parametrize("path", PUBLIC_READS)
def test_what_is_public_ignores_a_bad_token(api: Api, film: Json, path: str, header: str) -> None:
    url = filled(path, film)
    response = api.get(url, params=ONE_PAGE, headers={"Authorization": header})
    expected = api.get(url, params=ONE_PAGE).content
    assert (response.status_code, response.content) == (200, expected)


@useless_header
@pytest.mark.parametrize(
    "route", [one for one in ROUTES if one.path.startswith("/auth/") and one.text_fields], ids=str
)
def test_one_can_sign_in_with_a_bad_token(
    api: Api, account: Account, route: Route, header: str
) -> None:
    body, headers = good_body(route, account), {"Authorization": header}
    response = api.request(route.method, route.path, json=body, headers=headers)
    assert response.is_success
