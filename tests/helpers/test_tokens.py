import jwt
import pytest

from helpers.tokens import Claims, InvalidToken, Kind, TokenPair, Tokens

KEY = "the key that signs the tokens of these tests"
OLD_KEY = "the key that signed the tokens of yesterday"
NOW = 1_700_000_000
SESSION = "0123456789abcdef0123456789abcdef"


def issue(*keys: str, now: int = NOW, session_end: int = NOW + 9_000) -> TokenPair:
    tokens = Tokens(keys or (KEY,), access_seconds=900)
    return tokens.issue(7, SESSION, 3, now=now, session_end=session_end)


def read(
    token: str, kind: Kind, *keys: str, now: int = NOW, forgive_expiry: bool = False
) -> Claims:
    tokens = Tokens(keys or (KEY,), access_seconds=900)
    return tokens.read(token, kind, now, forgive_expiry=forgive_expiry)


def claims_of(token: str) -> dict[str, object]:
    """Return the claims of a token, without verifying it."""
    return jwt.decode(token, options={"verify_signature": False})


def test_a_token_names_its_user_and_a_refresh_token_its_generation() -> None:
    pair = issue()
    assert read(pair.access_token, "access") == Claims(7, SESSION, 0)
    assert read(pair.refresh_token, "refresh") == Claims(7, SESSION, 3)


def test_a_token_carries_exactly_the_claims_of_the_contract() -> None:
    pair = issue()
    access, refresh = claims_of(pair.access_token), claims_of(pair.refresh_token)
    assert access.pop("jti") != refresh.pop("jti")
    common = {"iss": "kinoteka", "sub": "7", "sid": SESSION, "iat": NOW}
    assert access == {**common, "aud": "access", "exp": NOW + 900}
    assert refresh == {**common, "aud": "refresh", "gen": 3, "exp": NOW + 9_000}


@pytest.mark.parametrize(("session_end", "end"), [(NOW + 899, NOW + 899), (NOW + 901, NOW + 900)])
def test_an_access_token_never_outlives_its_session(session_end: int, end: int) -> None:
    assert claims_of(issue(session_end=session_end).access_token)["exp"] == end


def test_refuses_an_access_token_that_has_expired_unless_that_is_forgiven() -> None:
    token = issue().access_token
    with pytest.raises(InvalidToken):
        read(token, "access", now=NOW + 900)
    assert read(token, "access", now=NOW + 900, forgive_expiry=True) == Claims(7, SESSION, 0)


def test_takes_a_token_that_a_clock_ahead_of_ours_has_issued() -> None:
    far = 10**11  # Far ahead of any real clock.
    pair = issue(now=far + 5, session_end=far + 9_000)
    assert read(pair.access_token, "access", now=far).user_id == 7


def test_signs_with_the_first_of_its_keys_alone() -> None:
    token = issue(KEY, OLD_KEY).access_token
    assert read(token, "access", KEY).user_id == 7
    with pytest.raises(InvalidToken):
        read(token, "access", OLD_KEY)


def test_takes_a_token_that_an_older_key_has_signed() -> None:
    assert read(issue(OLD_KEY).access_token, "access", KEY, OLD_KEY).user_id == 7
