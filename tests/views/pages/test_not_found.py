"""Who gets a page where there is nothing, and who gets JSON."""

import pytest
from flask.testing import FlaskClient

CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
RUSSIAN = {"Accept-Language": "ru"}

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("accept", "more"),
    [
        (CHROMIUM, {}),
        (CHROMIUM, {"Sec-Fetch-Mode": "navigate"}),
        ("text/html", {}),
        ("text/*", {}),
        ("application/json;q=0.5, text/html", {}),
    ],
)
def test_who_opens_an_address_in_a_browser_gets_a_page(
    client: FlaskClient, accept: str, more: dict[str, str]
) -> None:
    for path in ("/nowhere", "/movies/404/"):
        response = client.get(path, headers={"Accept": accept, **more})
        assert (response.status_code, response.mimetype) == (404, "text/html")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept": ""},
        {"Accept": "*/*"},
        {"Accept": "application/json, text/plain, */*"},
        {"Accept": "application/json, text/html"},
        {"Accept": "text/html;q=0.4, */*;q=0.5"},
        {"Accept": "text/html;q=0"},
        {"Accept": "nonsense"},
        {"Accept": CHROMIUM, "Sec-Fetch-Mode": "cors"},
        {"Accept": CHROMIUM, "Sec-Fetch-Mode": "no-cors"},
    ],
    ids=str,
)
def test_a_program_gets_json(client: FlaskClient, headers: dict[str, str]) -> None:
    response = client.get("/nowhere", headers=headers)
    assert (response.status_code, response.mimetype) == (404, "application/json")
    assert list(response.get_json()) == ["message"]


def test_nobody_but_a_reader_gets_a_page(client: FlaskClient) -> None:
    response = client.post("/nowhere", headers={"Accept": CHROMIUM})
    assert response.mimetype == "application/json"
    assert client.get("/movies/?page=0", headers={"Accept": CHROMIUM}).get_json()["message"]


@pytest.mark.parametrize("accept", [CHROMIUM, "*/*"])
def test_caches_keep_both_apart(client: FlaskClient, accept: str) -> None:
    vary = client.get("/nowhere", headers={"Accept": accept}).vary
    assert {"accept", "accept-language", "sec-fetch-mode"} <= vary.as_set()


def test_the_page_says_why_in_both_languages(client: FlaskClient) -> None:
    english = client.get("/movies/404/", headers={"Accept": CHROMIUM})
    russian = client.get("/movies/404/", headers={"Accept": CHROMIUM, **RUSSIAN})
    assert "There is no film with this id." in english.text
    assert "There is nothing at this address." in english.text
    assert "Фильма с таким id нет." in russian.text
    assert "По этому адресу ничего нет." in russian.text
    assert russian.headers["Content-Language"] == "ru"
    assert "script-src 'self';" in russian.headers["Content-Security-Policy"]
