"""Step 3 of the brief: the profile and the password."""

from functools import partial

from grader import model
from grader.expectations import Record, expect, object_of, succeeded
from grader.model import BlockedError, Sheet
from grader.people import a_password
from grader.response import shorten
from grader.server import NOBODY, Server

_GENRE = ("favorite_genre", "favourite_genre", "favorite_genre_id", "favourite_genre_id")
promise = partial(model.promise, tier="brief", step=3)


@promise(0, "whose")
def profile(server: Server, _: Sheet) -> None:
    """`GET /user/` shows one's own profile"""
    person = server.person()
    response = server.profile(person.token)
    email = str(object_of(response).get("email")).lower()
    expect(email == person.email, "the profile of {email}", response, email=person.email)


@promise(1, "guard")
def profile_protected(server: Server, sheet: Sheet) -> None:
    """`GET /user/` needs a good token"""
    for name, token in NOBODY.items():
        with sheet.case(f"GET /user/, {name}"):
            server.refused(server.profile(token), "profile")


@promise(0, "patching")
def names(server: Server, sheet: Sheet) -> None:
    """`PATCH /user/` changes the name and the surname"""
    person = server.person()
    for field in ("name", "surname"):
        with sheet.case(f"PATCH /user/, {field}"):
            response = succeeded(person.send("PATCH", "/user/", {field: "Анна"}))
            after = server.profile_of(person)
            came, value = f"GET /user/ → {shorten(after)}", f"{field}: Анна"
            is_good = after.get(field) == "Анна"
            expect(is_good, "afterwards the profile has {value}", response, came, value=value)


@promise(0, "patching")
def favorite_genre(server: Server, _: Sheet) -> None:
    """`PATCH /user/` changes the favorite genre"""
    genre, person, responses = server.filled("/genres/")[-1], server.person(), []
    name, number = genre.get("name"), genre["id"]
    # The brief does not say whether the genre is told by its id or by its name.
    for field, value in ((_GENRE[0], number), (_GENRE[1], number), (_GENRE[0], name)):
        responses.append(person.send("PATCH", "/user/", {field: value}))
        after = server.profile_of(person)
        if responses[-1].is_success and _genres_in(after) & {str(number), str(name)}:
            return
    came, value = f"GET /user/ → {shorten(after)}", f"favorite_genre: {number}"
    expect(False, "afterwards the profile has {value}", succeeded(responses[0]), came, value=value)


def _genres_in(profile: Record) -> set[str]:
    values = [profile.get(name) for name in (*_GENRE, "genre", "genre_id")]
    parts = [one.values() if isinstance(one, dict) else [one] for one in values]
    return {str(one) for part in parts for one in part if one is not None}


@promise(1, "patching", "names")
def patch_keeps(server: Server, sheet: Sheet) -> None:
    """`PATCH /user/` leaves alone what is not sent"""
    person, fields = server.person(), {"name": "Анна", "surname": "Smith"}
    person.send("PATCH", "/user/", fields)
    for changed, kept in (("surname", "name"), ("name", "surname")):
        with sheet.case(f"PATCH /user/, {changed}"):
            response = person.send("PATCH", "/user/", {changed: fields[changed]})
            after = server.profile_of(person)
            if after.get(changed) != fields[changed]:
                raise BlockedError("names")
            came, value = f"GET /user/ → {shorten(after)}", f"{kept}: {fields[kept]}"
            expect(after.get(kept) == fields[kept], "{value} stays", response, came, value=value)


@promise(2, "passwords")
def password(server: Server, _: Sheet) -> None:
    """`PUT /user/password` changes the password"""
    person, new = server.person(), a_password()
    body = {"old_password": person.password, "new_password": new}
    succeeded(person.send("PUT", "/user/password/", body))
    old, person.password = person.password, new
    server.expect_untouched(person, old)


@promise(3, "passwords")
def password_old(server: Server, _: Sheet) -> None:
    """`PUT /user/password` needs the right old password"""
    person, new = server.person(), a_password()
    body = {"old_password": a_password(), "new_password": new}
    server.refused(person.send("PUT", "/user/password/", body), "password")
    server.expect_untouched(person, new)
