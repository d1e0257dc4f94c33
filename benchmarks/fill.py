"""Fills an empty, migrated database with films in the fastest way.

The first film is a favorite of as many users as there are films, the second of nobody. The first
user is signed in and has a few pages of favorites.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, create_engine, event

from benchmarks.films import GENRES, directors, films
from constants import MAX_ID
from helpers.text import fold
from helpers.tokens import Tokens

SOURCE = "bench"
SESSION_ID = f"{1:032x}"
FILMS_PER_DIRECTOR = 4

_COLUMNS = {
    "genres": ("id", "name", "folded_name"),
    "directors": ("id", "name", "folded_name", "source", "external_id"),
    "movies": (
        *("id", "title", "folded_title", "description", "trailer", "year", "rating"),
        *("genre_id", "director_id", "favorites_count", "source", "external_id"),
    ),
    "sessions": (*("id", "user_id", "generation", "created_at", "rotated_at", "expires_at", "ip"),),
}
_FANS = (
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {most}) "
    "INSERT INTO users (id, email, password_hash) SELECT n, 'user' || n, '' FROM numbers",
    "INSERT INTO favorites (user_id, movie_id, created_at) SELECT id, 1, id FROM users",
    "UPDATE movies SET favorites_count = {most} WHERE id = 1",
    "INSERT INTO favorites (user_id, movie_id, created_at) "
    "SELECT 1, id, id FROM movies WHERE id BETWEEN 3 AND 50",
    "UPDATE movies SET favorites_count = 1 WHERE id BETWEEN 3 AND 50",
)
_PUBLISH = (
    "UPDATE list_states SET revision = 1, visible_up_to = NULL, total = CASE name "
    "WHEN 'movies' THEN (SELECT count(*) FROM movies) "
    "WHEN 'genres' THEN (SELECT count(*) FROM genres) "
    "ELSE (SELECT count(*) FROM directors) END"
)
_COUNT = "UPDATE genres SET movies_count = (SELECT count(*) FROM movies WHERE genre_id = genres.id)"


def number_of_directors(number_of_films: int) -> int:
    return max(1, number_of_films // FILMS_PER_DIRECTOR)


def fill(url: str, number_of_films: int) -> None:
    """Fill the empty tables of a database with a catalogue of so many films."""
    engine = create_engine(url)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:  # Nobody reads it yet, and an incomplete catalogue is discarded.
        event.listen(engine, "connect", _hurry)
    with engine.begin() as connection:
        derived = _take_away(connection)
        for table, some in catalogue_rows(number_of_films).items():
            _copy(connection, table, some)
        fans = (statement.format(most=number_of_films) for statement in _FANS)
        for statement in (*derived, *fans, _PUBLISH, _COUNT):
            connection.exec_driver_sql(statement)
        if is_sqlite:
            connection.exec_driver_sql("INSERT INTO movie_titles (movie_titles) VALUES ('rebuild')")
        _copy(connection, "sessions", [(SESSION_ID, 1, 0, 0, 0, MAX_ID, "127.0.0.1")])
    if not is_sqlite:  # Autovacuum would do it a minute later.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def catalogue_rows(number: int) -> dict[str, Iterator[tuple[Any, ...]]]:
    """Return a number of films, with genres and directors, as rows by table."""
    people = directors(number_of_directors(number))
    return {
        "genres": ((key, name, fold(name)) for key, name in enumerate(GENRES, start=1)),
        "directors": (
            (key, name, fold(name), SOURCE, str(key)) for key, name in enumerate(people, start=1)
        ),
        "movies": _movie_rows(number),
    }


def _movie_rows(number: int) -> Iterator[tuple[Any, ...]]:
    made = films(number, number_of_directors(number))
    for movie_id, film in enumerate(made, start=1):
        text = film.title, fold(film.title), film.description, film.trailer
        yield (movie_id, *text, *film[3:], 0, SOURCE, str(movie_id))


def insert_many(connection: Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows with the driver's `executemany`."""
    names = _COLUMNS[table]
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * len(names))
    cursor = connection.connection.cursor()
    cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)  # type: ignore[arg-type]  # noqa: S608  # Our own names; rows may be an iterator.
    cursor.close()


def bearer(secret_key: str) -> str:
    """Return the access token of the first user."""
    tokens = Tokens([secret_key], access_seconds=24 * 60 * 60)
    now = int(time.time())
    return tokens.issue(1, SESSION_ID, 0, now=now, session_end=MAX_ID).access_token


def _hurry(connection: Any, _: object) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")


def _take_away(connection: Connection) -> list[str]:
    """Drop the indexes and triggers of the films, and return the statements that restore them.

    Building an index of all rows at once takes a fraction of the time.
    """
    derived: list[str] = []
    if connection.dialect.name == "sqlite":
        query = (
            "SELECT type, name, sql FROM sqlite_master "
            "WHERE tbl_name = 'movies' AND type IN ('index', 'trigger') AND sql IS NOT NULL"
        )
    else:
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
        connection.exec_driver_sql("ALTER TABLE movies DISABLE TRIGGER movie_titles_follow")
        derived = [
            "INSERT INTO movie_titles SELECT id, folded_title FROM movies",
            "ALTER TABLE movies ENABLE TRIGGER movie_titles_follow",
        ]
        query = (
            "SELECT 'index', indexname, indexdef FROM pg_indexes "
            "WHERE tablename IN ('movies', 'movie_titles') AND indexname LIKE 'ix%%'"
        )
    found = connection.exec_driver_sql(query).all()
    for kind, name, _ in found:
        connection.exec_driver_sql(f"DROP {kind} {name}")
    return [*derived, *(sql for _, _, sql in found)]


def _copy(connection: Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    if connection.dialect.name == "sqlite":
        insert_many(connection, table, rows)
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(f"COPY {table} ({', '.join(_COLUMNS[table])}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
