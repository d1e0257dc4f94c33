from __future__ import annotations

import jwt
import pytest

from helpers.tokens import Claims, InvalidToken, Tokens

KEY = "the key that signs the tokens of these tests"
OLD_KEY = "the key that signed the tokens of yesterday"
NOW = 1_700_000_000
SESSION = "0123456789abcdef0123456789abcdef"


def signer(*keys: str) -> Tokens:
    return Tokens(keys or (KEY,), access_seconds=900)


def claims_of(token: str) -> dict[str, object]:
    """What the token says, unverified."""
    return jwt.decode(token, options={"verify_signature": False})


def test_an_access_token_says_who_it_belongs_to() -> None:
    pair = signer().issue(7, SESSION, 3, now=NOW, session_end=NOW + 9_000)
    assert signer().read(pair.access_token, "access", NOW) == Claims(7, SESSION, 0)


def test_a_refresh_token_also_says_which_generation_it_is_of() -> None:
    pair = signer().issue(7, SESSION, 3, now=NOW, session_end=NOW + 9_000)
    assert signer().read(pair.refresh_token, "refresh", NOW) == Claims(7, SESSION, 3)


def test_an_access_token_carries_exactly_the_claims_of_the_contract() -> None:
    pair = signer().issue(7, SESSION, 3, now=NOW, session_end=NOW + 9_000)
    claims = claims_of(pair.access_token)
    assert claims == {
        "iss": "kinoteka",
        "aud": "access",
        "sub": "7",
        "sid": SESSION,
        "iat": NOW,
        "exp": NOW + 900,
        "jti": claims["jti"],
    }


def test_a_refresh_token_carries_exactly_the_claims_of_the_contract() -> None:
    pair = signer().issue(7, SESSION, 3, now=NOW, session_end=NOW + 9_000)
    claims = claims_of(pair.refresh_token)
    assert claims == {
        "iss": "kinoteka",
        "aud": "refresh",
        "sub": "7",
        "sid": SESSION,
        "gen": 3,
        "iat": NOW,
        "exp": NOW + 9_000,
        "jti": claims["jti"],
    }


def test_is_signed_with_hs256() -> None:
    pair = signer().issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000)
    headers = [jwt.get_unverified_header(t) for t in (pair.access_token, pair.refresh_token)]
    assert [header["alg"] for header in headers] == ["HS256", "HS256"]


def test_no_two_tokens_are_the_same() -> None:
    pairs = [signer().issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000) for _ in range(2)]
    assert pairs[0].access_token != pairs[1].access_token
    assert pairs[0].refresh_token != pairs[1].refresh_token


@pytest.mark.parametrize(
    ("session_end", "expected"),
    [(NOW + 899, NOW + 899), (NOW + 900, NOW + 900), (NOW + 901, NOW + 900)],
)
def test_an_access_token_never_outlives_its_session(session_end: int, expected: int) -> None:
    pair = signer().issue(7, SESSION, 0, now=NOW, session_end=session_end)
    assert claims_of(pair.access_token)["exp"] == expected


def test_an_access_token_is_good_until_the_second_before_it_expires() -> None:
    pair = signer().issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000)
    assert signer().read(pair.access_token, "access", NOW + 899).user_id == 7


@pytest.mark.parametrize("late", [900, 901, 10**9])
def test_refuses_an_access_token_that_has_expired(late: int) -> None:
    pair = signer().issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000)
    with pytest.raises(InvalidToken):
        signer().read(pair.access_token, "access", NOW + late)


def test_forgives_that_a_token_has_expired_on_request() -> None:
    pair = signer().issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000)
    claims = signer().read(pair.access_token, "access", NOW + 10**9, forgive_expiry=True)
    assert claims == Claims(7, SESSION, 0)


def test_takes_a_token_that_a_clock_ahead_of_ours_has_issued() -> None:
    far = 10**11  # Ahead of the clock of any machine, too.
    pair = signer().issue(7, SESSION, 0, now=far + 5, session_end=far + 9_000)
    assert signer().read(pair.access_token, "access", far).user_id == 7


def test_takes_a_token_that_an_older_key_has_signed() -> None:
    pair = signer(OLD_KEY).issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000)
    assert signer(KEY, OLD_KEY).read(pair.access_token, "access", NOW).user_id == 7


def test_signs_with_the_first_of_its_keys() -> None:
    pair = signer(KEY, OLD_KEY).issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000)
    assert signer(KEY).read(pair.access_token, "access", NOW).user_id == 7


def test_does_not_sign_with_an_older_key() -> None:
    pair = signer(KEY, OLD_KEY).issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000)
    with pytest.raises(InvalidToken):
        signer(OLD_KEY).read(pair.access_token, "access", NOW)


def test_refuses_a_token_that_none_of_the_keys_has_signed() -> None:
    pair = signer("a key of somebody else, and as long").issue(
        7, SESSION, 0, now=NOW, session_end=NOW + 9_000
    )
    with pytest.raises(InvalidToken):
        signer(KEY, OLD_KEY).read(pair.access_token, "access", NOW)


def test_refuses_an_access_token_in_place_of_a_refresh_token() -> None:
    pair = signer().issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000)
    with pytest.raises(InvalidToken):
        signer().read(pair.access_token, "refresh", NOW)


def test_refuses_a_refresh_token_in_place_of_an_access_token() -> None:
    pair = signer().issue(7, SESSION, 0, now=NOW, session_end=NOW + 9_000)
    with pytest.raises(InvalidToken):
        signer().read(pair.refresh_token, "access", NOW)
