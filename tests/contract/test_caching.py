"""Caching.

What a browser or a proxy may store, and how it asks again.
"""

from __future__ import annotations

import httpx
import pytest

from tests.contract.client import Account, Api, Json, needed
from tests.contract.routes import filled

FILM = "/movies/{film}/"
SHARED = ["/movies/?page=1", "/movies/?status=new&page=2", "/movies/", "/genres/", "/directors/"]
SHARED += ["/genres/{genre}/", "/directors/{director}/", "/movies/{film}/poster.svg"]
public = pytest.mark.parametrize("path", [*SHARED, FILM])
shared = pytest.mark.parametrize("path", SHARED)


def tag_of(response: httpx.Response) -> str:
    """Return the tag of a response, for a check of what the tag is good for."""
    return str(needed(response).headers["ETag"])


def ask(api: Api, url: str, known: str, account: Account | None = None) -> httpx.Response:
    """Ask for what has changed since a response with a known tag."""
    headers = {"If-None-Match": known, **(account.headers if account else {})}
    return api.get(url, headers=headers)


def words(response: httpx.Response, header: str) -> set[str]:
    value = response.headers.get(header, "")
    return {word.strip().lower() for word in value.split(",") if word.strip()}


@public
def test_what_is_public_has_a_strong_tag(api: Api, film: Json, path: str) -> None:
    """Public responses have a strong `ETag`: the same tag means the same bytes."""
    tag = api.get(filled(path, film)).headers["ETag"]
    assert (tag[:1], tag[-1:], len(tag) > 2) == ('"', '"', True)


def test_different_responses_have_different_tags(api: Api) -> None:
    """Two pages, or two orders of one list, never share an `ETag`."""
    queries = ["page=1&per_page=1", "page=2&per_page=1", "page=1&per_page=2", ""]
    tags = [tag_of(api.get(f"/movies/?{query}")) for query in queries]
    assert sorted(set(tags)) == sorted(tags)


@public
def test_a_known_tag_is_304(api: Api, film: Json, path: str) -> None:
    """With the tag in `If-None-Match` the response is 304 without a body."""
    url = filled(path, film)
    response = ask(api, url, tag_of(api.get(url)))
    assert (response.status_code, response.content) == (304, b"")


@shared
def test_a_proxy_may_store_what_is_the_same_for_everybody(api: Api, film: Json, path: str) -> None:
    """Lists and the like are `public, no-cache`: shared, and always asked for again."""
    assert words(api.get(filled(path, film)), "Cache-Control") == {"public", "no-cache"}


@shared
def test_one_response_is_for_all_callers(api: Api, reader: Account, film: Json, path: str) -> None:
    """A token changes nothing about what is the same for everybody, and `Vary` does not name it."""
    url = filled(path, film)
    theirs, everybodys = api.get(url, headers=reader.headers), api.get(url)
    assert "authorization" not in words(theirs, "Vary") | words(everybodys, "Vary")
    assert theirs.headers.get("ETag") == everybodys.headers.get("ETag")
    assert theirs.content == everybodys.content


def test_a_film_that_is_liked_has_another_tag(api: Api, account: Account, film: Json) -> None:
    """As soon as somebody likes a film its old tag is worth nothing."""
    url = filled(FILM, film)
    tag = tag_of(api.get(url))
    needed(api.post(f"/favorites{url}", headers=account.headers))
    response = ask(api, url, tag)
    assert (response.status_code, response.headers.get("ETag") == tag) == (200, False)


def test_the_tag_of_a_film_is_ones_own(api: Api, account: Account, film: Json) -> None:
    """The tag that others have of a film is not that of somebody who likes it."""
    url = filled(FILM, film)
    needed(api.post(f"/favorites{url}", headers=account.headers))
    everybodys, own = (tag_of(api.get(url, headers=h)) for h in (None, account.headers))
    assert ask(api, url, everybodys, account).status_code == 200
    assert ask(api, url, own, account).status_code == 304
