"""The film page of the existing front end always loads, despite its race condition.

The page breaks if the list of all films arrives before the film. The request for the film is
slower, since it needs a preflight.
"""

from playwright.sync_api import Page

from tests.support.servers import Server
from tests.system.conftest import Start


def openings(page: Page, origin: str, server: Server, number: int) -> set[str]:
    """Open a number of film pages one after another, and return the titles of the pages."""
    page.goto(f"{origin}/film_race.html?api={server.url}")
    page.evaluate("showFilms()")
    outcomes = set()
    for film in range(1, number + 1):
        # Open each film only once, since the browser caches preflights.
        page.evaluate(f"showFilm({film})")
        outcomes.add(page.title())
    return outcomes


def test_every_film_is_shown(page: Page, origin: str, start: Start, database_url: str) -> None:
    # Much longer than the default: a film may take long on a busy machine.
    server = start(database_url, WHOLE_LIST_DELAY_MS="1500")
    assert openings(page, origin, server, 4) == {"shown"}


def test_without_the_delay_some_films_are_not(
    page: Page, origin: str, start: Start, database_url: str
) -> None:
    """Without this, the page might have no race, and the previous test would prove nothing."""
    server = start(database_url, WHOLE_LIST_DELAY_MS="0")
    assert "white" in openings(page, origin, server, 50)
