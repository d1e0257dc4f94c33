"""The routes of the small backend."""

from __future__ import annotations

import time
from typing import Any

from werkzeug import Request, Response

from tests.grader.backend import Backend, Choices, Handler, RefusedError, User, hash_of

Json = dict[str, Any]


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


def register(one: Backend, request: Request, _: int) -> Response:
    address, limit = str(request.remote_addr), one.choices.registrations_an_address
    seen = one.registrations
    seen[address] = seen.get(address, 0) + 1
    if limit is not None and seen[address] > limit:
        raise RefusedError(429)
    body = one.body(request, "email", "password")
    if one.has("a name to register") and "name" not in body:
        raise RefusedError(400)
    if one.has("no registration"):
        raise ValueError
    is_bad = "@" not in body["email"] or not body["password"]
    if is_bad and not one.has("anything registers"):
        raise RefusedError(400)
    taken = next((user for user in one.users if user.email == body["email"]), None)
    if one.has("check, then insert"):
        one.writing.release()
        time.sleep(0.1)
        one.writing.acquire()
    if taken and one.has("overwrites people"):
        taken.hash = hash_of(body["password"])
    elif taken and not one.has("people twice"):
        raise RefusedError(409)
    user = User(len(one.users) + 1, body["email"], hash_of(body["password"]))
    one.users.append(user)
    shown = body if one.has("shows the password") else {"email": user.email}
    status = one.choices.registered
    return Response(status=status) if status == 204 else one.json(shown, status)


def log_in(one: Backend, request: Request, _: int) -> Response:
    body = one.body(request, "email", "password")
    user = next((user for user in one.users if user.email == body["email"]), None)
    password = body["password"]
    if one.has("begins alike"):
        password = password.removesuffix("x")
    hashes = [user.hash] if user else []
    if user and one.has("old password too"):
        hashes += user.old_hashes
    if user is None or (hash_of(password) not in hashes and not one.has("any password")):
        raise RefusedError(one.choices.refusal)
    pair = one.pair(user)
    if one.has("one token"):
        del pair["refresh_token"]
    return one.json(pair)


def refresh(one: Backend, request: Request, _: int) -> Response:
    body = one.body(request, "access_token", "refresh_token")
    access, second = body["access_token"], body["refresh_token"]
    if one.has("access only"):
        user = one.owner(access, "access")
    else:
        user = one.owner(second, "refresh")
        is_pair = one.has("refresh only") or one.owner(access, "access") is user
        if not is_pair and not one.has("mixed pair"):
            raise RefusedError(one.choices.refusal)
    pair = one.pair(user)
    if one.has("dead access"):
        pair["access_token"] = "dead"
    return one.json(pair)


def shown(one: Backend, user: User) -> Json:
    by_id = {genre["id"]: genre for genre in one.genres}
    genre: Any = by_id.get(user.genre)
    if genre and one.choices.genre_shown != "object":
        genre = genre[one.choices.genre_shown]
    profile = {"id": user.id, "email": user.email, "name": user.name, "surname": user.surname}
    if one.has("hash in the profile"):
        profile["password"] = user.hash
    return {**profile, one.choices.genre_field: genre}


def profile(one: Backend, request: Request, _: int) -> Response:
    if one.has("no profile"):
        raise RefusedError(404)
    if one.has("profile for nobody") and not request.headers.get("Authorization"):
        return one.json({"email": None})
    user = one.caller(request)
    return one.json(shown(one, one.users[0] if one.has("first profile") else user))


def patch(one: Backend, request: Request, _: int) -> Response:
    if one.has("patch for nobody") and not request.headers.get("Authorization"):
        return Response(status=204)
    user, body = one.caller(request), one.body(request)
    genre = body.get(one.choices.genre_field)
    if genre is not None and str(genre) not in {str(one["id"]) for one in one.genres}:
        raise RefusedError(400)
    for name in ("name", "surname"):
        value = body.get(name, None if one.has("patch clears") else getattr(user, name))
        if not isinstance(value, str | None):
            raise RefusedError(400)
        if not one.has(f"no {name}") and not one.has("patch saves nothing"):
            setattr(user, name, value)
    if genre is not None and not one.has("no genre"):
        user.genre = int(genre)
    if "password" in body and one.has("patch takes all"):
        user.hash = str(body["password"])
    return Response(status=204) if one.choices.patched == 204 else one.json(shown(one, user))


def change_password(one: Backend, request: Request, _: int) -> Response:
    user = one.caller(request)
    body = one.body(request, "old_password", "new_password")
    if not user.opens(body["old_password"]) and not one.has("any old password"):
        raise RefusedError(400)
    user.old_hashes.append(user.hash)
    if not one.has("password not saved"):
        user.hash = hash_of(body["new_password"])
    return Response(status=204)


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
    ("POST", "auth/register"): register,
    ("POST", "auth/login"): log_in,
    ("PUT", "auth/login"): refresh,
    ("GET", "user"): profile,
    ("PATCH", "user"): patch,
    ("PUT", "user/password"): change_password,
    ("GET", "favorites/movies"): favorites,
    ("POST", "favorites/movies/id"): like,
    ("DELETE", "favorites/movies/id"): unlike,
}


def backend(choices: Choices | None = None, *faults: str) -> Backend:
    """Return a backend that has just been started, with nobody in it."""
    return Backend(ROUTES, choices or Choices(), faults)
