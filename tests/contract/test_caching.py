"""Caching headers and conditional requests."""

import httpx
import pytest

from tests.contract.client import Account, Api, Json, needed
from tests.contract.routes import filled

FILM = "/movies/{film}/"
SHARED = ["/movies/?page=1", "/movies/", "/genres/", "/directors/"]
SHARED += ["/genres/{genre}/", "/directors/{director}/", "/movies/{film}/poster.svg"]
SHARED += ["/swagger.json", "/openapi.json"]


def ask(api: Api, url: str, known: str, account: Account | None = None) -> httpx.Response:
    """Send a conditional request with a known entity tag."""
    headers = {"If-None-Match": known, **(account.headers if account else {})}
    return api.get(url, headers=headers)


@pytest.mark.parametrize("path", SHARED)
def test_one_response_is_for_all_callers(api: Api, reader: Account, film: Json, path: str) -> None:
    url = filled(path, film)
    theirs, everybodys = api.get(url, headers=reader.headers), api.get(url)
    assert theirs.headers["Cache-Control"] == "public, no-cache"
    assert "authorization" not in theirs.headers.get("Vary", "").lower()
    assert theirs.headers["ETag"] == everybodys.headers["ETag"]
    assert theirs.content == everybodys.content


def test_a_film_that_is_liked_has_another_tag(api: Api, account: Account, film: Json) -> None:
    url = filled(FILM, film)
    tag = api.get(url).headers["ETag"]
    assert ask(api, url, tag).status_code == 304
    needed(api.like(account, film))
    response = ask(api, url, tag)
    assert (response.status_code, response.headers["ETag"] == tag) == (200, False)


def test_the_tag_of_a_film_is_ones_own(api: Api, account: Account, film: Json) -> None:
    url = filled(FILM, film)
    needed(api.like(account, film))
    everybodys, own = (api.get(url, headers=h).headers["ETag"] for h in (None, account.headers))
    assert ask(api, url, everybodys, account).status_code == 200
    assert ask(api, url, own, account).status_code == 304
