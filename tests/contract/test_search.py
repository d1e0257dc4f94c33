"""Searching titles and names, and sorting by popularity."""

import pytest

from tests.contract.client import Account, Api, Json, needed

SHORTEST_PART = 3


def fitting(records: list[Json], text: str, field: str) -> list[Json]:
    """Return the records that a search must find. The text has no special letters."""
    part = text.casefold()
    if len(part) < SHORTEST_PART:
        return [one for one in records if one[field].casefold().startswith(part)]
    return [one for one in records if part in one[field].casefold()]


@pytest.mark.parametrize(
    ("path", "field"), [("/movies/", "title"), ("/directors/", "name"), ("/genres/", "name")]
)
@pytest.mark.parametrize("part", ["ка", "ТОР", "no text like this"])
def test_a_part_of_a_title_or_name_finds_it(api: Api, path: str, field: str, part: str) -> None:
    assert api.listed(path, q=part) == fitting(api.listed(path), part, field)


@pytest.mark.parametrize("page", [{}, {"page": 1}], ids=["whole", "page"])
def test_what_many_like_comes_first_at_once(
    api: Api, account: Account, film: Json, page: dict[str, int]
) -> None:
    for change in (api.like, api.unlike):
        needed(change(account, film))
        films = api.listed("/movies/", genre_id=film["genre"]["id"], sort="popular", **page)
        alone = [needed(api.get(f"/movies/{one['id']}/")).json() for one in films]
        order = [(-one["favorites_count"], one["id"]) for one in alone]
        assert order == sorted(order)
