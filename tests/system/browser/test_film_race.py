"""The film page of the front end that exists is shown each time, though it has a race.

It breaks where the list of all films comes before the film, for which the browser first has to ask
whether it may be read.
"""

from playwright.sync_api import Page

from tests.support.servers import Server
from tests.system.conftest import Start

OPENINGS = 50


def openings(page: Page, origin: str, server: Server) -> set[str]:
    """Open one film page after the other, and return what became of them."""
    page.goto(f"{origin}/film_race.html?api={server.url}")
    page.evaluate("showFilms()")
    outcomes = set()
    for number in range(1, OPENINGS + 1):
        # Each film for the first time: what the browser may read it remembers.
        page.evaluate(f"showFilm({number})")
        outcomes.add(page.title())
    return outcomes


def test_every_film_is_shown(page: Page, origin: str, server: Server) -> None:
    assert openings(page, origin, server) == {"shown"}


def test_without_the_delay_some_films_are_not(
    page: Page, origin: str, start: Start, database_url: str
) -> None:
    """Or else the page has no race, and the test before proves nothing."""
    assert "white" in openings(page, origin, start(database_url, WHOLE_LIST_DELAY_MS="0"))
