"""Caching.

What a browser or a proxy may keep, and how it asks again.
"""

from __future__ import annotations

import httpx
import pytest

from tests.contract.client import Account, Api, Json, needed
from tests.contract.notebook import CannotCheckError
from tests.contract.routes import filled

LISTS = ["/movies/?page=1", "/movies/?status=new&page=2", "/movies/", "/genres/", "/directors/"]
ALONE = ["/genres/{genre}/", "/directors/{director}/"]
FILM = "/movies/{film}/"
public = pytest.mark.parametrize("path", [*LISTS, *ALONE, FILM])
for_everybody = pytest.mark.parametrize("path", [*LISTS, *ALONE])


def tag_of(response: httpx.Response) -> str:
    """Return the tag of an answer, for a check of what the tag is good for."""
    tag = needed(response).headers.get("ETag")
    if tag is None:
        raise CannotCheckError(f"{response.request.method} {response.url.path} has no `ETag`")
    return str(tag)


def ask(
    api: Api, address: str, known: str, account: Account | None = None, method: str = "GET"
) -> httpx.Response:
    """Ask for what has changed since an answer with a known tag."""
    headers = {"If-None-Match": known, **(account.headers if account else {})}
    return api.request(method, address, headers=headers)


def words(response: httpx.Response, header: str) -> set[str]:
    value = response.headers.get(header, "")
    return {word.strip().lower() for word in value.split(",") if word.strip()}


@public
def test_what_is_public_has_a_strong_tag(api: Api, film: Json, path: str) -> None:
    """Public answers have a strong `ETag`: the same tag means the same bytes."""
    tag = api.get(filled(path, film)).headers["ETag"]
    assert (tag[:1], tag[-1:], len(tag) > 2) == ('"', '"', True)


@public
def test_the_tag_stays_while_nothing_changes(api: Api, film: Json, path: str) -> None:
    """Asked twice, the same answer has the same `ETag`."""
    tags = [tag_of(api.get(filled(path, film))) for _ in range(2)]
    assert tags[0] == tags[1]


def test_different_answers_have_different_tags(api: Api) -> None:
    """Two pages, or two orders of one list, never share an `ETag`."""
    queries = ["page=1&per_page=1", "page=2&per_page=1", "page=1&per_page=2", ""]
    tags = [tag_of(api.get(f"/movies/?{query}")) for query in queries]
    assert sorted(set(tags)) == sorted(tags)


@public
def test_who_has_it_already_is_told_so(api: Api, film: Json, path: str) -> None:
    """With the tag in `If-None-Match` the answer is 304 without a body."""
    address = filled(path, film)
    response = ask(api, address, tag_of(api.get(address)))
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("known", ['"another", {tag}', '{tag} , "another"', "W/{tag}", "*"])
@for_everybody
def test_tags_are_compared_as_http_says(api: Api, film: Json, path: str, known: str) -> None:
    """A list of tags, a weak tag and `*` are understood in `If-None-Match`."""
    address = filled(path, film)
    assert ask(api, address, known.format(tag=tag_of(api.get(address)))).status_code == 304


@pytest.mark.parametrize("known", ['"another"', 'W/"another"', '""', "nonsense", ""])
@for_everybody
def test_who_has_something_else_gets_it_whole(api: Api, film: Json, path: str, known: str) -> None:
    """With another tag, or with what is no tag, the answer is the whole one."""
    address = filled(path, film)
    response = ask(api, address, known)
    assert response.status_code == 200
    assert response.content == api.get(address).content


@public
def test_a_304_says_how_to_keep_it(api: Api, film: Json, path: str) -> None:
    """A 304 has the `ETag`, `Cache-Control` and `Vary` of the whole answer."""
    address = filled(path, film)
    whole = api.get(address)
    response = ask(api, address, tag_of(whole))
    names = ("ETag", "Cache-Control", "Vary")
    kept = {name: response.headers.get(name) for name in names}
    assert kept == {name: whole.headers.get(name) for name in names}


@public
def test_head_can_ask_too(api: Api, film: Json, path: str) -> None:
    """HEAD has the `ETag` of GET, and is 304 with it."""
    address = filled(path, film)
    tag = tag_of(api.get(address))
    assert api.head(address).headers.get("ETag") == tag
    assert ask(api, address, tag, method="HEAD").status_code == 304


@pytest.mark.parametrize("path", ["/movies/2147483647/", "/nothing/"])
def test_what_does_not_exist_is_not_unchanged(api: Api, path: str) -> None:
    """What does not exist is 404, whatever `If-None-Match` says."""
    assert ask(api, path, "*").status_code == 404


@for_everybody
def test_a_proxy_may_keep_what_is_for_everybody(api: Api, film: Json, path: str) -> None:
    """Lists, genres and directors are `public, no-cache`: shared, and always asked for again."""
    assert words(api.get(filled(path, film)), "Cache-Control") == {"public", "no-cache"}


@for_everybody
def test_one_kept_answer_is_for_all_callers(
    api: Api, reader: Account, film: Json, path: str
) -> None:
    """A token changes nothing about lists, genres and directors, and `Vary` does not name it."""
    address = filled(path, film)
    theirs, everybodys = api.get(address, headers=reader.headers), api.get(address)
    assert "authorization" not in words(theirs, "Vary") | words(everybodys, "Vary")
    assert theirs.headers.get("ETag") == everybodys.headers.get("ETag")


def test_a_film_of_somebody_is_not_for_others(api: Api, reader: Account, film: Json) -> None:
    """A film that was read with a token is `private`: it says whether one likes it."""
    response = api.get(filled(FILM, film), headers=reader.headers)
    assert "private" in words(response, "Cache-Control")
    assert "public" not in words(response, "Cache-Control")


@pytest.mark.parametrize("signed_in", [True, False])
def test_caches_keep_a_film_apart_for_callers(
    api: Api, reader: Account, film: Json, signed_in: bool
) -> None:
    """`Vary` says that a film depends on `Authorization`, with a token and without."""
    response = api.get(filled(FILM, film), headers=reader.headers if signed_in else None)
    assert "authorization" in words(response, "Vary")


def test_a_film_has_another_tag_when_somebody_likes_it(
    api: Api, account: Account, film: Json
) -> None:
    """As soon as somebody likes a film its old tag is worth nothing."""
    address = filled(FILM, film)
    tag = tag_of(api.get(address))
    needed(api.post(f"/favorites{address}", headers=account.headers))
    response = ask(api, address, tag)
    assert (response.status_code, response.headers.get("ETag") == tag) == (200, False)


def test_the_tag_of_a_film_is_ones_own(api: Api, account: Account, film: Json) -> None:
    """The tag that others have of a film is not that of somebody who likes it."""
    address = filled(FILM, film)
    needed(api.post(f"/favorites{address}", headers=account.headers))
    everybodys, own = (tag_of(api.get(address, headers=h)) for h in (None, account.headers))
    assert ask(api, address, everybodys, account).status_code == 200
    assert ask(api, address, own, account).status_code == 304
