"""The existing front end works unchanged, as shown by one that sends the same requests."""

import pytest
from playwright.sync_api import Page, expect

from tests.contract.client import a_password, an_email
from tests.support.servers import Server
from tests.system.browser.chromium import Watch
from tests.system.browser.front_end import FrontEnd


@pytest.fixture
def nobody(page: Page, origin: str, server: Server) -> FrontEnd:
    """The front end with a guest."""
    return FrontEnd(page, origin, server.url)


@pytest.fixture
def me() -> dict[str, str]:
    return {"email": an_email(), "password": a_password()}


@pytest.fixture
def front_end(nobody: FrontEnd, me: dict[str, str]) -> FrontEnd:
    """The front end with a new, signed-in user."""
    nobody.enter("Register", **me)
    expect(nobody.screen("films")).to_be_visible()
    return nobody


def test_likes_a_film_and_does_so_no_more(front_end: FrontEnd) -> None:
    film = front_end.screen("films").get_by_role("link").first
    title = film.inner_text()
    film.click()
    front_end.click("Add to favorites")
    expect(front_end.page.get_by_role("button", name="Remove from favorites")).to_be_visible()
    expect(front_end.go("Favorites").get_by_role("link")).to_have_text([title])
    front_end.page.get_by_role("link", name=title).click()
    front_end.click("Remove from favorites")
    expect(front_end.page.get_by_role("button", name="Add to favorites")).to_be_visible()
    expect(front_end.go("Favorites").get_by_role("link")).to_have_count(0)


def test_edits_the_profile(front_end: FrontEnd, me: dict[str, str]) -> None:
    profile = front_end.go("Profile")
    expect(profile.locator("h1")).to_have_text(me["email"])
    front_end.fill(Name="Анна", Surname="Иванова")
    profile.get_by_label("Favorite genre").select_option("Драма")
    front_end.click("Save")
    expect(front_end.said).to_have_text("Saved.")
    front_end.page.reload()
    expect(profile.get_by_label("Name", exact=True)).to_have_value("Анна")
    expect(profile.get_by_label("Surname")).to_have_value("Иванова")
    expect(profile.get_by_label("Favorite genre").locator("option:checked")).to_have_text("Драма")


def test_changes_the_password(front_end: FrontEnd, me: dict[str, str], watch: Watch) -> None:
    new_password = a_password()
    front_end.go("Profile")
    front_end.fill(Old_password=a_password(), New_password=new_password)
    front_end.click("Change password")
    expect(front_end.said).to_have_text("old_password: The password is wrong.")
    expect(front_end.screen("profile")).to_be_visible()
    front_end.fill(Old_password=me["password"], New_password=new_password)
    front_end.click("Change password")
    expect(front_end.said).to_have_text("Changed.")
    front_end.go("Favorites")
    assert watch.refused == [("PUT", "/user/password/", 400)]

    front_end.click("Log out")
    front_end.enter("Log in", **me)
    expect(front_end.said).to_have_text("The address or the password is wrong.")
    front_end.enter("Log in", me["email"], new_password)
    expect(front_end.screen("films")).to_be_visible()
    assert watch.refused[1:] == [("POST", "/auth/login/", 401)]


def test_leads_to_the_sign_in_form_without_a_session(nobody: FrontEnd, watch: Watch) -> None:
    nobody.page.get_by_role("link", name="Favorites").click()
    expect(nobody.screen("login")).to_be_visible()
    assert watch.refused == [("GET", "/favorites/movies/", 401), ("PUT", "/auth/login/", 400)]
