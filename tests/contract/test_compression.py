"""Compression.

What is public and long comes compressed with gzip to whoever accepts it.
"""

import httpx
import pytest

from tests.contract.client import Account, Api

PLAIN, GZIP = {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip"}
LONG = ["/movies/?page=1", "/movies/", "/movies/?sort=title&page=1", "/directors/"]
DOCUMENTS = ["/swagger.json", "/openapi.json"]
long = pytest.mark.parametrize("url", [*LONG, *DOCUMENTS])


def encoding_of(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Encoding", ""))


@long
def test_both_variants_say_the_same(api: Api, url: str) -> None:
    """With gzip a response is shorter, and decompressed it is the same to the byte."""
    plain, packed = api.get(url, headers=PLAIN), api.get(url, headers=GZIP)
    assert (encoding_of(plain), encoding_of(packed)) == ("", "gzip")
    assert packed.content == plain.content
    assert packed.num_bytes_downloaded < 0.7 * plain.num_bytes_downloaded
    for response in (plain, packed):
        assert response.headers["Content-Length"] == str(response.num_bytes_downloaded)
        assert "accept-encoding" in response.headers["Vary"].lower()


@long
def test_each_variant_has_a_tag_of_its_own_and_either_is_known(api: Api, url: str) -> None:
    """Strong tags tell the variants apart; whoever has one of them gets 304 that names it."""
    tags = [api.get(url, headers=headers).headers["ETag"] for headers in (PLAIN, GZIP)]
    assert tags[0] != tags[1]
    for accepted in (PLAIN, GZIP):
        for known in (*tags, f"W/{tags[0]}"):
            response = api.get(url, headers={**accepted, "If-None-Match": known})
            assert (response.status_code, encoding_of(response)) == (304, "")
            assert response.headers["ETag"] == known.removeprefix("W/")
            assert "accept-encoding" in response.headers["Vary"].lower()


@long
def test_head_says_of_a_variant_what_get_says(api: Api, url: str) -> None:
    """`HEAD` has the headers of the variant that `GET` would give."""
    for accepted in (PLAIN, GZIP):
        got, asked = api.get(url, headers=accepted), api.head(url, headers=accepted)
        for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
            assert asked.headers.get(name) == got.headers.get(name)


@pytest.mark.parametrize("url", ["/genres/?page=1&per_page=2", "/movies/?page=1&per_page=1"])
def test_what_is_small_stays_as_it_is(api: Api, url: str) -> None:
    """What fits into one packet is not compressed."""
    assert encoding_of(api.get(url, headers=GZIP)) == ""


def test_what_is_of_one_caller_is_never_compressed(api: Api, account: Account) -> None:
    """Private responses are never compressed: their length would tell of secrets (BREACH)."""
    for film in api.listed("/movies/", page=1):
        api.like(account, film)
    response = api.get("/favorites/movies/", headers={**GZIP, **account.headers})
    assert (len(response.content) > 2000, encoding_of(response)) == (True, "")
