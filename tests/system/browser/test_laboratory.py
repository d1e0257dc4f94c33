"""A front end from another origin is tried in the laboratory, as docs/laboratory.md shows it."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.support.servers import Server
from tests.system.browser.chromium import Watch
from tests.system.browser.front_end import FrontEnd


@pytest.fixture
def front_end(page: Page, origin: str, lab: Server) -> FrontEnd:
    """The front end in the seeded world, signed in to the demo account."""
    assert page.request.post(f"{lab.url}/lab/reset/").status == 204
    opened = FrontEnd(page, origin, lab.url)
    opened.enter("Log in", DEMO_EMAIL, DEMO_PASSWORD)
    expect(opened.screen("films")).to_be_visible()
    return opened


@pytest.mark.parametrize("_time", [1, 2])
def test_a_favorite_that_is_removed_is_there_again_for_the_next_test(
    front_end: FrontEnd, _time: int
) -> None:
    films = front_end.go("Favorites").get_by_role("link")
    expect(films).to_have_count(12)
    titles = films.all_inner_texts()
    films.first.click()
    front_end.click("Remove from favorites")
    expect(front_end.page.get_by_role("button", name="Add to favorites")).to_be_visible()
    after = front_end.go("Favorites").get_by_role("link")
    expect(after).not_to_have_text(titles)
    assert after.all_inner_texts()[:11] == titles[1:]


def test_a_page_is_told_of_a_failure_and_of_what_was_done(
    front_end: FrontEnd, context: BrowserContext, watch: Watch
) -> None:
    front_end.go("Favorites")
    context.set_extra_http_headers({"Prefer": "status=503, wait-ms=100"})
    with front_end.page.expect_response(re.compile("/movies/")) as answered:
        front_end.page.get_by_role("link", name="Films").click()
    expect(front_end.said).to_contain_text("Please try again later")
    headers = answered.value.all_headers()
    assert headers["preference-applied"] == "wait-ms=100, status=503"
    assert "Preference-Applied" in headers["access-control-expose-headers"]
    assert watch.refused == [("GET", "/movies/", 503)]
