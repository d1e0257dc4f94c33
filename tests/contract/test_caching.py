"""Caching.

What a browser or a proxy may store, and how it asks again.
"""

from __future__ import annotations

import httpx
import pytest

from tests.contract.client import Account, Api, Json, needed
from tests.contract.routes import NO_ID, filled

FILM = "/movies/{film}/"
SHARED = ["/movies/?page=1", "/movies/?status=new&page=2", "/movies/", "/genres/", "/directors/"]
SHARED += ["/genres/{genre}/", "/directors/{director}/"]
public = pytest.mark.parametrize("path", [*SHARED, FILM])
shared = pytest.mark.parametrize("path", SHARED)


def tag_of(response: httpx.Response) -> str:
    """Return the tag of a response, for a check of what the tag is good for."""
    return str(needed(response).headers["ETag"])


def ask(
    api: Api, url: str, known: str, account: Account | None = None, method: str = "GET"
) -> httpx.Response:
    """Ask for what has changed since a response with a known tag."""
    headers = {"If-None-Match": known, **(account.headers if account else {})}
    return api.request(method, url, headers=headers)


def words(response: httpx.Response, header: str) -> set[str]:
    value = response.headers.get(header, "")
    return {word.strip().lower() for word in value.split(",") if word.strip()}


@public
def test_what_is_public_has_a_strong_tag(api: Api, film: Json, path: str) -> None:
    """Public responses have a strong `ETag`: the same tag means the same bytes."""
    tag = api.get(filled(path, film)).headers["ETag"]
    assert (tag[:1], tag[-1:], len(tag) > 2) == ('"', '"', True)


@public
def test_the_tag_stays_while_nothing_changes(api: Api, film: Json, path: str) -> None:
    """Asked twice, the same response has the same `ETag`."""
    one, other = (tag_of(api.get(filled(path, film))) for _ in range(2))
    assert one == other


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


@public
def test_head_can_ask_too(api: Api, film: Json, path: str) -> None:
    """HEAD with the tag of GET in `If-None-Match` is 304."""
    url = filled(path, film)
    assert ask(api, url, tag_of(api.get(url)), method="HEAD").status_code == 304


@shared
@pytest.mark.parametrize("known", ['"another", {tag}', '{tag} , "another"', "W/{tag}", "*"])
def test_tags_are_compared_as_http_says(api: Api, film: Json, path: str, known: str) -> None:
    """A list of tags, a weak tag and `*` are understood in `If-None-Match`."""
    url = filled(path, film)
    assert ask(api, url, known.format(tag=tag_of(api.get(url)))).status_code == 304


@shared
@pytest.mark.parametrize("known", ['"another"', 'W/"another"', '""', "nonsense", ""])
def test_another_tag_gets_the_whole(api: Api, film: Json, path: str, known: str) -> None:
    """With another tag, or with what is no tag, the response is the whole one."""
    url = filled(path, film)
    response = ask(api, url, known)
    assert (response.status_code, response.content) == (200, api.get(url).content)


@public
def test_a_304_says_how_to_store_it(api: Api, film: Json, path: str) -> None:
    """A 304 has the `ETag`, `Cache-Control` and `Vary` of the whole response."""
    url = filled(path, film)
    whole = api.get(url)
    response = ask(api, url, tag_of(whole))
    names = ("ETag", "Cache-Control", "Vary")
    expected = {name: whole.headers.get(name) for name in names}
    assert {name: response.headers.get(name) for name in names} == expected


@pytest.mark.parametrize("path", [f"/movies/{NO_ID}/", "/nothing/"])
def test_what_does_not_exist_is_not_unchanged(api: Api, path: str) -> None:
    """What does not exist is 404, whatever `If-None-Match` says."""
    assert ask(api, path, "*").status_code == 404


@shared
def test_a_proxy_may_store_what_is_the_same_for_everybody(api: Api, film: Json, path: str) -> None:
    """Lists, genres and directors are `public, no-cache`: shared, and always asked for again."""
    assert words(api.get(filled(path, film)), "Cache-Control") == {"public", "no-cache"}


@shared
def test_one_response_is_for_all_callers(api: Api, reader: Account, film: Json, path: str) -> None:
    """A token changes nothing about lists, genres and directors, and `Vary` does not name it."""
    url = filled(path, film)
    theirs, everybodys = api.get(url, headers=reader.headers), api.get(url)
    assert "authorization" not in words(theirs, "Vary") | words(everybodys, "Vary")
    assert theirs.headers.get("ETag") == everybodys.headers.get("ETag")
    assert theirs.content == everybodys.content


def test_a_film_of_somebody_is_not_for_others(api: Api, reader: Account, film: Json) -> None:
    """A film that was read with a token is `private`: it says whether one likes it."""
    response = api.get(filled(FILM, film), headers=reader.headers)
    assert words(response, "Cache-Control") & {"private", "public"} == {"private"}


@pytest.mark.parametrize("signed_in", [True, False])
def test_caches_keep_a_film_apart_for_callers(
    api: Api, reader: Account, film: Json, signed_in: bool
) -> None:
    """`Vary` says that a film depends on `Authorization`, with a token and without."""
    response = api.get(filled(FILM, film), headers=reader.headers if signed_in else None)
    assert "authorization" in words(response, "Vary")


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
