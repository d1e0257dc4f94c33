"""What the proxy keeps, and for how long."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import Engine, text

from tests.contract.client import Api
from tests.support.waiting import wait_for
from tests.system.proxy.nginx import Nginx


def renew(engine: Engine) -> None:
    """Tell the instances that the catalogue has changed, as an import does."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE list_states SET revision = revision + 1"))


def test_a_list_is_asked_for_once_and_then_only_whether_it_is_the_same(
    api: Api, proxy: Nginx
) -> None:
    bodies, histories = set(), []

    def has_been(history: tuple[str, str]) -> bool:
        answer = api.get("/movies/?page=1").raise_for_status()
        bodies.add(answer.content)
        histories.append(proxy.history(answer))
        return history in histories

    assert has_been(("MISS", "200"))
    wait_for(partial(has_been, ("HIT", "")), 15)
    wait_for(partial(has_been, ("REVALIDATED", "304")), 15)
    assert histories.count(("MISS", "200")) == 1
    assert len(bodies) == 1


def test_who_has_a_list_is_not_sent_it_again(api: Api, proxy: Nginx) -> None:
    path = "/genres/?page=1"
    known = {"If-None-Match": api.get(path).headers["ETag"]}
    answers = [api.get(path, headers=known) for _ in range(3)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(304, b"")] * 3


def test_a_change_shows_through_what_is_kept(api: Api, database: Engine) -> None:
    """An instance sees a new revision within a second, and nginx asks it within two."""
    path = "/movies/?year=1"
    assert api.get(path).json() == []
    with database.begin() as connection:
        connection.execute(text("UPDATE movies SET year = 1 WHERE id = 1"))
    renew(database)
    wait_for(lambda: [film["id"] for film in api.get(path).json()] == [1], 4)


@pytest.mark.parametrize("spelling", ["sort=popular", "sort=%70opular", "sort=po%70ular"])
def test_popularity_is_never_kept(api: Api, proxy: Nginx, spelling: str) -> None:
    path = f"/movies/?{spelling}&page=1"
    for _ in range(2):
        assert proxy.history(api.get(path).raise_for_status()) == ("BYPASS", "200")


def test_nobody_is_shown_what_somebody_else_likes(api: Api) -> None:
    fan, stranger = api.new_account(), api.new_account()
    api.post("/favorites/movies/3/", headers=fan.headers).raise_for_status()
    shown = [
        api.get("/movies/3/", headers=headers).json()["is_favorite"]
        for headers in (fan.headers, stranger.headers, {}, fan.headers)
    ]
    assert shown == [True, False, None, True]


def test_each_answer_has_an_id_of_its_own_also_when_it_is_kept(api: Api) -> None:
    ids = {api.get("/directors/?page=1").headers["X-Request-ID"] for _ in range(5)}
    assert len(ids) == 5
    own = api.get("/directors/?page=1", headers={"X-Request-ID": "mine-1"})
    assert own.headers.get_list("X-Request-ID") == ["mine-1"]
