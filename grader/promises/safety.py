"""What keeps people's accounts safe."""

from functools import partial
from secrets import randbits
from typing import Any

from grader import model
from grader.expectations import NO_CRASH, REFUSAL, expect
from grader.favorites import LISTED, add, count, path_of, some_movies
from grader.model import Sheet
from grader.people import a_password, an_address, forgeries_of
from grader.server import NO_ID, NOBODY, Server

_HUGE = 10**30
_STRANGE_READS = (
    *(f"/movies/?page={page}" for page in ("abc", "0", "-1", "", _HUGE)),
    *(f"/{name}/{_HUGE}/" for name in ("movies", "genres", "directors")),
    *("/movies/?status=%00", "/movies/abc/"),
)
_STRANGE_BODIES = (b"", b"{}", b"[]", b"null", b'"text"', b"{", b'{"email": "\xff"}')
_STRANGE_TOKENS = ("", "Bearer", "undefined", "Bearer a.b.c", "Basic YTpi")
promise = partial(model.promise, tier="safety", step=2)


@promise(4, "secrets")
def no_secrets(server: Server, _: Sheet) -> None:
    """No answer or token shows a password, a hash or a trace

    All answers are looked through as they come; these are those that show most easily.
    """
    person = server.person()
    server.register(person.email, person.password)
    server.profile(person.token)
    server.log_in(person.email, f"{person.password}x")


@promise(4, "kinds", step=3)
def refresh_is_no_access(server: Server, sheet: Sheet) -> None:
    """A refresh token is no access token, nor the other way round"""
    with sheet.case("GET /user/, Authorization: Bearer <refresh_token>"):
        server.unless_broken("profile-protected")
        server.refused(server.profile(server.person().refresh_token), "profile")
    with sheet.case("PUT /auth/login, refresh_token: <access_token>"):
        server.unless_broken("refresh-refused")
        token = server.person().token
        server.refused(server.refresh(token, token), "refresh")


@promise(4, "kinds", "refresh-refused")
def pair_of_one(server: Server, _: Sheet) -> None:
    """A pair made of the tokens of two people is refused"""
    response = server.refresh(server.person().token, server.person().refresh_token)
    server.refused(response, "refresh")


@promise(4, "signatures")
def forged_tokens(server: Server, sheet: Sheet) -> None:
    """Altered and unsigned tokens are refused"""
    person = server.person()
    for name, forged in forgeries_of(person.token).items():
        with sheet.case(f"GET /user/, {name}"):
            server.unless_broken("profile-protected")
            server.refused(server.profile(forged), "profile")
    for name, forged in forgeries_of(person.refresh_token).items():
        with sheet.case(f"PUT /auth/login, refresh_token: {name}"):
            server.unless_broken("refresh-refused")
            server.refused(server.refresh(server.person().token, forged), "refresh")


@promise(4, "guard", step=3)
def writes_protected(server: Server, sheet: Sheet) -> None:
    """Nothing can be changed without a good token"""
    movie = path_of(some_movies(server, 1)[0])
    passwords = {"old_password": a_password(), "new_password": a_password()}
    requests: tuple[tuple[str, str, str, Any], ...] = (
        ("names", "PATCH", "/user/", {"name": "Анна"}),
        ("password", "PUT", "/user/password/", passwords),
        ("favorites", "POST", movie, None),
        ("favorites-removed", "DELETE", movie, None),
    )
    for cause, method, path, body in requests:
        for name, token in NOBODY.items():
            with sheet.case(f"{method} {path}, {name}"):
                server.refused(server.client.send(method, path, token, body), cause)
    with sheet.case("DELETE /movies/{id}, Authorization: –"):
        # Of a film that does not exist: the examined catalogue stays as it is.
        response = server.client.send("DELETE", f"/movies/{NO_ID}/")
        expect(not response.is_success, REFUSAL, response)


@promise(4, "unique")
def address_taken(server: Server, _: Sheet) -> None:
    """An e-mail that is taken is not given away"""
    person, other = server.person(), a_password()
    server.refused(server.register(person.email, other), "register")
    server.expect_untouched(person, other)


@promise(4, "whose", step=5)
def favorites_own(server: Server, sheet: Sheet) -> None:
    """Nobody sees or removes the favorites of others"""
    (movie,), one, other = some_movies(server, 1), server.person(), server.person()
    add(server, one, movie)
    with sheet.case("GET /favorites/movies/, A ≠ B"):
        entries, response = server.favorites_of(other)
        expect(not entries, "an empty list: this person is new", response)
    with sheet.case("DELETE /favorites/movies/{id}, A ≠ B"):
        response = other.send("DELETE", path_of(movie))
        entries, _ = server.favorites_of(one)
        expect(count(entries, movie), LISTED, response, title=movie["title"])


@promise(4, "mass assignment", step=3)
def patch_no_password(server: Server, sheet: Sheet) -> None:
    """`PATCH /user/` does not touch the password"""
    for field in ("password", "password_hash"):
        with sheet.case(f"PATCH /user/, {field}"):
            person, other = server.person(), a_password()
            response = person.send("PATCH", "/user/", {field: other})
            server.need("PATCH", "/user/", "names")
            opened = server.log_in(person.email, person.password)
            is_same = server.is_crash(response) or opened.is_success
            expect(is_same, "the person's own password opens", response)


@promise(5, "validation")
def no_crash(server: Server, sheet: Sheet) -> None:
    """Whatever is sent, the server refuses it and does not crash

    Crashes that other promises have met are noted here.
    """
    person = server.person()
    bodies: tuple[Any, ...] = (
        *_STRANGE_BODIES,
        {"email": an_address()},
        {"email": randbits(50), "password": []},
    )
    requests: list[tuple[str, str, Any]] = [("GET", path, None) for path in _STRANGE_READS]
    for method, path in (
        ("POST", "/auth/register/"),
        ("POST", "/auth/login/"),
        ("PUT", "/auth/login/"),
    ):
        requests += [(method, path, body) for body in bodies]
    for method, path in (("PATCH", "/user/"), ("PUT", "/user/password/")):
        requests += [(method, path, body) for body in (*_STRANGE_BODIES[:3], {"name": {"a": 1}})]
    for method in ("POST", "DELETE"):
        requests += [(method, path_of({"id": number}), None) for number in (0, NO_ID, _HUGE)]
    for method, path, body in requests:
        is_open = path.startswith("/auth") or (method == "GET" and not server.closed)
        token = None if is_open else person.token
        with sheet.case(f"{method} {path} {'' if body is None else body}".strip()):
            response = server.client.send(method, path, token, body)
            expect(not response.is_crash, NO_CRASH, response)
    for header in _STRANGE_TOKENS:
        with sheet.case(f"GET /user/, Authorization: {header}"):
            response = server.client.send("GET", "/user/", headers={"Authorization": header})
            expect(not response.is_crash, NO_CRASH, response)
