"""The routes of the small backend."""

from typing import Any

from werkzeug import Request, Response

from tests.grader import people
from tests.grader.backend import Backend, Handler, Json
from tests.grader.choices import Choices, RefusedError


def movies(one: Backend, request: Request, _: int) -> Response:
    _guard_catalogue(one, request)
    films = list(one.films)
    status = request.args.get("status")
    newest = sorted(films, key=lambda film: -film["year"])
    if one.has("newest first always"):
        return one.json(one.page(newest, request))
    if status == "new" and one.has("sorts the page"):
        return one.json(sorted(one.page(films, request), key=lambda film: -film["year"]))
    if status == "new" or (status is not None and one.has("any status is new")):
        films = newest[::-1] if one.has("oldest first") else newest
        films = films[:5] if one.has("five new films") else films
    found = one.page(films, request)
    return one.json({"items": found} if one.has("wrapped list") else found)


def movie(one: Backend, request: Request, number: int) -> Response:
    _guard_catalogue(one, request)
    if one.has("null for nothing") and number > 30:
        return one.json(None)
    return one.json(one.film_of(1 if one.has("always the first film") else number))


def named(kind: str) -> tuple[Handler, Handler]:
    def listed(one: Backend, request: Request, _: int) -> Response:
        _guard_catalogue(one, request)
        if kind == "genres" and one.has("genres for people"):
            one.caller(request)
        records = getattr(one, kind)
        if kind == "genres" and one.has("no names"):
            records = [{"id": record["id"]} for record in records]
        return one.json(one.page(records, request))

    def single(one: Backend, request: Request, number: int) -> Response:
        _guard_catalogue(one, request)
        found = [record for record in getattr(one, kind) if record["id"] == number]
        if not found or (kind == "directors" and one.has("no director alone")):
            raise RefusedError(404)
        return one.json(found[0])

    return listed, single


def _guard_catalogue(one: Backend, request: Request) -> None:
    if one.has("closed by a crash"):
        one.owner(request.environ["HTTP_AUTHORIZATION"].removeprefix("Bearer "), "access")
    if one.has("closed catalogue"):
        one.caller(request)


def favorites(one: Backend, request: Request, _: int) -> Response:
    if one.has("no favorites list"):
        raise RefusedError(404)
    if one.has("favorites for nobody") and not request.headers.get("Authorization"):
        return one.json([])
    user = one.caller(request)
    everybody = [number for user in one.users for number in user.favorites]
    numbers = everybody if one.has("everybody's favorites") else user.favorites
    if not numbers and one.choices.nothing != 200:
        raise RefusedError(404)
    entries: list[Any] = []
    for row, number in enumerate(numbers, 1000):
        film = one.film_of(number) if number <= 30 else {"id": number, "title": None}
        entries.append(
            {
                "film": film,
                "row": {"id": row % 30, "user_id": user.id, "movie_id": number},
                "nested": {"id": row % 30, "movie": film},
                "id": number,
            }[one.choices.favorite]
        )
    return one.json(entries if one.has("favorites unpaged") else one.page(entries, request))


def like(one: Backend, request: Request, number: int) -> Response:
    if one.has("likes for nobody") and not request.headers.get("Authorization"):
        return Response(status=204)
    user = one.caller(request)
    film: Json = {} if one.has("any film") else one.film_of(number)
    if number in user.favorites and not one.has("twice"):
        if one.choices.repeated >= 400:
            raise RefusedError(one.choices.repeated)
        return Response(status=204) if one.choices.repeated == 204 else one.json(film)
    if not one.has("no likes"):
        user.favorites.append(number)
    return one.json(film, 201)


def unlike(one: Backend, request: Request, number: int) -> Response:
    user = one.caller(request)
    one.film_of(number)
    for other in one.users if one.has("unlikes for all") else [user]:
        if one.has("unlikes everything"):
            other.favorites.clear()
        if number in other.favorites and not one.has("no unlikes"):
            other.favorites.remove(number)
    return Response(status=204)


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "movies"): movies,
    ("GET", "movies/id"): movie,
    ("GET", "genres"): named("genres")[0],
    ("GET", "genres/id"): named("genres")[1],
    ("GET", "directors"): named("directors")[0],
    ("GET", "directors/id"): named("directors")[1],
    ("POST", "auth/register"): people.register,
    ("POST", "auth/login"): people.log_in,
    ("PUT", "auth/login"): people.refresh,
    ("GET", "user"): people.profile,
    ("PATCH", "user"): people.patch,
    ("PUT", "user/password"): people.change_password,
    ("GET", "favorites/movies"): favorites,
    ("POST", "favorites/movies/id"): like,
    ("DELETE", "favorites/movies/id"): unlike,
}


def backend(choices: Choices | None = None, *faults: str) -> Backend:
    """Return a backend that has just been started, with nobody in it."""
    return Backend(ROUTES, choices or Choices(), faults)
