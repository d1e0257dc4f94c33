"""The catalogue stays signed in while tokens expire in several tabs."""

import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Response, expect

from tests.contract.client import Account, Api, a_password, an_email, needed
from tests.support.servers import Server
from tests.system.browser.catalogue_page import CataloguePage
from tests.system.browser.chromium import HOST, Watch
from tests.system.conftest import Start

FILM = "Одержимость"

# The lifetime of an access token, and the number of lifetimes for which the user stays.
SECONDS, LIFETIMES = 2, 3


@pytest.fixture(scope="module")
def short_lived(start: Start, database_url: str) -> Server:
    """A server whose access tokens expire soon."""
    return start(database_url, ACCESS_TOKEN_SECONDS=str(SECONDS))


def is_toggled(response: Response) -> bool:
    return response.url.endswith("/favorites/movies/9/") and response.ok


@pytest.mark.parametrize(
    "name", [pytest.param("127.0.0.1", id="with locks"), pytest.param(HOST, id="without locks")]
)
def test_no_tab_is_signed_out(
    context: BrowserContext, watch: Watch, short_lived: Server, name: str
) -> None:
    """With locks, one tab refreshes for both. Without them both may refresh at the same time."""
    url = f"http://{name}:{urlsplit(short_lived.url).port}"
    one, other = (CataloguePage(context.new_page(), url) for _ in range(2))
    one.register(an_email(), a_password())
    for tab in (one, other):
        tab.open("?q=одерж")
    has_locks = one.page.evaluate("Boolean(navigator.locks)")
    assert has_locks == (name != HOST)

    watch.refused.clear()
    watch.requests.clear()
    ends = time.monotonic() + LIFETIMES * SECONDS
    while time.monotonic() < ends:
        with one.page.expect_response(is_toggled), other.page.expect_response(is_toggled):
            one.heart(FILM).click()
            other.heart(FILM).click()
        one.page.wait_for_timeout(500)
    for tab in (one, other):
        tab.click("Profile", "link")
        expect(tab.heading).to_have_text("Profile")

    exchanged = [request.post_data for request in watch.requests if request.method == "PUT"]
    assert len(set(exchanged)) >= LIFETIMES - 1
    assert len(set(exchanged)) == len(exchanged) or not has_locks
    assert {path for _, path, _ in watch.refused} <= {"/favorites/movies/9/", "/user/"}
    assert {status for *_, status in watch.refused} == {401}


def test_a_tab_whose_session_has_ended_says_so(context: BrowserContext, server: Server) -> None:
    """The password is changed elsewhere, so the refresh is refused too."""
    email, password = an_email(), a_password()
    one, other = (CataloguePage(context.new_page(), server.url) for _ in range(2))
    one.register(email, password)
    other.open("?view=profile")
    expect(other.heading).to_have_text("Profile")
    with Api(server.url) as api:
        elsewhere = Account(email, password, api.new_tokens(email, password))
        needed(api.change_password(elsewhere, password, a_password()))
    one.click("Favorites", "link")
    for tab in (one, other):
        expect(tab.heading).to_have_text("Sign in to see this.")
    assert one.page.evaluate("localStorage.getItem('kinoteka.session')") is None
