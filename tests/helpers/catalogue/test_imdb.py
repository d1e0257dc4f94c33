from dataclasses import replace
from pathlib import Path

import pytest

from helpers.catalogue import DEFAULT_KINDS, Catalogue, CatalogueMovie, open_catalogue
from tests.helpers.catalogue.opening import quietly, refusal
from tests.support.imdb_files import HEADERS, NULL, a_person, a_title, folder

PERSON, SECOND = "nm0000001", "nm0000002"
FILM, MIRROR = "tt0000001", "tt0000002"


def read(path: Path, kinds: tuple[str, ...] = DEFAULT_KINDS) -> Catalogue:
    """Read a catalogue, including all its films."""
    with open_catalogue(path, kinds, quietly) as catalogue:
        return replace(catalogue, movies=list(catalogue.movies))


def ids(catalogue: Catalogue) -> list[str]:
    return [film.external_id for film in catalogue.movies]


def test_reads_a_film(tmp_path: Path) -> None:
    folder(
        tmp_path,
        [a_title(title='"Solaris')],
        crew=[[FILM, f"{PERSON},{SECOND}", NULL], ["tt0000009", SECOND, NULL]],
        ratings=[[FILM, "8.1", "5000"]],
        names=[a_person(SECOND, "Somebody Else"), a_person()],
    )
    film = CatalogueMovie(
        external_id=FILM,
        title='"Solaris',
        year=1972,
        rating=8.1,
        genre="Drama",
        director_id=PERSON,
    )
    directors = {PERSON: "Andrei Tarkovsky"}
    assert read(tmp_path) == Catalogue("imdb", {"Drama": None}, directors, movies=[film], size=1)


def test_reads_films_alone_unless_other_kinds_are_wanted(tmp_path: Path) -> None:
    kinds = ["movie", "tvMovie", "tvEpisode"]
    folder(tmp_path, [a_title(f"tt000000{n}", kind=kind) for n, kind in enumerate(kinds)])
    assert ids(read(tmp_path)) == ["tt0000000"]
    assert ids(read(tmp_path, ("tvMovie", "tvEpisode"))) == ["tt0000001", "tt0000002"]


@pytest.mark.parametrize("genres", [NULL, ""])
def test_a_film_without_a_genre_is_of_the_unknown_one(tmp_path: Path, genres: str) -> None:
    catalogue = read(folder(tmp_path, [a_title(genres=genres)]))
    [film] = catalogue.movies
    assert (list(catalogue.genres), film.genre) == (["Unknown"], "Unknown")


@pytest.mark.parametrize(
    ("crew", "names"),
    [
        ([], ["Somebody"]),
        ([NULL], ["Somebody"]),
        (["somebody"], ["Somebody"]),
        ([PERSON], []),
        *(([PERSON], [name]) for name in (NULL, "", "x" * 201, "a\0b")),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_a_film_whose_director_has_no_name_is_of_the_unknown_one(
    tmp_path: Path, crew: list[str], names: list[str]
) -> None:
    folder(
        tmp_path,
        [a_title()],
        crew=[[FILM, director, SECOND] for director in crew],
        names=[*(a_person(PERSON, name) for name in names), a_person(SECOND)],
    )
    catalogue = read(tmp_path)
    [film] = catalogue.movies
    assert (catalogue.directors, film.director_id) == ({"unknown": "Unknown"}, "unknown")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (a_title(year=NULL), "no year"),
        *((a_title(year=year), "not a year") for year in ("0", "10000", "١٩٧٢", "")),
        *((a_title(title=title), "no title") for title in ("", NULL)),
        *((a_title(title=title), "title too long, or with U+0000") for title in ("x" * 501, "\0")),
        (a_title(genres="x" * 201), "genre too long, or with U+0000"),
        *((a_title(tconst), "no id of a title") for tconst in ("0000001", "tt" + "1" * 49)),
        (a_title(title="a\tb"), "wrong number of columns"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_film_that_cannot_be_stored_is_skipped_for_a_reason(
    tmp_path: Path, row: list[str], reason: str
) -> None:
    found = read(folder(tmp_path, [row, a_title(MIRROR)]))
    assert (ids(found), found.skipped) == ([MIRROR], {f"{reason} (title.basics)": 1})


def test_the_first_of_several_rows_with_one_id_counts(tmp_path: Path) -> None:
    folder(
        tmp_path,
        [a_title(title=title) for title in ("first", "second", "third")],
        crew=[[FILM, PERSON, NULL], [FILM, SECOND, NULL]],
        ratings=[[FILM, "1.0", "1"], [FILM, "2.0", "2"]],
        names=[a_person(name="One"), a_person(name="Two"), a_person(SECOND)],
    )
    catalogue = read(tmp_path)
    [film] = catalogue.movies
    assert (film.title, film.rating, film.director_id) == ("first", 1.0, PERSON)
    assert (catalogue.directors, catalogue.size) == ({PERSON: "One"}, 1)
    skipped = ["2: repeated id (title.basics); the first is line 3."]
    assert list(catalogue.skipped.lines()) == skipped


@pytest.mark.parametrize("rating", [NULL, "10.1", "-1", "1e1", "8,1", "٨"])
def test_a_film_whose_rating_cannot_be_stays_unrated(tmp_path: Path, rating: str) -> None:
    catalogue = read(folder(tmp_path, [a_title()], ratings=[[FILM, rating, "5"]]))
    [film] = catalogue.movies
    assert (film.rating, catalogue.skipped) == (None, {"not a rating (title.ratings)": 1})


def test_names_the_kinds_that_there_are_where_one_is_not_there(tmp_path: Path) -> None:
    folder(tmp_path, [a_title(), a_title(MIRROR, kind="tv\x1bMovie")])
    assert refusal(tmp_path, ("movie", "tvMovei")) == (
        "HERE/title.basics.tsv, line 3: there is no title of the kind tvMovei, "
        "only of movie, tv\\x1bMovie."
    )


@pytest.mark.parametrize("name", [*HEADERS, "title.akas"])
def test_one_of_the_files_stands_for_their_folder(tmp_path: Path, name: str) -> None:
    folder(tmp_path, [a_title()], packed=True)
    (tmp_path / "title.akas.tsv.gz").touch()
    assert ids(read(tmp_path / f"{name}.tsv.gz")) == [FILM]


@pytest.mark.parametrize("path", ["title.basics.tsv", "title.basics.tsv/data.tsv"])
def test_one_of_the_folders_that_unpackers_make_stands_for_all(tmp_path: Path, path: str) -> None:
    folder(tmp_path, [a_title()])
    file = (tmp_path / "title.basics.tsv").rename(tmp_path / "data.tsv")
    (tmp_path / "title.basics.tsv").mkdir()
    file.rename(tmp_path / "title.basics.tsv" / "data.tsv")
    assert ids(read(tmp_path / path)) == [FILM]


def test_ids_of_imdb_have_no_other_source(tmp_path: Path) -> None:
    said = refusal(folder(tmp_path, [a_title()]), source="mine")
    assert said == "HERE: ids of IMDb's have a source of their own, imdb."
