"""Searching titles and names, and the most popular films."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.client import Account, Api, Json, needed, status_of
from tests.contract.folding import folded
from tests.contract.routes import part_id

SHORTEST_PART = 3

# Each has a meaning of its own in SQL, in a pattern or in a language of searches.
SIGNS = ["%", "_", "\\", "%%%", "*", '"', "' OR 1=1 --", "NOT film", "title:a", "^аб", "(((", ".*."]

Spell = Callable[[str], str]


def fitting(records: list[Json], text: str, field: str = "title") -> list[Json]:
    """Return the records that a search for the text has to find."""
    part = folded(text)
    if len(part) < SHORTEST_PART:
        return [one for one in records if folded(one[field]).startswith(part)]
    return [one for one in records if part in folded(one[field])]


def expected(api: Api, text: str, **params: str | int) -> list[Json]:
    """Return the films of a list that a search for the text has to find."""
    return fitting(api.listed("/movies/", **params), text)


def titles(api: Api) -> list[str]:
    """Return titles that are long enough to have parts."""
    return [film["title"] for film in api.listed("/movies/") if len(film["title"]) >= 6][:12]


@pytest.mark.parametrize(
    "place", [slice(1), slice(2), slice(3), slice(1, 5), slice(-4, None), slice(None)], ids=str
)
def test_a_part_of_a_title_finds_it(api: Api, place: slice) -> None:
    """`q` finds the titles that have this text anywhere, or begin with one or two characters."""
    for title in titles(api):
        assert api.listed("/movies/", q=title[place]) == expected(api, title[place])


@pytest.mark.parametrize(
    "spell",
    [
        *(str.swapcase, " {} ".format, "{}\u00a0".format, "«{}»".format, "\u200b{}".format),
        *(lambda text: text.replace("е", "ё"), lambda text: text.replace("ё", "е")),
    ],
)
def test_the_spelling_does_not_matter(api: Api, spell: Spell) -> None:
    """`q` minds neither the case of letters, nor ё for е, nor what stands around words."""
    for title in titles(api):
        assert api.listed("/movies/", q=spell(title[:5])) == expected(api, title[:5])


@pytest.mark.parametrize("text", [*SIGNS, "no title has this text"])
def test_no_sign_has_a_meaning(api: Api, text: str) -> None:
    """In `q` no sign has a meaning: `%`, `_`, `\\`, `*` and all others are punctuation."""
    assert api.listed("/movies/", q=text) == expected(api, text)


def test_a_null_character_in_a_search_is_refused(api: Api) -> None:
    """A `q` with the character U+0000 is refused."""
    response = api.get("/movies/", params={"q": "а\0б"})
    assert status_of(response, faulty={"q"}) == 400


def test_a_search_goes_with_filters_an_order_and_pages(api: Api, film: Json) -> None:
    """`q` goes together with filters, orders and pages; `X-Total-Count` counts what fits all."""
    part = film["title"][:2]
    params = {"genre_id": part_id(film, "genre"), "year": film["year"], "sort": "title"}
    wanted = expected(api, part, **params)
    response = api.get("/movies/", params={"q": part, **params, "page": 1, "per_page": 1})
    assert response.json() == wanted[:1]
    assert response.headers["X-Total-Count"] == str(len(wanted))


@pytest.mark.parametrize("page", [{}, {"page": 1}], ids=["whole", "page"])
def test_what_many_like_comes_first_at_once(
    api: Api, account: Account, film: Json, page: dict[str, int]
) -> None:
    """`sort=popular` puts first what most people like as soon as they do, and equals by id."""
    for change in (api.like, api.unlike):
        needed(change(account, film))
        films = api.listed("/movies/", genre_id=part_id(film, "genre"), sort="popular", **page)
        alone = [needed(api.get(f"/movies/{one['id']}/")).json() for one in films]
        order = [(-one["favorites_count"], one["id"]) for one in alone]
        assert order == sorted(order)


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
            assert api.listed(path, q=part) == fitting(rows, part, "name")
