"""Many simultaneous requests for whole lists share the work, or are told to retry."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.views.conftest import Account
from views.http import whole_lists
from views.http.whole_lists import WholeLists

WANTED = "Too many whole lists are wanted at the moment. Ask for pages, or try again later."


@pytest.fixture
def few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> WholeLists:
    """There is room for one caller and one maker."""
    monkeypatch.setattr(whole_lists, "LOCK_SECONDS", 0.01)
    bound = WholeLists(callers=1, makers=1)
    monkeypatch.setitem(app.extensions, "whole_lists", bound)
    return bound


@pytest.mark.parametrize("url", ["/movies/", "/favorites/movies/"])
@pytest.mark.parametrize("place", [WholeLists.calling, WholeLists.turn])
@pytest.mark.usefixtures("film")
def test_is_503_where_too_many_want_one(
    client: FlaskClient,
    account: Account,
    few: WholeLists,
    url: str,
    place: Callable[[WholeLists], AbstractContextManager[None]],
) -> None:
    with place(few):
        response = client.get(url, headers=account.headers)
        page = client.get(f"{url}?page=1", headers=account.headers)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert response.json == {"message": WANTED}
    assert page.status_code == 200
    assert client.get(url, headers=account.headers).status_code == 200
