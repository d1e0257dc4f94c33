"""The documentation page in a real browser, before a real server."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.contract.client import Api, a_password, an_email
from tests.support.servers import Server
from tests.system.browser.chromium import HOST, Watch
from tests.system.browser.docs_page import DocsPage, Shown
from tests.system.conftest import Start

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def server(start: Start, database_url: str) -> Server:
    """A server with the demo account, as `./dev run` starts it."""
    started = start(database_url)
    with Api(started.url) as api:
        assert api.register(DEMO_EMAIL, DEMO_PASSWORD).status_code == 201
    return started


@pytest.fixture
def docs(page: Page, server: Server) -> DocsPage:
    return DocsPage(page, server.url)


@pytest.fixture
def signed_in(docs: DocsPage) -> DocsPage:
    docs.sign_in.click()
    expect(docs.sign_out).to_be_visible()
    return docs


@pytest.mark.long
def test_every_operation_can_be_tried(docs: DocsPage, watch: Watch, server: Server) -> None:
    def run(name: str, body: object = None, **parameters: object) -> Shown:
        shown = docs.run(name, body, **parameters)
        docs.close(name)  # The more of the page is open, the longer each click takes.
        return shown

    me = {"email": an_email(), "password": a_password()}
    new_password = a_password()
    assert run("register", me).body["email"] == me["email"]
    docs.sign_in_as(**me)
    expect(docs.sign_out).to_be_visible()

    films = run("list_movies")
    assert (len(films.body), films.headers["x-total-count"]) == (12, "80")
    film = films.body[8]
    assert run("get_genre", genre_id=film["genre"]["id"]).body == film["genre"]
    assert run("get_director", director_id=film["director"]["id"]).body == film["director"]
    assert film["genre"] in run("list_genres").body
    assert film["director"] in run("list_directors").body

    this = {"movie_id": film["id"]}
    assert run("add_favorite", **this).body == film
    assert run("get_favorite", **this).body == film
    assert run("list_favorites").body == [film]
    assert run("get_movie", **this).body == film | {"favorites_count": 1, "is_favorite": True}
    assert run("remove_favorite", **this).status == 204
    assert run("list_favorites").body == []

    assert run("get_profile").body["name"] is None
    assert run("change_profile", {"name": "Анна"}).body["name"] == "Анна"
    passwords = {"old_password": me["password"], "new_password": new_password}
    assert run("change_password", passwords).status == 204
    assert run("refresh").status == 200
    assert run("log_out").status == 204
    assert run("get_profile").status == 401

    assert run("log_in", me | {"password": new_password}).status == 200
    assert run("delete_account", {"password": new_password}).status == 204

    assert watch.refused == [("GET", "/user/", 401)]
    paths = httpx.get(f"{server.url}/swagger.json").json()["paths"].values()
    names = {item[method]["operationId"] for item in paths for method in item if method in METHODS}
    assert docs.tried == names


def test_one_click_signs_in(signed_in: DocsPage) -> None:
    assert signed_in.run("get_profile").body["email"] == DEMO_EMAIL


def test_tells_why_a_sign_in_is_refused(docs: DocsPage) -> None:
    docs.sign_in_as(DEMO_EMAIL, a_password())
    expect(docs.said).to_have_text("The address or the password is wrong.")
    expect(docs.sign_out).to_be_hidden()
    docs.sign_in_as(DEMO_EMAIL, DEMO_PASSWORD)
    expect(docs.sign_out).to_be_visible()
    expect(docs.said).to_have_text("")


def test_a_sign_in_by_its_operation_counts_as_well(docs: DocsPage) -> None:
    assert docs.run("log_in").status == 200
    expect(docs.sign_out).to_be_visible()
    assert docs.run("get_profile").status == 200


def test_a_refused_sign_in_by_its_operation_changes_nothing(signed_in: DocsPage) -> None:
    wrong = {"email": DEMO_EMAIL, "password": a_password()}
    assert signed_in.run("log_in", wrong).status == 401
    assert signed_in.run("get_profile").status == 200


def test_goes_on_with_the_new_pair_after_a_refresh(signed_in: DocsPage, watch: Watch) -> None:
    pair = signed_in.run("refresh").body
    body = signed_in.operation("refresh").locator("textarea")
    expect(body).to_have_value(json.dumps(pair, indent=2))
    assert signed_in.run("get_profile").status == 200
    assert watch.requests[-1].headers["authorization"] == f"Bearer {pair['access_token']}"


@pytest.mark.parametrize("by", ["the form", "its operation"])
def test_forgets_the_pair_after_a_sign_out(signed_in: DocsPage, watch: Watch, by: str) -> None:
    body = signed_in.operation("refresh").locator("textarea")
    pair = body.input_value()
    if by == "the form":
        signed_in.sign_out.click()
    else:
        assert signed_in.run("log_out").status == 204
    expect(signed_in.sign_in).to_be_visible()
    assert signed_in.run("get_profile").status == 401
    assert "authorization" not in watch.requests[-1].headers
    expect(body).not_to_have_value(pair)


def test_says_that_the_session_has_ended_and_signs_out_of_it(
    signed_in: DocsPage, watch: Watch, server: Server
) -> None:
    signed_in.run("get_profile")
    with Api(server.url) as elsewhere:
        header = {"Authorization": watch.requests[-1].headers["authorization"]}
        assert elsewhere.delete("/auth/login/", headers=header).status_code == 204
    assert signed_in.run("get_profile").status == 401
    expect(signed_in.said).to_contain_text("The access token is not good any more")
    signed_in.sign_out.click()
    expect(signed_in.sign_in).to_be_visible()


def test_folds_the_description(docs: DocsPage) -> None:
    sections = docs.page.locator(".description details")
    titles = sections.locator("summary").all_inner_texts()
    assert titles[:2] == ["Lists and their pages", "Finding films"]
    text = docs.page.get_by_text("is the length of the whole list")
    expect(text).to_be_hidden()
    sections.first.locator("summary").click()
    expect(text).to_be_visible()


@pytest.mark.parametrize("width", [360, 1100])
def test_is_no_wider_than_the_window(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    docs = DocsPage(page, server.url)
    assert docs.run("list_movies").status == 200
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_asks_no_other_host_wherever_it_is(page: Page, server: Server, watch: Watch) -> None:
    here = f"{HOST}:{urlsplit(server.url).port}"
    docs = DocsPage(page, f"http://{here}")
    assert docs.run("list_movies").status == 200
    page.wait_for_load_state("networkidle")
    assert watch.hosts() == {here}
