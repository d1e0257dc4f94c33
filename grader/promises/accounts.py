"""Step 2 of the brief: registration, login and the exchange of tokens."""

from functools import partial

from grader import model
from grader.expectations import expect, succeeded
from grader.model import Sheet
from grader.people import a_password, an_address, pair_of
from grader.server import Server

promise = partial(model.promise, tier="brief", step=2)


@promise(0, "storing")
def register(server: Server, _: Sheet) -> None:
    """`POST /auth/register` takes an e-mail and a password"""
    succeeded(server.register(an_address(), a_password()))


@promise(0, "tokens")
def login(server: Server, _: Sheet) -> None:
    """`POST /auth/login` gives `access_token` and `refresh_token`"""
    person = server.newcomer()
    response = succeeded(server.log_in(person.email, person.password))
    expect(pair_of(response), "an object with `access_token` and `refresh_token`", response)


@promise(1, "passwords")
def login_refused(server: Server, sheet: Sheet) -> None:
    """A wrong e-mail or password gives no tokens"""
    person = server.newcomer()
    for name, email, password in (
        ("password ≠", person.email, a_password()),
        ("password + x", person.email, f"{person.password}x"),
        ("email ?", an_address(), person.password),
    ):
        with sheet.case(f"POST /auth/login, {name}"):
            server.refused(server.log_in(email, password), "login")


@promise(0, "tokens")
def refresh(server: Server, sheet: Sheet) -> None:
    """`PUT /auth/login` exchanges a pair of tokens for a new one that works"""
    person = server.person()
    opens_profile = server.profile(person.token).is_success
    response = succeeded(server.refresh(person.token, person.refresh_token))
    pair = pair_of(response)
    expect(pair, "an object with `access_token` and `refresh_token`", response)
    with sheet.case("PUT /auth/login → GET /user/"):
        response = server.profile(pair[0] if pair else "")
        is_good = response.is_success or not opens_profile
        expect(is_good, "the new access token opens the profile", response)
    with sheet.case("PUT /auth/login → PUT /auth/login"):
        response = server.refresh(*(pair or ("", "")))
        expect(pair_of(response), "the new pair can be exchanged again", response)


@promise(1, "tokens")
def refresh_refused(server: Server, sheet: Sheet) -> None:
    """`PUT /auth/login` refuses a pair of which one half is no token"""
    with sheet.case('PUT /auth/login, access_token: "undefined"'):
        response = server.refresh("undefined", server.person().refresh_token)
        server.refused(response, "refresh")
    with sheet.case('PUT /auth/login, refresh_token: "undefined"'):
        response = server.refresh(server.person().token, "undefined")
        server.refused(response, "refresh")
