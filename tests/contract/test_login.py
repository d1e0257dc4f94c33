"""Login and logout."""

from tests.contract.client import Account, Api, an_email

CHANGING = {"date", "x-request-id"}


def test_logging_in_gives_two_tokens_in_any_case_of_the_email(api: Api, reader: Account) -> None:
    response = api.log_in(reader.email.upper(), reader.password)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert {name: type(value) for name, value in response.json().items()} == {
        "access_token": str,
        "refresh_token": str,
    }


def test_an_unknown_email_looks_like_a_wrong_password(api: Api, reader: Account) -> None:
    wrong, unknown = map(api.guess, (reader.email, an_email()))
    assert unknown.status_code == wrong.status_code == 401
    assert wrong.headers["WWW-Authenticate"] == 'Bearer realm="Kinoteka"'  # No token was sent.
    assert unknown.content == wrong.content
    differing = set(wrong.headers.items()) ^ set(unknown.headers.items())
    assert {name for name, _ in differing} <= CHANGING


def test_logging_out_ends_one_session(api: Api, account: Account) -> None:
    elsewhere = api.new_tokens(account.email, account.password)
    response = api.log_out(account)
    assert (response.status_code, response.content) == (204, b"")
    assert api.whoami(account.tokens).status_code == 401
    assert api.refresh(account.tokens).status_code == 401
    assert api.log_out(account).status_code == 401
    assert api.whoami(elsewhere).is_success
