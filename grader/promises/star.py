"""The star task of the brief: favorites, as rows or films, as long as one can tell the film."""

from functools import partial

from grader import model
from grader.expectations import expect, succeeded
from grader.favorites import LISTED, add, count, path_of, some_movies, which
from grader.model import BlockedError, Sheet
from grader.promises.catalogue import PAGE_SIZE, expect_page
from grader.server import NOBODY, Server

promise = partial(model.promise, tier="star", step=5)


@promise(2, "relations")
def favorites(server: Server, _: Sheet) -> None:
    """`POST /favorites/movies/{id}` puts a film on the list of favorites"""
    (movie,), person = some_movies(server, 1), server.person()
    succeeded(person.send("POST", path_of(movie)))
    entries, response = server.favorites_of(person)
    expect(count(entries, movie), LISTED, response, title=movie["title"])


@promise(2, "storing")
def favorites_removed(server: Server, _: Sheet) -> None:
    """`DELETE /favorites/movies/{id}` takes that film off the list, and no other"""
    (kept, removed), person = some_movies(server, 2), server.person()
    before = add(server, person, kept, removed)
    succeeded(person.send("DELETE", path_of(removed)))
    after, response = server.favorites_of(person)
    is_gone = count(after, removed) == count(before, removed) - 1
    expect(is_gone, "“{title}” is no longer on the list", response, title=removed["title"])
    expect(count(after, kept) == count(before, kept), LISTED, response, title=kept["title"])


@promise(2, "unique")
def favorites_once(server: Server, _: Sheet) -> None:
    """A film added twice is on the list once"""
    (movie,), person = some_movies(server, 1), server.person()
    before = add(server, person, movie)
    server.is_crash(person.send("POST", path_of(movie)))
    after, response = server.favorites_of(person)
    n = count(after, movie)
    expect(n == count(before, movie), f"{LISTED} once", response, f"× {n}", title=movie["title"])


@promise(3, "pages", "favorites", "pages")
def favorites_pages(server: Server, sheet: Sheet) -> None:
    """The list of favorites has pages of 12"""
    movies, person = some_movies(server, PAGE_SIZE + 1), server.person()
    if not all(person.send("POST", path_of(movie)).is_success for movie in movies):
        raise BlockedError("favorites")
    entries, response = server.favorites_of(person)
    whole, n = which(entries, movies), len(movies)
    expect(len(entries) >= n, "all {n} favorites", response, str(len(entries)), n=n)
    for page in (1, 2):
        with sheet.case(f"GET /favorites/movies/?page={page}"):
            entries, response = server.favorites_of(person, f"?page={page}")
            expect_page(response, page, whole, which(entries, movies))


@promise(4, "guard", "favorites", "profile-protected")
def favorites_protected(server: Server, sheet: Sheet) -> None:
    """The list of favorites needs a good token"""
    _, shown = server.favorites_of(server.person())
    for name, token in NOBODY.items():
        with sheet.case(f"GET {shown.request.path}, {name}"):
            server.refused(server.client.send("GET", shown.request.path, token), "favorites")
