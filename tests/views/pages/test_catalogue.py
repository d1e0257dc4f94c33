"""The catalogue page and its files: security policy and caching."""

import re

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

PATHS = re.compile(r'(?:href|src|data-api)="(/[^"]*)"')


@pytest.fixture
def modules(client: FlaskClient) -> list[str]:
    """The paths of the modules that the page preloads."""
    page = client.get("/").text
    return re.findall(r'rel="modulepreload" href="([^"]+)"', page)


def test_the_page_runs_nothing_but_its_own_files(client: FlaskClient) -> None:
    response = client.get("/")
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    inline = r"<style|<script(?! type=.module. src=)|\son\w+=|\sstyle="
    assert re.findall(inline, response.text) == []


def test_the_page_comes_without_the_database(client: FlaskClient, statements: list[str]) -> None:
    assert client.get("/").status_code == 200
    assert statements == []


@pytest.mark.parametrize(
    ("accepted", "language"), [("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("de", "en")]
)
def test_the_page_is_in_the_language_of_the_browser(
    client: FlaskClient, accepted: str, language: str
) -> None:
    page = client.get("/", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}"' in page.text
    assert "Accept-Language" in page.vary


def test_browsers_ask_each_time_whether_the_page_is_current(client: FlaskClient) -> None:
    response = client.get("/")
    assert response.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/?film=9", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_all_that_the_page_needs_is_there(client: FlaskClient) -> None:
    paths = PATHS.findall(client.get("/").text)
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert len(paths) > 10


def test_modules_import_each_other_in_one_version(client: FlaskClient, modules: list[str]) -> None:
    """Modules import their siblings by relative names, and the page preloads every one of them."""
    names = {path.rpartition("/")[2] for path in modules}
    sources = [client.get(path).text for path in modules]
    imported = {name for source in sources for name in re.findall(r'from "([^"]+)"', source)}
    assert {name.removeprefix("./") for name in imported} == names - {"app.js"}
    assert {name[:2] for name in imported} == {"./"}


def test_the_page_has_the_texts_that_it_says_and_no_others(
    client: FlaskClient, modules: list[str]
) -> None:
    sources = {path.rpartition("/")[2]: client.get(path).text for path in modules}
    texts = set(re.findall(r"^  (\w+): \[", sources.pop("texts.js"), re.MULTILINE))
    said = client.get("/").text + "".join(sources.values())
    assert set(re.findall(r'(?:say\(|data-say=)"(\w+)"', said)) - texts == set()
    assert {text for text in texts if f'"{text}"' not in said} == set()


def test_the_icon_is_there_where_browsers_look_for_one(client: FlaskClient) -> None:
    response = client.get("/favicon.ico")
    assert response.mimetype == "image/x-icon"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert response.data[:4] == bytes((0, 0, 1, 0))
