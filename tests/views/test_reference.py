from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from dao.models import Director, Genre
from tests.support.builders import a_director, a_genre, save

BUILDERS: dict[str, Callable[..., Genre | Director]] = {
    "genres": a_genre,
    "directors": a_director,
}

collections = pytest.mark.parametrize("collection", BUILDERS)


def seed(session: Session, collection: str, *names: str) -> list[int]:
    rows = [BUILDERS[collection](name=name) for name in names]
    save(session, *rows)
    return [row.id for row in rows]


@collections
def test_lists_all_by_ascending_id(client: FlaskClient, session: Session, collection: str) -> None:
    one, other = seed(session, collection, "Я", "А")
    answer = client.get(f"/{collection}/")
    assert answer.status_code == 200
    assert answer.json == [{"id": one, "name": "Я"}, {"id": other, "name": "А"}]


@collections
def test_gives_pages(client: FlaskClient, session: Session, collection: str) -> None:
    seed(session, collection, "A", "B", "C")
    answer = client.get(f"/{collection}/?page=2&per_page=2")
    assert [row["name"] for row in answer.json] == ["C"]
    assert answer.headers["X-Total-Count"] == "3"


@collections
def test_gives_one(client: FlaskClient, session: Session, collection: str) -> None:
    (row_id,) = seed(session, collection, "Драма")
    answer = client.get(f"/{collection}/{row_id}/")
    assert (answer.status_code, answer.json) == (200, {"id": row_id, "name": "Драма"})


@collections
def test_answers_404_for_one_that_is_not_there(client: FlaskClient, collection: str) -> None:
    answer = client.get(f"/{collection}/999/")
    assert answer.status_code == 404
    assert answer.json == {"message": f"There is no {collection[:-1]} with this id."}


@collections
def test_refuses_a_bad_page(client: FlaskClient, collection: str) -> None:
    answer = client.get(f"/{collection}/?page=0")
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == ["page"]
