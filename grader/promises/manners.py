"""Good manners: what the brief does not ask for, and users of an API expect."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from grader import model
from grader.expectations import expect
from grader.favorites import LISTED, count, path_of, some_movies
from grader.model import BlockedError, Sheet
from grader.people import a_password, an_address
from grader.server import CATALOGUE, NO_ID, Server

_NOTHING = "/nothing-is-here/"
_ORIGIN = "http://localhost:3000"
_AT_ONCE = 5
_PREFLIGHT = {
    "Access-Control-Request-Method": "PATCH",
    "Access-Control-Request-Headers": "authorization, content-type",
}
promise = partial(model.promise, tier="manners", step=1)


@promise(6, "errors")
def json_errors(server: Server, _: Sheet) -> None:
    """Errors are JSON with a `message` for people

    All refusals are looked at as they come; this one every server has.
    """
    if not server.client.send("GET", _NOTHING).is_refusal:
        raise BlockedError("not-found")


@promise(6, "errors", "movies")
def not_found(server: Server, sheet: Sheet) -> None:
    """What does not exist is 404"""
    for path in (_NOTHING, *(f"{path}{NO_ID}/" for path in CATALOGUE)):
        with sheet.case(f"GET {path}"):
            server.expect_status(server.read(path), 404)


@promise(6, "errors", step=2)
def wrong_method(server: Server, _: Sheet) -> None:
    """A method that a path does not have is 405"""
    server.need("POST", "/auth/register/", "register")
    server.expect_status(server.client.send("DELETE", "/auth/register/"), 405)


@promise(6, "validation", "pages")
def bad_pages(server: Server, sheet: Sheet) -> None:
    """A `page` that is no whole number from 1 is refused"""
    for page in ("abc", "0", "-1"):
        with sheet.case(f"GET /movies/?page={page}"):
            server.refused(server.read(f"/movies/?page={page}"), "movies")


@promise(6, "validation", step=2)
def bad_registration(server: Server, sheet: Sheet) -> None:
    """An empty password or an e-mail that is none is refused"""
    nobody = an_address().replace("@", "-at-")
    for name, value in (("password", None), ("password", ""), ("email", None), ("email", nobody)):
        with sheet.case(f"POST /auth/register, {name}: {value}"):
            body = {"email": an_address(), "password": a_password(), name: value}
            response = server.client.send("POST", "/auth/register/", body=body)
            server.refused(response, "register")


@promise(6, "relations", step=5)
def unknown_favorite(server: Server, _: Sheet) -> None:
    """A film that does not exist cannot become a favorite"""
    server.refused(server.person().send("POST", path_of({"id": NO_ID})), "favorites")


@promise(6, "cors")
def cors(server: Server, sheet: Sheet) -> None:
    """A page of another origin may read the answers (CORS)"""
    for method, path, more in (("GET", "/movies/?page=1", {}), ("OPTIONS", "/user/", _PREFLIGHT)):
        with sheet.case(f"{method} {path}, Origin: {_ORIGIN}"):
            response = server.client.send(method, path, headers={"Origin": _ORIGIN, **more})
            origin = response.headers.get("access-control-allow-origin")
            headers = response.headers.get("access-control-allow-headers", "").lower()
            may_ask = response.is_success and ("authorization" in headers or headers == "*")
            is_good = origin in {"*", _ORIGIN} and (may_ask or not more)
            came = f"{response.status}; Allow-Origin: {origin}, Allow-Headers: {headers}"
            expect(is_good, "headers that allow it", response, came)


@promise(7, "unique", step=2)
def double_clicks(server: Server, sheet: Sheet) -> None:
    """Requests sent at the same moment do nothing twice"""
    with sheet.case(f"POST /auth/register × {_AT_ONCE}"), ThreadPoolExecutor(_AT_ONCE) as pool:
        server.unless_broken("address-taken")
        email = an_address()
        tries = [pool.submit(server.register, email, a_password()) for _ in range(_AT_ONCE)]
        done = [one.result() for one in tries if one.result().is_success]
        expect(len(done) == 1, "one success", tries[0].result(), f"× {len(done)}")
    with sheet.case(f"POST /favorites/movies/{{id}} × {_AT_ONCE}"):
        server.unless_broken("favorites", "favorites-once", "favorites-own")
        server.need("POST", path_of({"id": NO_ID}), "favorites")
        (movie,), person = some_movies(server, 1), server.person()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda _: person.send("POST", path_of(movie)), range(_AT_ONCE)))
        entries, response = server.favorites_of(person)
        n = count(entries, movie)
        expect(n == 1, f"{LISTED} once", response, f"× {n}", title=movie["title"])
