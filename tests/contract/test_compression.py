"""Long public responses are compressed with gzip for clients that accept it."""

import httpx
import pytest

from tests.contract.client import Account, Api, needed

PLAIN, GZIP = {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip"}
long = pytest.mark.parametrize("url", ["/movies/?page=1", "/movies/", "/swagger.json"])


def encoding_of(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Encoding", ""))


@long
def test_with_gzip_a_response_is_shorter_and_says_the_same(api: Api, url: str) -> None:
    plain, packed = api.get(url, headers=PLAIN), api.get(url, headers=GZIP)
    assert (encoding_of(plain), encoding_of(packed)) == ("", "gzip")
    assert packed.content == plain.content
    assert packed.num_bytes_downloaded < 0.7 * plain.num_bytes_downloaded
    for response in (plain, packed):
        assert response.headers["Content-Length"] == str(response.num_bytes_downloaded)
        assert "accept-encoding" in response.headers["Vary"].lower()


@long
@pytest.mark.parametrize("accepted", [PLAIN, GZIP], ids=["plain", "gzip"])
def test_either_variant_is_revalidated_with_its_own_tag(
    api: Api, url: str, accepted: dict[str, str]
) -> None:
    plain, packed = (api.get(url, headers=headers).headers["ETag"] for headers in (PLAIN, GZIP))
    assert plain != packed
    known = [plain, packed, f"W/{plain}"]
    responses = [api.get(url, headers={**accepted, "If-None-Match": tag}) for tag in known]
    assert [one.status_code for one in responses] == [304] * 3
    assert [one.headers["ETag"] for one in responses] == [plain, packed, plain]


def test_what_fits_into_one_packet_is_not_compressed(api: Api) -> None:
    assert encoding_of(api.get("/movies/?page=1&per_page=1", headers=GZIP)) == ""


def test_what_is_of_one_caller_is_never_compressed(api: Api, account: Account) -> None:
    """The compressed length would leak secrets (BREACH)."""
    for film in api.listed("/movies/", page=1):
        needed(api.like(account, film))
    response = api.get("/favorites/movies/", headers={**GZIP, **account.headers})
    assert (len(response.content) > 2000, encoding_of(response)) == (True, "")
