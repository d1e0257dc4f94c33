"""The generated films in the format of IMDb's public files."""

from contextlib import ExitStack
from pathlib import Path

from benchmarks.films import GENRES, directors, films
from tests.support.imdb_files import HEADERS


def write_files(folder: Path, number: int, number_of_directors: int) -> None:
    """Write the four files with a number of films into a new folder."""
    folder.mkdir(parents=True)
    genres = list(GENRES)
    with ExitStack() as stack:
        write = {
            name: stack.enter_context((folder / f"{name}.tsv").open("w", encoding="utf-8")).write
            for name in HEADERS
        }
        for name, header in HEADERS.items():
            write[name](_line(*header.split()))
        for position, film in enumerate(films(number, number_of_directors), start=1):
            title_id = f"tt{position:07}"
            titles = film.title, film.title
            tail = film.year, r"\N", 95, genres[film.genre_id - 1]
            write["title.basics"](_line(title_id, "movie", *titles, 0, *tail))
            write["title.crew"](_line(title_id, f"nm{film.director_id:07}", r"\N"))
            if film.rating is not None:
                write["title.ratings"](_line(title_id, film.rating, 1000))
        for position, name in enumerate(directors(number_of_directors), start=1):
            person = f"nm{position:07}", name, 1950, r"\N", "director", r"\N"
            write["name.basics"](_line(*person))


def _line(*values: object) -> str:
    return "\t".join(map(str, values)) + "\n"
