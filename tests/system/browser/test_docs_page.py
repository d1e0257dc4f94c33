"""The documentation page in a real browser, with a real server."""

import time
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.contract.client import Api, a_password
from tests.contract.tokens import claims_of, sign
from tests.support.servers import SECRET_KEY, Server
from tests.system.browser.chromium import HOST, Watch
from tests.system.browser.docs_page import DocsPage

METHODS = ("get", "post", "put", "patch", "delete")

# The statuses of unchanged examples, where they differ from 200. No example changes or deletes the
# demo account, which the next visitor needs.
STATUSES = {
    "register": 201,
    "remove_favorite": 204,
    "change_password": 400,
    "delete_account": 400,
    "log_out": 204,
}


@pytest.fixture
def docs(page: Page, server: Server) -> DocsPage:
    return DocsPage(page, server.url)


@pytest.fixture
def signed_in(docs: DocsPage) -> DocsPage:
    docs.sign_in.click()
    expect(docs.user).to_have_text(DEMO_EMAIL)
    return docs


def expire(docs: DocsPage) -> None:
    """Replace the page's access token with an expired one."""
    claims = claims_of(docs.tokens["access_token"]) | {"exp": int(time.time()) - 60}
    docs.tokens = docs.tokens | {"access_token": sign(claims, SECRET_KEY)}


@pytest.mark.long
def test_every_operation_can_be_tried(signed_in: DocsPage, server: Server) -> None:
    """The examples fill in everything, so one click is enough."""
    paths = httpx.get(f"{server.url}/openapi.json").json()["paths"].values()
    names = [item[method]["operationId"] for item in paths for method in METHODS if method in item]
    # The other requests need a favorite, and few operations work after a logout.
    names.sort(
        key=lambda name: (name == "log_out", name == "remove_favorite", name != "add_favorite")
    )
    found = {}
    for name in names:
        found[name] = signed_in.run(name).status
        signed_in.close(name)  # Open operations slow down every click.
    assert found == {name: STATUSES.get(name, 200) for name in names}


def test_one_click_signs_in_over_a_reload_too(signed_in: DocsPage) -> None:
    assert signed_in.run("get_profile").body["email"] == DEMO_EMAIL
    signed_in.reload()
    expect(signed_in.user).to_have_text(DEMO_EMAIL)
    assert signed_in.run("get_profile").body["email"] == DEMO_EMAIL
    assert signed_in.run("get_movie").body["is_favorite"] is False


def test_tells_why_a_sign_in_is_refused(docs: DocsPage) -> None:
    docs.sign_in_as(DEMO_EMAIL, a_password())
    expect(docs.said).to_have_text("The address or the password is wrong.")
    expect(docs.sign_out).to_be_hidden()
    docs.sign_in_as(DEMO_EMAIL, DEMO_PASSWORD)
    expect(docs.sign_out).to_be_visible()
    expect(docs.said).to_have_text("")


def test_a_sign_in_by_its_operation_counts_as_well(docs: DocsPage) -> None:
    assert docs.run("log_in").status == 200
    expect(docs.user).to_have_text(DEMO_EMAIL)
    assert docs.run("get_profile").status == 200
    wrong = {"email": DEMO_EMAIL, "password": a_password()}
    assert docs.run("log_in", wrong).status == 401
    assert docs.run("get_profile").status == 200


def test_a_refresh_by_its_operation_has_the_pair_ready_each_time(signed_in: DocsPage) -> None:
    for _ in range(2):
        assert signed_in.run("refresh").body == signed_in.tokens
    assert signed_in.run("get_profile").status == 200


def test_an_expired_token_is_refreshed_once_for_all_requests(
    signed_in: DocsPage, watch: Watch
) -> None:
    expire(signed_in)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    signed_in.page.route("**/auth/login/", hold)
    signed_in.reload()  # The page requests the profile to show the user,
    with signed_in.page.expect_response("**/user"):  # and the user requests it too.
        signed_in.operation("get_profile").get_by_role("button", name="Execute").click()
    expect(signed_in.user).to_have_text("")
    (refresh,) = held
    refresh.continue_()
    expect(signed_in.user).to_have_text(DEMO_EMAIL)
    table = signed_in.operation("get_profile").locator(".live-responses-table")
    expect(table.locator("tbody .response-col_status")).to_have_text("200")
    assert (refresh.request.method, len(held)) == ("PUT", 1)
    assert watch.refused == [("GET", "/user/", 401), ("GET", "/user", 401)]


@pytest.mark.parametrize("by", ["the form", "its operation", "the padlock"])
def test_forgets_the_pair_after_a_sign_out(signed_in: DocsPage, watch: Watch, by: str) -> None:
    body = signed_in.operation("refresh").locator("textarea")
    pair = body.input_value()
    if by == "the form":
        signed_in.sign_out.click()
    elif by == "its operation":
        assert signed_in.run("log_out").status == 204
    else:
        signed_in.page.get_by_label("authorization button locked").first.click()
        signed_in.page.locator(".modal-ux").get_by_text("Logout").click()
        signed_in.page.locator(".modal-ux").get_by_text("Close").click()
    expect(signed_in.sign_in).to_be_visible()
    expect(body).not_to_have_value(pair)
    assert signed_in.run("get_profile").status == 401
    assert "authorization" not in watch.requests[-1].headers
    signed_in.reload()
    expect(signed_in.sign_in).to_be_visible()


def test_forgets_the_pair_of_an_account_that_is_gone(docs: DocsPage, server: Server) -> None:
    with Api(server.url) as api:
        me = api.new_account()
    docs.sign_in_as(me.email, me.password)
    expect(docs.user).to_have_text(me.email)
    assert docs.run("delete_account", {"password": me.password}).status == 204
    expect(docs.sign_in).to_be_visible()


def test_says_that_the_session_has_ended(signed_in: DocsPage, server: Server) -> None:
    with Api(server.url) as elsewhere:
        header = {"Authorization": f"Bearer {signed_in.tokens['access_token']}"}
        assert elsewhere.delete("/auth/login/", headers=header).status_code == 204
    assert signed_in.run("get_profile").status == 401
    expect(signed_in.said).to_have_text("The session has ended. Sign in again.")
    expect(signed_in.sign_in).to_be_visible()


def test_an_address_leads_to_its_operation(page: Page, server: Server) -> None:
    docs = DocsPage(page, server.url, "#/user/change_profile")
    operation = page.locator(".opblock", has=page.locator(".execute"))
    expect(operation).to_have_id("operations-user-change_profile")
    expect(operation.locator(".opblock-summary")).to_be_in_viewport()
    header, box = page.locator("header").bounding_box(), operation.bounding_box()
    assert header is not None
    assert box is not None
    assert box["y"] >= header["height"]
    docs.operation("list_genres")
    assert page.url.endswith("#/genres/list_genres")


def test_follows_the_color_scheme_of_the_system(docs: DocsPage) -> None:
    html = docs.page.locator("html")
    docs.page.emulate_media(color_scheme="dark")
    expect(html).to_have_css("color-scheme", "dark")
    docs.page.emulate_media(color_scheme="light")
    expect(html).to_have_css("color-scheme", "light")


def test_folds_the_description(docs: DocsPage) -> None:
    sections = docs.page.locator(".description details")
    text = docs.page.get_by_text("is the length of the whole list")
    expect(text).to_be_hidden()
    sections.first.locator("summary").click()
    expect(text).to_be_visible()


def test_the_bar_is_accessible(docs: DocsPage) -> None:
    """axe-core checks the header. Swagger UI is responsible for what is below it."""
    bar = Axe()
    assert bar.run(docs.page, "header").response["violations"] == []
    docs.sign_in.click()
    expect(docs.user).to_have_text(DEMO_EMAIL)
    assert bar.run(docs.page, "header").response["violations"] == []


def test_leaves_the_window_to_the_operations(page: Page, signed_in: DocsPage) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    assert signed_in.run("list_movies").status == 200
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    header = page.locator("header").bounding_box()
    assert header is not None
    assert header["height"] < 740 / 8


def test_asks_no_other_host_wherever_it_is(page: Page, server: Server, watch: Watch) -> None:
    here = f"{HOST}:{urlsplit(server.url).port}"
    docs = DocsPage(page, f"http://{here}")
    assert docs.run("list_movies").status == 200
    page.wait_for_load_state("networkidle")
    assert watch.hosts() == {here}


def test_works_below_a_prefix(context: BrowserContext, page: Page, server: Server) -> None:
    def take_away(route: Route) -> None:
        request = route.request
        headers = {**request.headers, "X-Forwarded-Prefix": "/films"}
        route.continue_(url=request.url.replace("/films/", "/", 1), headers=headers)

    context.route(f"{server.url}/films/**", take_away)
    context.route(f"{server.url}/*", lambda route: route.abort())
    docs = DocsPage(page, f"{server.url}/films")
    docs.sign_in.click()
    expect(docs.user).to_have_text(DEMO_EMAIL)
    assert docs.run("refresh").body == docs.tokens
    docs.sign_out.click()
    expect(docs.sign_in).to_be_visible()
