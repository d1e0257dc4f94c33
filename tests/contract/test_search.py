"""Searching titles, and the most popular films."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.client import Account, Api, Json, needed, status_of
from tests.contract.folding import folded
from tests.contract.routes import part_id

SHORTEST_PART = 3

# Each has a meaning of its own in SQL, in a pattern or in a language of searches.
SIGNS = ["%", "_", "\\", "%%%", "___", "\\\\\\", "%а%", "*", "???", '"', '""""', "'", "' OR 1=1 --"]
SIGNS += ["AND", "NOT film", "NEAR(a b)", "title:a", "^аб", "a-b", "[а-я]", "(((", ".*.", "{а,б}"]


def fitting(films: list[Json], text: str) -> list[Json]:
    """Return the films that a search for the text has to find."""
    part = folded(text)
    if len(part) < SHORTEST_PART:
        return [film for film in films if folded(film["title"]).startswith(part)]
    return [film for film in films if part in folded(film["title"])]


def expected(api: Api, text: str, **params: str | int) -> list[Json]:
    """Return the films of a list that a search for the text has to find."""
    return fitting(api.listed("/movies/", **params), text)


def titles(api: Api) -> list[str]:
    """Return titles that are long enough to have parts."""
    return [film["title"] for film in api.listed("/movies/") if len(film["title"]) >= 6]


def cyrillic_part(api: Api) -> str:
    """Return a part of a title that has the letter е, which some write ё."""
    for title in titles(api):
        for start in range(len(title) - 4):
            part: str = title[start : start + 5].lower()
            if "е" in part and part.isalpha():
                return part
    raise LookupError


def popularity(api: Api, genre_id: int) -> list[tuple[int, int]]:
    """Return what the films of `sort=popular` are ordered by."""
    films = api.listed("/movies/", genre_id=genre_id, sort="popular", page=1, per_page=100)
    alone = [needed(api.get(f"/movies/{film['id']}/")).json() for film in films]
    return [(-film["favorites_count"], film["id"]) for film in alone]


@pytest.mark.parametrize("place", [slice(3), slice(1, 5), slice(-4, None), slice(None)], ids=str)
def test_a_part_of_a_title_finds_it(api: Api, place: slice) -> None:
    """`q` finds the films whose titles have this text anywhere, in the order of the list."""
    for title in titles(api)[:12]:
        assert api.listed("/movies/", q=title[place]) == expected(api, title[place])


@pytest.mark.parametrize("spell", [str.upper, str.lower, str.swapcase, str.title])
def test_the_case_does_not_matter(api: Api, spell: Callable[[str], str]) -> None:
    """`q` finds titles whatever the case of its letters."""
    for title in [*titles(api)[:12], cyrillic_part(api)]:
        assert api.listed("/movies/", q=spell(title[:5])) == expected(api, title[:5])


@pytest.mark.parametrize("letter", ["ё", "Ё", "е", "Е"])
def test_yo_is_found_as_ye(api: Api, letter: str) -> None:
    """`q` takes ё and е for one letter."""
    part = cyrillic_part(api)
    assert api.listed("/movies/", q=part.replace("е", letter)) == expected(api, part)


@pytest.mark.parametrize("text", SIGNS)
def test_no_sign_has_a_meaning(api: Api, text: str) -> None:
    """In `q` no sign has a meaning: `%`, `_`, `\\`, `*` and all others are punctuation."""
    assert api.listed("/movies/", q=text) == expected(api, text)


@pytest.mark.parametrize("length", [1, 2])
def test_a_short_text_finds_how_titles_begin(api: Api, length: int) -> None:
    """A `q` of one or two characters finds the titles that begin with it."""
    for title in titles(api)[:12]:
        assert api.listed("/movies/", q=title[:length].upper()) == expected(api, title[:length])


def test_what_no_title_has_finds_nothing(api: Api) -> None:
    """A text that no title has gives an empty list."""
    assert api.listed("/movies/", q="no title has this text") == []


@pytest.mark.parametrize("text", ["\0", "а\0б", "abc\0"])
def test_a_null_character_in_a_search_is_refused(api: Api, text: str) -> None:
    """A `q` with the character U+0000 is refused."""
    response = api.get("/movies/", params={"q": text})
    assert status_of(response, faulty={"q"}) == 400


def test_a_search_goes_with_the_filters(api: Api, film: Json) -> None:
    """`q` goes together with filters: what is found fits all of them."""
    part, filters = film["title"][:2], {"genre_id": part_id(film, "genre"), "year": film["year"]}
    assert api.listed("/movies/", q=part, **filters) == expected(api, part, **filters)


@pytest.mark.parametrize("order", [{"sort": "title"}, {"sort": "rating"}, {"status": "new"}])
def test_a_search_goes_with_an_order(api: Api, order: dict[str, str]) -> None:
    """What `q` finds can be ordered like every list."""
    part = titles(api)[0][:1]
    assert api.listed("/movies/", q=part, **order) == expected(api, part, **order)


def test_a_search_has_pages(api: Api) -> None:
    """What `q` finds comes in pages, and `X-Total-Count` says how much there is."""
    part = titles(api)[0][:1]
    response = api.get("/movies/", params={"q": part, "page": 1, "per_page": 1})
    assert response.json() == expected(api, part)[:1]
    assert response.headers["X-Total-Count"] == str(len(expected(api, part)))


def test_what_many_like_comes_first(api: Api, film: Json) -> None:
    """`sort=popular` puts the films first that most people like, and equals by id."""
    order = popularity(api, part_id(film, "genre"))
    assert order == sorted(order)


def test_popularity_is_exact_at_once(api: Api, account: Account, film: Json) -> None:
    """As soon as a favorite is added or removed, `sort=popular` knows."""
    for change in (api.like, api.unlike):
        needed(change(account, film))
        order = popularity(api, part_id(film, "genre"))
        assert order == sorted(order)


@pytest.mark.parametrize("spell", [" {} ", "{}\u00a0", "«{}»", "- {}!", "\u200b{}"])
def test_what_stands_around_words_does_not_matter(api: Api, spell: str) -> None:
    """Blanks and punctuation around a `q` do not matter."""
    for title in titles(api)[:12]:
        found = api.listed("/movies/", q=spell.format(title[:5]))
        assert found == fitting(api.listed("/movies/"), title[:5])


@pytest.mark.parametrize("text", [" ", "\u00a0\t", "\u200b"])
def test_a_text_that_nobody_sees_is_not_given(api: Api, text: str) -> None:
    """A `q` of nothing but blanks or invisible characters is one that is not given."""
    assert api.listed("/movies/", q=text) == api.listed("/movies/")


@pytest.mark.parametrize("path", ["/directors/", "/genres/"])
def test_names_are_searched_as_titles_are(api: Api, path: str) -> None:
    """`q` finds directors and genres by parts of their names, in the order of ids."""
    rows = api.listed(path)
    for row in rows[:6]:
        for part in (row["name"][:2].upper(), row["name"][1:6], f" {row['name']}"):
            text = folded(part)
            is_short = len(text) < SHORTEST_PART
            assert api.listed(path, q=part) == [
                one
                for one in rows
                if (
                    folded(one["name"]).startswith(text)
                    if is_short
                    else text in folded(one["name"])
                )
            ]
