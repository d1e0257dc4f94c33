"""Unknown paths give a page to browsers, and JSON to other clients."""

import pytest
from flask.testing import FlaskClient

CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
RUSSIAN = {"Accept-Language": "ru"}

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": CHROMIUM},
        {"Accept": CHROMIUM, "Sec-Fetch-Mode": "navigate"},
        {"Accept": "application/json;q=0.5, text/*"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/nowhere", "/movies/404/"])
def test_who_opens_an_address_in_a_browser_gets_a_page(
    client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    response = client.get(path, headers=headers)
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert {"accept", "accept-language", "sec-fetch-mode"} <= response.vary.as_set()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept": "*/*"},
        {"Accept": "application/json, text/html"},
        {"Accept": "text/html;q=0.4, */*;q=0.5"},
        {"Accept": "nonsense"},
        {"Accept": CHROMIUM, "Sec-Fetch-Mode": "no-cors"},
    ],
    ids=str,
)
def test_a_program_gets_json(client: FlaskClient, headers: dict[str, str]) -> None:
    response = client.get("/nowhere", headers=headers)
    assert (response.status_code, response.mimetype) == (404, "application/json")
    assert list(response.json) == ["message"]
    assert {"accept", "accept-language", "sec-fetch-mode"} <= response.vary.as_set()


@pytest.mark.parametrize(("method", "path"), [("POST", "/nowhere"), ("GET", "/movies/?page=0")])
def test_only_browsers_that_navigate_get_a_page(
    client: FlaskClient, method: str, path: str
) -> None:
    response = client.open(path, method=method, headers={"Accept": CHROMIUM})
    assert response.mimetype == "application/json"


def test_the_page_says_why_in_both_languages(client: FlaskClient) -> None:
    english = client.get("/movies/404/", headers={"Accept": CHROMIUM})
    russian = client.get("/movies/404/", headers={"Accept": CHROMIUM, **RUSSIAN})
    assert "There is no film with this id." in english.text
    assert "There is nothing at this address." in english.text
    assert "Фильма с таким id нет." in russian.text
    assert "По этому адресу ничего нет." in russian.text
    assert russian.headers["Content-Language"] == "ru"
