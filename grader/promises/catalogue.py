"""Step 1 of the brief: films, genres and directors."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from grader import model
from grader.expectations import Record, expect, object_of, records_of
from grader.model import CannotShowError, Sheet
from grader.response import Response, shorten
from grader.server import CATALOGUE, Server

PAGE_SIZE = 12
_ENOUGH_YEARS = 8
promise = partial(model.promise, tier="brief", step=1)


def identities(records: list[Record]) -> list[tuple[str, ...]]:
    """Return what each record is, whatever else a response says of it."""
    names = [str(one.get("title", one.get("name"))) for one in records]
    return [(str(one.get("id")), name) for one, name in zip(records, names, strict=True)]


def years_of(movies: list[Record]) -> list[int]:
    return [int(movie["year"]) for movie in movies if str(movie.get("year")).isdecimal()]


def expect_page(response: Response, page: int, whole: Sequence[Any], found: Sequence[Any]) -> None:
    """Expect that a page is its part of the whole list; in which order does not matter."""
    first, last = (page - 1) * PAGE_SIZE, min(page * PAGE_SIZE, len(whole))
    is_good = len(found) == last - first and set(found) == set(whole[first:last])
    came = shorten(f"{len(found)}: {', '.join(str(one[0]) for one in found)}")
    expected = "{n} records, number {first} to {last} of the whole list"
    expect(is_good, expected, response, came, n=last - first, first=first + 1, last=last)


def _list_and_one(path: str, name: str) -> Callable[[Server, Sheet], None]:
    def check(server: Server, sheet: Sheet) -> None:
        with sheet.case(f"GET {path}"):
            for record in server.whole(path):
                is_good = "id" in record and record.get(name)
                expect(
                    is_good, "every record has {names}", None, shorten(record), names=f"id, {name}"
                )
        with sheet.case(f"GET {path}{{id}}"):
            # Not the first: a server that always shows that one would look right.
            record = server.filled(path)[-1]
            response = server.read(f"{path}{record['id']}/")
            same = str(object_of(response).get(name)) == str(record.get(name))
            expect(same, "“{name}”, as in the list", response, name=record.get(name))

    return check


for _path, _name in (("/movies/", "title"), ("/genres/", "name"), ("/directors/", "name")):
    _kind = CATALOGUE[_path]
    _title = f"`GET {_path}` gives the list, and `GET {_path}{{id}}` the right one of it"
    promise(0, "routes", name=_kind, title=_title)(_list_and_one(_path, _name))


@promise(1, "guard")
def catalogue_public(server: Server, sheet: Sheet) -> None:
    """The catalogue can be read without a token"""
    for path, cause in CATALOGUE.items():
        for shape in (path.rstrip("/"), f"{path}{{}}"):
            with sheet.case(f"GET {shape}"):
                refused = server.closed.get(shape)
                expect(refused is None, "it can be read without a token", refused)
                server.need("GET", shape, cause)


@promise(0, "related")
def movie_fields(server: Server, sheet: Sheet) -> None:
    """A film tells its year, genre and director"""
    for field in ("year", "genre", "director"):
        names = {field, f"{field}_id", f"{field}_name", f"{field}Id", f"{field}s"}
        with sheet.case(field):
            for movie in server.filled("/movies/"):
                has = names & set(movie)
                expect(has, "every record has {names}", None, shorten(movie), names=field)


@promise(0, "pages")
def pages(server: Server, sheet: Sheet) -> None:
    """`page` gives 12 records a page, one page after another"""
    for path in CATALOGUE:
        for page in (1, 2):
            with sheet.case(f"GET {path}?page={page}"):
                whole = server.listed(path)
                if len(whole) <= PAGE_SIZE:
                    raise CannotShowError("no list is longer than a page")
                response = server.read(f"{path}?page={page}")
                expect_page(response, page, identities(whole), identities(records_of(response)))


@promise(0, "pages")
def whole_list(server: Server, sheet: Sheet) -> None:
    """Without `page` a list has all records

    A page after those that the list fills holds no others.
    """
    for path in CATALOGUE:
        with sheet.case(f"GET {path}"):
            whole = server.filled(path)
            behind = server.read(f"{path}?page={len(whole) // PAGE_SIZE + 1}")
            found = identities(records_of(behind)) if behind.is_success else []
            is_good = set(found) <= set(identities(whole))
            expect(is_good, "no records on a later page that the whole list does not have", behind)


@promise(1, "sorting", "whole-list")
def status_new(server: Server, sheet: Sheet) -> None:
    """`status=new` puts the newest films first"""
    for query in ("status=new", "status=new&page=1"):
        with sheet.case(f"GET /movies/?{query}"):
            server.unless_broken("pages" if "page" in query else "")
            years = years_of(server.listed("/movies/"))
            if years == sorted(years, reverse=True):
                raise CannotShowError("the films are in the order of their years already")
            response = server.read(f"/movies/?{query}")
            found = years_of(records_of(response))
            is_whole = "page" in query or len(found) == len(years)
            is_good = found and is_whole and found == sorted(years, reverse=True)[: len(found)]
            expect(is_good, "all films, the newest first", response, shorten(f"year: {found}"))


@promise(1, "sorting")
def status_other(server: Server, sheet: Sheet) -> None:
    """Any other `status` leaves the order of the database"""
    for query in ("status=old", "status="):
        with sheet.case(f"GET /movies/?{query}"):
            movies = server.filled("/movies/")
            response = server.read(f"/movies/?{query}")
            found = records_of(response)
            is_good = identities(found) == identities(movies) and not _is_newest_first(movies)
            came = shorten(f"year: {years_of(found)}")
            expect(is_good, "all films in the order of the database", response, came)


def _is_newest_first(movies: list[Record]) -> bool:
    """Whether the list is sorted by year although the ids say that the database is not."""
    years, ids = years_of(movies), [movie["id"] for movie in movies if isinstance(movie["id"], int)]
    is_sorted = len(set(years)) >= _ENOUGH_YEARS and years == sorted(years, reverse=True)
    return is_sorted and len(ids) == len(movies) and ids != sorted(ids)
