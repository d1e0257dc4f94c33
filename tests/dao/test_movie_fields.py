"""An import takes its fields from one declaration. Each test names what a new field still lacks."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from dao.models import Movie
from helpers.catalogue import CatalogueMovie, open_catalogue

# Columns that the application fills, or that link a film to its source, genre and director.
OURS = {"id", "source", "external_id", "genre_id", "director_id", "folded_title", "favorites_count"}
COLUMNS = {column.name: column.type.python_type for column in Movie.__table__.columns}
NAMES = [
    field.name
    for field in fields(CatalogueMovie)
    if field.name not in ("external_id", "genre", "director_id")
]


def a_value(name: str, variant: int) -> Any:
    """Return a value that no other field and no other variant has."""
    if name == "trailer":
        return f"https://www.youtube.com/watch?v={variant:011d}"
    if name == "poster":
        return f"https://images.example/{variant}.jpg"
    number = 1 + 2 * NAMES.index(name) + variant
    return {str: f"{name} {number}", int: 1900 + number, float: 10 / number}[COLUMNS[name]]


def values(variant: int, **changes: Any) -> dict[str, Any]:
    return {name: a_value(name, variant) for name in NAMES} | changes


def load(engine: Engine, **film: Any) -> int:
    """Import one film, and return the number of updated films."""
    # A late import: it fails while a new field has no column, and the tests have to report that.
    from tests.dao import importing  # noqa: PLC0415

    return importing.load(engine, importing.a_film(**film)).updated


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_a_column(name: str) -> None:
    assert name in COLUMNS, f"Add the column {name} to Movie in dao/models.py."


@pytest.mark.parametrize("name", sorted(COLUMNS.keys() - OURS))
def test_every_column_is_a_field(name: str) -> None:
    assert name in NAMES, f"Add the field {name} to CatalogueMovie in helpers/catalogue/model.py."


def test_every_column_is_migrated(engine: Engine) -> None:
    missing = COLUMNS.keys() - {column["name"] for column in inspect(engine).get_columns("movies")}
    assert not missing, f"Make a migration that adds {missing} to the table movies."


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_shown(name: str) -> None:
    from views.schemas import Movie as MovieSchema  # noqa: PLC0415  # For the same reason.

    declared = set(MovieSchema().fields)
    assert name in declared, f"Add the field {name} to Movie in views/schemas.py."


def test_json_files_have_every_field(tmp_path: Path) -> None:
    credit = {"id": 1, "name": "A name"}
    film = {"id": 1, "genre_id": 1, "director_id": 1, **values(0)}
    document = {"genres": [credit], "directors": [credit], "movies": [film]}
    (tmp_path / "films.json").write_text(json.dumps(document))
    with open_catalogue(tmp_path / "films.json", (), lambda *_: None) as catalogue:
        [read] = catalogue.movies
    lost = {name for name in NAMES if getattr(read, name) != a_value(name, 0)}
    assert not lost, f"Add {lost} to Movie in helpers/catalogue/json_rows.py."


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_stored_and_updated(session: Session, engine: Engine, name: str) -> None:
    column = select(Movie.__table__.c[name])
    load(engine, **values(0))
    assert session.scalars(column).one() == a_value(name, 0)
    session.rollback()
    updated = load(engine, **values(0, **{name: a_value(name, 1)}))
    assert updated == 1, f"dao/importing/staging.py does not compare {name}."
    assert session.scalars(column).one() == a_value(name, 1)
