from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.catalogue import imdb
from helpers.catalogue.model import Catalogue, Film
from tests.imdb_files import NULL, a_person, a_title, folder, write

PERSON = "nm0000001"
FILM = "tt0000001"


@contextmanager
def opened(path: Path, *kinds: str) -> Iterator[Catalogue]:
    with imdb.read(path, kinds or imdb.DEFAULT_KINDS, lambda *_: None) as catalogue:
        yield catalogue


def read(path: Path, *kinds: str) -> tuple[list[Film], dict[str, int]]:
    """Return the films of a folder, and the rows that were left out."""
    with opened(path, *kinds) as catalogue:
        return list(catalogue.films), dict(catalogue.skipped)


def read_one(path: Path) -> Film:
    [film], _ = read(path)
    return film


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_reads_a_film(tmp_path: Path, packed: bool) -> None:
    folder(
        tmp_path,
        [a_title()],
        crew=[[FILM, f"{PERSON},nm0000002", NULL]],
        ratings=[[FILM, "8.1", "5000"]],
        names=[a_person("nm0000002", "Somebody Else"), a_person()],
        packed=packed,
    )
    with opened(tmp_path) as catalogue:
        assert catalogue.source == "imdb"
        assert list(catalogue.genres) == ["Drama"]
        assert catalogue.directors == {PERSON: "Andrei Tarkovsky"}
        assert catalogue.size == 1
        assert list(catalogue.films) == [
            Film(FILM, "Solaris", "", "", 1972, 8.1, "Drama", PERSON),
        ]
        assert catalogue.skipped == {}


def test_keeps_the_order_of_the_file(tmp_path: Path) -> None:
    ids = ["tt0000009", "tt10000001", "tt0000002", "tt9999999"]
    films, _ = read(folder(tmp_path, map(a_title, ids)))
    assert [film.external_id for film in films] == ids


def test_an_unrated_film_has_no_rating(tmp_path: Path) -> None:
    assert read_one(folder(tmp_path, [a_title()])).rating is None


def test_reads_films_alone_unless_other_kinds_are_wanted(tmp_path: Path) -> None:
    kinds = ["movie", "tvMovie", "tvEpisode"]
    folder(tmp_path, [a_title(f"tt000000{n}", kind=kind) for n, kind in enumerate(kinds)])
    assert [film.external_id for film in read(tmp_path)[0]] == ["tt0000000"]
    films, skipped = read(tmp_path, "tvMovie", "tvEpisode")
    assert [film.external_id for film in films] == ["tt0000001", "tt0000002"]
    assert skipped == {}


@pytest.mark.parametrize(
    "title",
    [
        '"Solaris',
        'Sol"aris"',
        '""',
        "'",
        "Солярис 🪐",
        "🧑‍🚀",
        "x" * 300,
        "т" * 500,
        r"back\slash \t",
        "a\u2028b\x85c\rd",
        "=cmd()",
        " ",
    ],
    ids=ascii,
)
def test_a_title_is_what_stands_between_two_tabs(tmp_path: Path, title: str) -> None:
    film = read_one(folder(tmp_path, [a_title(title=title)], ratings=[[FILM, "8.1", "5"]]))
    assert (film.title, film.year, film.rating) == (title, 1972, 8.1)


def test_an_unbalanced_quotation_mark_does_not_reach_the_next_row(tmp_path: Path) -> None:
    rows = [a_title(title='"Solaris'), a_title("tt0000002", title='Mirror"')]
    films, skipped = read(folder(tmp_path, rows))
    assert [film.title for film in films] == ['"Solaris', 'Mirror"']
    assert skipped == {}


@pytest.mark.parametrize("tconst", ["tt0000001", "tt1234567", "tt12345678", "tt123456789"])
def test_ids_have_seven_digits_or_more(tmp_path: Path, tconst: str) -> None:
    nconst = tconst.replace("tt", "nm")
    film = read_one(
        folder(
            tmp_path,
            [a_title(tconst)],
            crew=[[tconst, nconst, NULL]],
            ratings=[[tconst, "5.0", "9"]],
            names=[a_person(nconst)],
        )
    )
    assert (film.external_id, film.director_id, film.rating) == (tconst, nconst, 5.0)


@pytest.mark.parametrize("genres", [NULL, ""])
def test_a_film_without_a_genre_is_of_the_unknown_one(tmp_path: Path, genres: str) -> None:
    folder(tmp_path, [a_title(genres=genres)])
    with opened(tmp_path) as catalogue:
        assert list(catalogue.genres) == ["Unknown"]
        assert [film.genre for film in catalogue.films] == ["Unknown"]


@pytest.mark.parametrize(
    ("crew", "names"),
    [
        ([], []),
        ([[FILM, NULL, "nm0000002"]], [a_person()]),
        ([[FILM, "", NULL]], [a_person()]),
        ([[FILM, "somebody", NULL]], [a_person("somebody")]),
        ([[FILM, PERSON, NULL]], []),
        ([[FILM, PERSON, NULL]], [a_person("nm0000002")]),
        ([[FILM, PERSON, NULL]], [a_person(name=NULL)]),
        ([[FILM, PERSON, NULL]], [a_person(name="")]),
        ([[FILM, PERSON, NULL]], [a_person(name="x" * 201)]),
        ([[FILM, PERSON, NULL]], [a_person(name="a\0b")]),
    ],
    ids=str,
)
def test_a_film_whose_director_has_no_name_is_of_the_unknown_one(
    tmp_path: Path, crew: list[list[str]], names: list[list[str]]
) -> None:
    folder(tmp_path, [a_title()], crew=crew, names=names)
    with opened(tmp_path) as catalogue:
        assert catalogue.directors == {"unknown": "Unknown"}
        assert [film.director_id for film in catalogue.films] == ["unknown"]


def test_people_who_direct_nothing_here_are_left_out(tmp_path: Path) -> None:
    crew = [[FILM, PERSON, NULL], ["tt0000009", "nm0000002", NULL]]
    folder(tmp_path, [a_title()], crew=crew, names=[a_person(), a_person("nm0000002")])
    with opened(tmp_path) as catalogue:
        assert list(catalogue.directors) == [PERSON]


def test_two_people_of_one_name_are_two(tmp_path: Path) -> None:
    titles = [a_title(), a_title("tt0000002")]
    crew = [[FILM, PERSON, NULL], ["tt0000002", "nm0000002", NULL]]
    names = [a_person(name="Steve McQueen"), a_person("nm0000002", "Steve McQueen")]
    with opened(folder(tmp_path, titles, crew=crew, names=names)) as catalogue:
        assert catalogue.directors == {PERSON: "Steve McQueen", "nm0000002": "Steve McQueen"}
        assert [film.director_id for film in catalogue.films] == [PERSON, "nm0000002"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (a_title(year=NULL), "no year"),
        (a_title(year="1972?"), "not a year"),
        (a_title(year="0"), "not a year"),
        (a_title(year="10000"), "not a year"),
        (a_title(year="١٩٧٢"), "not a year"),
        (a_title(year=""), "not a year"),
        (a_title(year="-5"), "not a year"),
        (a_title(title=""), "no title"),
        (a_title(title=NULL), "no title"),
        (a_title(title="x" * 501), "title too long, or with U+0000"),
        (a_title(title="a\0b"), "title too long, or with U+0000"),
        (a_title(genres="x" * 201), "genre too long, or with U+0000"),
        (a_title("0000001"), "no id of a title"),
        (a_title("tt1"), "no id of a title"),
        (a_title(""), "no id of a title"),
        (a_title("tt" + "1" * 49), "no id of a title"),
        (a_title(NULL), "no id of a title"),
        (a_title()[:-1], "wrong number of columns"),
        (a_title()[:3], "wrong number of columns"),
        ([*a_title(), "more"], "wrong number of columns"),
        ([""], "wrong number of columns"),
        (a_title(title="a\tb"), "wrong number of columns"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_film_that_cannot_be_stored_is_skipped_for_a_reason(
    tmp_path: Path, row: list[str], reason: str
) -> None:
    films, skipped = read(folder(tmp_path, [row, a_title("tt0000002")]))
    assert [film.external_id for film in films] == ["tt0000002"]
    assert skipped == {f"{reason} (title.basics)": 1}


def test_the_first_of_several_rows_with_one_id_counts(tmp_path: Path) -> None:
    folder(
        tmp_path,
        [a_title(title="first"), a_title(title="second"), a_title(title="third")],
        crew=[[FILM, PERSON, NULL], [FILM, "nm0000002", NULL]],
        ratings=[[FILM, "1.0", "1"], [FILM, "2.0", "2"]],
        names=[a_person(name="One"), a_person(name="Two"), a_person("nm0000002")],
    )
    with opened(tmp_path) as catalogue:
        assert catalogue.directors == {PERSON: "One"}
        assert catalogue.size == 1
        assert list(catalogue.films) == [Film(FILM, "first", "", "", 1972, 1.0, "Drama", PERSON)]
        assert catalogue.skipped == {"repeated id (title.basics)": 2}


@pytest.mark.parametrize("rating", [NULL, "", "good", "10.1", "-1", "nan", "1e1", "8,1", "٨", " 8"])
def test_a_film_whose_rating_cannot_be_stays_unrated(tmp_path: Path, rating: str) -> None:
    folder(tmp_path, [a_title()], ratings=[[FILM, rating, "5"]])
    films, skipped = read(tmp_path)
    assert [film.rating for film in films] == [None]
    assert skipped == {"not a rating (title.ratings)": 1}


@pytest.mark.parametrize(
    ("text", "rating"), [("0", 0.0), ("0.0", 0.0), ("10", 10.0), ("9.95", 9.95)]
)
def test_takes_a_rating_from_0_to_10(tmp_path: Path, text: str, rating: float) -> None:
    assert read_one(folder(tmp_path, [a_title()], ratings=[[FILM, text, "5"]])).rating == rating


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False], ids=["last break", "no last break"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_reads_every_kind_of_text_file(
    tmp_path: Path, line_break: str, last: bool, mark: str
) -> None:
    folder(tmp_path, [a_title(), a_title("tt0000002", genres="Comedy")])
    for file in list(tmp_path.iterdir()):
        text = mark + file.read_text("utf-8").replace("\n", line_break)
        write(tmp_path, file.stem, (text if last else text.removesuffix(line_break)).encode())
    films, skipped = read(tmp_path)
    assert [(film.external_id, film.genre) for film in films] == [
        ("tt0000001", "Drama"),
        ("tt0000002", "Comedy"),
    ]
    assert skipped == {}


FIELDS = st.text(
    st.characters(exclude_characters="\t\n\0", exclude_categories=["Cs"]), min_size=1, max_size=60
).filter(lambda text: text != NULL and not text.endswith("\r"))


@given(titles=st.lists(FIELDS, min_size=1, max_size=5), name=FIELDS)
def test_whatever_a_title_holds_no_column_is_shifted(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str], name: str
) -> None:
    ids = [f"tt{number:07d}" for number in range(len(titles))]
    path = folder(
        tmp_path_factory.mktemp("imdb"),
        [a_title(tconst, title=title) for tconst, title in zip(ids, titles, strict=True)],
        crew=[[tconst, PERSON, NULL] for tconst in ids],
        names=[a_person(name=name)],
    )
    with opened(path) as catalogue:
        assert catalogue.directors == {PERSON: name}
        assert [(film.external_id, film.title, film.year) for film in catalogue.films] == [
            (tconst, title, 1972) for tconst, title in zip(ids, titles, strict=True)
        ]
