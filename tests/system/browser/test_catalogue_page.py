"""The catalogue page works, and agrees with the API."""

from typing import Literal
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.contract.client import a_password, an_email
from tests.support.servers import Server
from tests.support.waiting import wait_for
from tests.system.browser.catalogue_page import CataloguePage
from tests.system.browser.chromium import HOST, Watch

FILM = "Одержимость"
STATES = ("", "?sort=rating", "?q=zzz", "?film=9", "?view=favorites", "?view=profile")

# Records each heading that the page shows, in order.
NOTE_HEADINGS = """() => {
  window.headings = [];
  const note = () => window.headings.push(document.querySelector("main h1").textContent);
  new MutationObserver(note).observe(document.querySelector("main"), { childList: true });
}"""

LISTS_COST_LESS_THAN_THEY_HOLD = """performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("/movies/?"))
  .map(({ transferSize, encodedBodySize }) => transferSize < encodedBodySize)"""


@pytest.fixture
def catalogue(page: Page, server: Server) -> CataloguePage:
    opened = CataloguePage(page, server.url)
    opened.open()
    return opened


def test_shows_films_and_contacts_no_other_host(page: Page, server: Server, watch: Watch) -> None:
    """The page loads no external posters, and does without a secure context."""
    here = f"{HOST}:{urlsplit(server.url).port}"

    def elsewhere(route: Route) -> None:
        url = route.request.url.replace(here, urlsplit(server.url).netloc)
        films = httpx.get(url).raise_for_status().json()
        route.fulfill(json=[film | {"poster": "https://posters.example/1.jpg"} for film in films])

    page.route("**/movies/?*", elsewhere)
    catalogue = CataloguePage(page, f"http://{here}")
    catalogue.open()
    expect(page.locator(".shelf h2")).to_have_text(["Newest", "Best", "Popular"])
    page.wait_for_load_state("networkidle")
    assert page.locator(".spotlight .poster").evaluate("image => image.naturalWidth") > 0
    assert watch.hosts() == {here}
    assert watch.refused == []


def test_shows_no_answer_that_is_older_than_what_has_been_typed(
    catalogue: CataloguePage, page: Page
) -> None:
    waiting: dict[str, Route] = {}
    page.route(
        lambda url: "q=" in url and "/movies/" in url,
        lambda route: waiting.setdefault(
            parse_qs(urlsplit(route.request.url).query)["q"][0], route
        ),
    )
    page.evaluate(NOTE_HEADINGS)
    catalogue.search.focus()
    typed = ["р", "ро", "рок", "роке", "рокет", "рокетм"]
    for text in typed:
        page.keyboard.type(text[-1])
        page.wait_for_timeout(0)
        while text not in waiting:
            page.wait_for_timeout(10)
    for text in reversed(typed):
        waiting[text].continue_()
    expect(catalogue.films).to_have_text(["Рокетмен"])
    page.wait_for_timeout(300)
    assert page.evaluate("headings") == ["“рокетм”"]


def test_asks_once_for_what_is_typed_at_one_go(catalogue: CataloguePage, watch: Watch) -> None:
    catalogue.page.keyboard.press("/")
    catalogue.page.keyboard.type("рокетм")
    expect(catalogue.films).to_have_text(["Рокетмен"])
    asked = [parse_qs(urlsplit(one.url).query).get("q") for one in watch.requests]
    assert [one for one in asked if one] == [["рокетм"]]
    catalogue.page.go_back()
    expect(catalogue.search).to_have_value("")
    expect(catalogue.page.locator(".spotlight")).to_be_visible()


def test_a_click_right_after_typing_wins(catalogue: CataloguePage) -> None:
    catalogue.search.focus()
    catalogue.page.evaluate(
        """() => {
          document.execCommand("insertText", false, "р");
          document.querySelector("a[href='?film=9']").click();
        }"""
    )
    catalogue.page.wait_for_timeout(500)
    expect(catalogue.heading).to_have_text(FILM)
    assert catalogue.address == "film=9"


def test_every_state_has_an_address(catalogue: CataloguePage) -> None:
    page = catalogue.page
    catalogue.click("Popular", "link")
    expect(catalogue.heading).to_have_text("Popular")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".pages span")).to_have_text("Page 2 of 4")
    catalogue.films.last.scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    assert scrolled > 100
    title = catalogue.films.last.inner_text()
    catalogue.films.last.click()
    expect(catalogue.heading).to_have_text(title)
    assert page.evaluate("scrollY") == 0
    assert catalogue.address.startswith("film=")
    page.reload()
    expect(catalogue.heading).to_have_text(title)
    page.go_back()
    expect(page.locator(".pages span")).to_have_text("Page 2 of 4")
    expect(catalogue.films.last).to_have_text(title)
    wait_for(lambda: page.evaluate("scrollY") == scrolled)
    page.reload()
    expect(page.locator(".pages span")).to_have_text("Page 2 of 4")
    wait_for(lambda: page.evaluate("scrollY") == scrolled)


@pytest.mark.parametrize("to", ["//evil.example/", "/docs/"])
def test_a_link_leads_nowhere_else_after_the_sign_in(catalogue: CataloguePage, to: str) -> None:
    catalogue.register(an_email(), a_password())
    catalogue.page.goto(f"{catalogue.url}/?{urlencode({'view': 'sign-in', 'to': to})}")
    expect(catalogue.page.locator(".spotlight")).to_be_visible()
    assert catalogue.page.url == f"{catalogue.url}/"


def test_leads_back_to_the_start_of_an_address_with_a_slash_too_many(
    catalogue: CataloguePage,
) -> None:
    catalogue.open("/?film=9")
    expect(catalogue.heading).to_have_text(FILM)
    catalogue.page.locator(".brand").click()
    expect(catalogue.page.locator(".shelf h2")).to_have_text(["Newest", "Best", "Popular"])


@pytest.mark.parametrize("film", ["", "9/../9"])
def test_says_that_there_is_no_such_film(catalogue: CataloguePage, film: str) -> None:
    catalogue.open(f"?film={film}")
    expect(catalogue.heading).to_have_text("That did not work")
    expect(catalogue.page.locator(".notice .button")).to_have_text("To the films")


def test_what_has_not_changed_is_not_sent_again(catalogue: CataloguePage) -> None:
    assert catalogue.page.evaluate(LISTS_COST_LESS_THAN_THEY_HOLD) == [False] * 3
    catalogue.page.reload()
    catalogue.settled()
    assert catalogue.page.evaluate(LISTS_COST_LESS_THAN_THEY_HOLD) == [True] * 3


def test_goes_by_keyboard(catalogue: CataloguePage) -> None:
    press = catalogue.page.keyboard.press
    press("Tab")
    expect(catalogue.page.get_by_role("link", name="Skip to the films")).to_be_focused()
    press("Enter")
    press("/")
    catalogue.page.keyboard.type("рокетмен")
    expect(catalogue.films).to_have_text(["Рокетмен"])
    card = catalogue.page.locator("main .card")
    while not card.evaluate("one => one === document.activeElement"):
        press("Tab")
    press("Tab")
    expect(catalogue.heart("Рокетмен")).to_be_focused()
    press("Shift+Tab")
    press("Enter")
    expect(catalogue.heading).to_have_text("Рокетмен")
    expect(catalogue.heading).to_be_focused()


def test_a_heart_needs_an_account_and_lasts(
    catalogue: CataloguePage, context: BrowserContext
) -> None:
    password, new_password = a_password(), a_password()
    catalogue.open("?q=одерж")
    catalogue.heart(FILM).dispatch_event("click")
    expect(catalogue.heading).to_have_text("Sign in")
    catalogue.click("Register", "link")
    catalogue.fill(E_mail=an_email(), Password="short")
    catalogue.click("Register")
    expect(catalogue.page.get_by_text("Length must be between 8 and 128.")).to_be_visible()
    expect(catalogue.page.get_by_label("Password")).to_be_focused()
    catalogue.fill(Password=password)
    catalogue.click("Register")
    catalogue.heart(FILM).click()
    expect(catalogue.heart(FILM)).to_have_attribute("aria-pressed", "true")
    catalogue.films.first.click()
    expect(catalogue.page.locator(".likes")).to_have_text("1 person likes it")

    other = CataloguePage(context.new_page(), catalogue.url)
    other.open("?view=favorites")
    expect(other.films).to_have_text([FILM])
    expect(other.page.get_by_role("status").first).to_have_text("1 film")

    catalogue.click("Profile", "link")
    catalogue.fill(Name="Анна")
    catalogue.page.get_by_label("Favorite genre").select_option("Драма")
    catalogue.click("Save")
    expect(catalogue.said).to_have_text("Saved.")
    catalogue.page.reload()
    expect(catalogue.page.get_by_label("Name", exact=True)).to_have_value("Анна")
    expect(catalogue.page.locator("option:checked")).to_have_text("Драма")
    catalogue.fill(Current__password=new_password, New__password=new_password)
    catalogue.click("Change the password")
    expect(catalogue.page.get_by_text("The password is wrong.")).to_be_visible()
    catalogue.fill(Current__password=password)
    catalogue.click("Change the password")
    expect(catalogue.said).to_contain_text("The password is changed.")

    catalogue.click("Sign out")
    for tab in (catalogue, other):
        expect(tab.heading).to_have_text("Sign in to see this.")


def test_speaks_the_language_of_the_browser_until_another_is_chosen(
    browser: Browser, server: Server, watch: Watch
) -> None:
    context = browser.new_context(locale="ru-RU")
    watch.over(context)
    catalogue = CataloguePage(context.new_page(), server.url)
    catalogue.open("?film=100000")
    expect(catalogue.page.get_by_text("Фильма с таким id нет.")).to_be_visible()
    catalogue.click("English")
    expect(catalogue.page.get_by_text("There is no film with this id.")).to_be_visible()
    catalogue.page.reload()
    expect(catalogue.page.get_by_text("There is no film with this id.")).to_be_visible()
    expect(catalogue.page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def test_goes_on_by_itself_when_the_server_is_there_again(
    catalogue: CataloguePage, context: BrowserContext, watch: Watch
) -> None:
    answers = [{"status": 503, "headers": {"Retry-After": "1"}, "json": {"message": "Not now."}}]
    catalogue.page.route(
        "**/movies/9/",
        lambda route: route.fulfill(**answers.pop()) if answers else route.continue_(),
    )
    catalogue.open("?film=9")
    expect(catalogue.page.get_by_text("Not now.")).to_be_visible()
    expect(catalogue.heading).to_have_text(FILM)

    context.set_offline(True)
    catalogue.click("Best", "link")
    expect(catalogue.page.get_by_text("The server cannot be reached.")).to_be_visible()
    context.set_offline(False)
    expect(catalogue.heading).to_have_text("Best")
    assert {trouble.rpartition(":")[2] for trouble in watch.troubles} == {
        "ERR_INTERNET_DISCONNECTED"
    }
    watch.troubles.clear()


def test_a_refused_sign_in_may_be_tried_when_its_time_has_come(catalogue: CataloguePage) -> None:
    refusal = {"message": "Too many attempts. Try again in 2 seconds."}
    catalogue.page.route(
        "**/auth/login/",
        lambda route: route.fulfill(status=429, headers={"Retry-After": "2"}, json=refusal),
    )
    catalogue.open("?view=sign-in")
    catalogue.fill(E_mail=an_email(), Password=a_password())
    catalogue.click("Sign in")
    expect(catalogue.page.get_by_role("alert")).to_have_text(refusal["message"])
    button = catalogue.page.locator("form .button")
    expect(button).to_be_disabled()
    expect(button).to_be_enabled()


def test_lives_below_a_prefix(page: Page, server: Server, watch: Watch) -> None:
    asked = []

    def strip(route: Route) -> None:
        prefix = urlsplit(route.request.url).path.split("/")[1]
        asked.append(prefix)
        headers = route.request.headers | {"x-forwarded-prefix": f"/{prefix}"}
        route.continue_(url=route.request.url.replace(f"/{prefix}/", "/", 1), headers=headers)

    page.route("**/*", strip)
    catalogue = CataloguePage(page, f"{server.url}/films")
    catalogue.register(an_email(), a_password())
    catalogue.open("?q=рокетм")
    catalogue.heart("Рокетмен").click()
    catalogue.click("Favorites", "link")
    expect(catalogue.films).to_have_text(["Рокетмен"])
    page.goto(f"{server.url}/films/nowhere")
    catalogue.click("To the films", "link")
    expect(catalogue.films.first).to_be_visible()
    assert set(asked) == {"films"}
    assert watch.refused == [("GET", "/nowhere", 404)]


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_is_accessible(
    browser: Browser, server: Server, watch: Watch, theme: Literal["light", "dark"], width: int
) -> None:
    """axe-core checks contrast, names, roles and landmarks."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=theme,
        locale="en",
        reduced_motion="reduce",
    )
    watch.over(context)
    catalogue = CataloguePage(context.new_page(), server.url)
    found = {}

    def examine(state: str) -> None:
        found[state] = Axe().run(catalogue.page).generate_snapshot()
        assert catalogue.page.evaluate("document.documentElement.scrollWidth") <= width, state

    catalogue.open("?view=register")
    catalogue.fill(E_mail="nobody@nowhere", Password="short")
    catalogue.click("Register")
    expect(catalogue.page.get_by_text("Length must be")).to_be_visible()
    examine("refused registration")
    catalogue.register(an_email(), a_password())
    for state in STATES:
        catalogue.open(state)
        examine(state)
    catalogue.page.goto(f"{server.url}/nowhere")
    examine("404")
    assert found == dict.fromkeys(found, "")
    context.close()
