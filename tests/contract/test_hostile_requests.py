"""Hostile requests.

A careless server answers them with an error of its own, or takes them for others.
"""

from __future__ import annotations

import pytest

from tests.contract.client import Account, Api, Json, a_password, an_address
from tests.contract.failures import UNREAD

NOT_AN_ID = ["abc", "-1", "+1", "1.5", "1_0", "1e0", "0x1", "٣", "１", "1%00", "%00", "%FF", "%201"]
ID_PATHS = ["/movies/{}", "/genres/{}", "/directors/{}", "/favorites/movies/{}"]


@pytest.fixture(scope="module")
def victim(api: Api) -> Account:
    """Whose account a request would change if it were not refused."""
    return api.new_account()


@pytest.mark.parametrize("path", ID_PATHS)
@pytest.mark.parametrize("text", NOT_AN_ID)
def test_an_id_is_made_of_ascii_digits(api: Api, reader: Account, path: str, text: str) -> None:
    """An id in a path is made of the digits 0 to 9; anything else does not exist."""
    assert api.get(f"{path.format(text)}/", headers=reader.headers).status_code == 404


@pytest.mark.parametrize("path", ID_PATHS)
@pytest.mark.parametrize("above", [2**31, 2**32, 2**63, 2**64, 10**1000])
def test_a_huge_id_does_not_exist(
    api: Api, reader: Account, film: Json, path: str, above: int
) -> None:
    """A huge id does not exist, and is never cut down to one that does."""
    address = f"{path.format(above + film['id'])}/"
    assert api.get(address, headers=reader.headers).status_code == 404


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize("movie_id", [2**31, 2**63, 2**64, 10**1000])
def test_a_huge_film_cannot_be_liked(api: Api, reader: Account, method: str, movie_id: int) -> None:
    """A film with a huge id can be neither added to the favorites nor removed."""
    path = f"/favorites/movies/{movie_id}/"
    assert api.request(method, path, headers=reader.headers).status_code == 404


@pytest.mark.parametrize("field", ["access_token", "refresh_token"])
@pytest.mark.parametrize(
    "token", ["undefined", "null", "a" * 15000, "." * 15000, "токен", "\n", "e30.e30.e30"]
)
def test_a_token_may_be_any_text_and_is_401(
    api: Api, victim: Account, field: str, token: str
) -> None:
    """Any text that is not a good token is 401."""
    assert api.refresh({**victim.tokens, field: token}).status_code == 401


def test_a_token_of_100_kb_in_a_body_is_413(api: Api, victim: Account) -> None:
    """A body with a token of 100 KB is too large."""
    body = {**victim.tokens, "access_token": "a" * 100_000}
    assert api.put("/auth/login/", json=body, headers=UNREAD).status_code == 413


@pytest.mark.parametrize("length", [1000, 7000, 100_000])
def test_a_long_token_opens_nothing(api: Api, length: int) -> None:
    """A token of up to 100 KB in the header is refused, by the API or the server before it."""
    headers = {"Authorization": f"Bearer {'a' * length}"}
    assert api.get("/user/", headers=headers).status_code in {401, 431}


@pytest.mark.parametrize(
    "value", [b"Bearer \xff\xfe", b"Bearer", b"", b"\xd0\x96", b"Bearer a b c"]
)
def test_a_broken_authorization_header_opens_nothing(api: Api, value: bytes) -> None:
    """An `Authorization` that is no text, or has no token, is 401."""
    assert api.get("/user/", headers=[(b"Authorization", value)]).status_code == 401


@pytest.mark.parametrize("path", ["/movies/?page=1", "/genres/"])
def test_public_paths_ignore_several_authorization_headers(
    api: Api, reader: Account, path: str
) -> None:
    """What is public can be read whatever `Authorization` says, and however often."""
    headers = [*reader.headers.items(), ("Authorization", "Bearer undefined")]
    assert api.get(path, headers=headers).json() == api.get(path).json()


def test_of_several_authorization_headers_none_counts(api: Api, reader: Account) -> None:
    """Two `Authorization` headers do not say who is calling, so nobody is."""
    headers = [*reader.headers.items(), ("Authorization", "Bearer undefined")]
    assert api.get("/user/", headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/auth/register/", "/auth/login/"])
@pytest.mark.parametrize(
    "fields",
    [b"", b"&&&", b"=", b"email", b"%", b"email=%FF&password=%FF", b"a&" * 8000, b"\xff\x00"],
)
def test_a_form_without_the_fields_is_400(api: Api, path: str, fields: bytes) -> None:
    """A form that is broken, or lacks the fields, is 400."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert api.post(path, content=fields, headers=headers).status_code == 400


@pytest.mark.parametrize("path", ["/auth/register/", "/auth/login/"])
def test_a_form_with_a_field_twice_is_400(api: Api, path: str) -> None:
    """A field that comes twice in a form is refused, whichever was meant."""
    form = {"email": [an_address(), an_address()], "password": a_password()}
    assert api.post(path, data=form).status_code == 400


@pytest.mark.parametrize("query", ["page=%FF", "page=%00", "page=1%00", "page=%D9%A1", "page=%"])
def test_a_page_of_strange_bytes_is_400(api: Api, query: str) -> None:
    """A page number of bytes that are no digits is refused."""
    assert api.get(f"/movies/?{query}").status_code == 400


@pytest.mark.parametrize("query", ["%FF=%FF", "%00", "&&&", "=", "a[]=1&a[b]=2", "page[]=1"])
def test_strange_unknown_parameters_are_ignored(api: Api, query: str) -> None:
    """An unknown parameter is ignored, whatever it is made of."""
    assert api.get(f"/genres/?{query}").json() == api.whole("/genres/")
