"""Tokens expire where the front end has several requests, or several tabs, at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.contract.client import a_password, an_email
from tests.support.servers import Server
from tests.system.browser.chromium import Watch
from tests.system.browser.front_end import FrontEnd
from tests.system.conftest import Start


@pytest.fixture(scope="module")
def server(start: Start, database_url: str) -> Server:
    """A server whose access tokens last for two seconds at most."""
    return start(database_url, ACCESS_TOKEN_SECONDS="2", REFRESH_GRACE_SECONDS="60")


@pytest.fixture
def tabs(context: BrowserContext, origin: str, server: Server) -> tuple[FrontEnd, FrontEnd]:
    """Two tabs of one browser, with somebody signed in."""
    one, other = (FrontEnd(context.new_page(), origin, server.url) for _ in range(2))
    one.enter("Register", an_email(), a_password())
    expect(one.screen("films")).to_be_visible()
    return one, other


class Meeting:
    """Lets refreshes through when so many of them have come."""

    def __init__(self, context: BrowserContext, number: int) -> None:
        self.bodies: list[str | None] = []
        self._number = number
        self._waiting: list[Route] = []
        context.route("**/auth/login/", self._come)

    def _come(self, route: Route) -> None:
        self.bodies.append(route.request.post_data)
        self._waiting.append(route)
        if len(self.bodies) >= self._number:
            while self._waiting:  # The next one may come while this one goes on.
                self._waiting.pop().continue_()


def test_two_tabs_that_refresh_at_once_both_go_on(
    tabs: tuple[FrontEnd, FrontEnd], context: BrowserContext, watch: Watch
) -> None:
    one, other = tabs
    meeting = Meeting(context, 2)
    one.await_expiry()
    for tab in tabs:
        tab.page.get_by_role("link", name="Favorites").click()
    for tab in tabs:
        expect(tab.screen("favorites")).to_be_visible()
    assert meeting.bodies[0] == meeting.bodies[1]

    for tab in (other, one):
        tab.await_expiry()
        tab.go("Profile")
    assert {refusal for refusal in watch.refused if refusal[0] != "GET"} == set()


def test_one_screen_that_refreshes_twice_at_once_is_shown(
    tabs: tuple[FrontEnd, FrontEnd], context: BrowserContext
) -> None:
    one, _ = tabs
    meeting = Meeting(context, 2)
    one.await_expiry()
    one.go("Profile")
    assert meeting.bodies[0] == meeting.bodies[1]


def test_what_was_begun_before_the_token_expired_is_finished(
    tabs: tuple[FrontEnd, FrontEnd],
) -> None:
    one, _ = tabs
    one.go("Profile")
    one.fill(Name="Анна", Surname="Иванова")
    one.screen("profile").get_by_label("Favorite genre").select_option("Драма")
    one.await_expiry()
    one.click("Save")
    expect(one.said).to_have_text("Saved.")


def test_both_tabs_come_to_the_login_after_one_logs_out(tabs: tuple[FrontEnd, FrontEnd]) -> None:
    one, other = tabs
    other.go("Profile")
    one.click("Log out")
    expect(one.screen("login")).to_be_visible()
    other.page.get_by_role("link", name="Favorites").click()
    expect(other.screen("login")).to_be_visible()
