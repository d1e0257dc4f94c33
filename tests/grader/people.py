"""The routes of the small backend that are about people."""

import time
from typing import Any

from werkzeug import Request, Response

from tests.grader.backend import Backend, Json
from tests.grader.choices import RefusedError, User, hash_of


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
