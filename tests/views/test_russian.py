"""Documents in Russian for clients that prefer it, and in English for all others."""

import re

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

RUSSIAN = {"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.8"}


def test_a_list_is_the_same_in_all_languages(client: FlaskClient) -> None:
    """Caches, including the server's own, keep a single version of a list."""
    english, russian = client.get("/movies/?page=1"), client.get("/movies/?page=1", headers=RUSSIAN)
    assert english.headers["ETag"] == russian.headers["ETag"]
    assert "Content-Language" not in russian.headers
    assert "Accept-Language" not in russian.vary


@pytest.mark.parametrize("path", ["/swagger.json", "/openapi.json"])
def test_a_document_is_in_the_language_of_each_request(client: FlaskClient, path: str) -> None:
    """The response to an earlier client has no influence. Each language has its own entity tag."""
    russian, english = client.get(path, headers=RUSSIAN), client.get(path)
    for response, language, summary in (
        (russian, "ru", "Список фильмов"),
        (english, "en", "List films"),
    ):
        paths = {name.strip("/"): item for name, item in response.json["paths"].items()}
        assert paths["movies"]["get"]["summary"] == summary
        assert response.headers["Content-Language"] == language
        assert "Accept-Language" in response.vary
    tag = {"If-None-Match": russian.headers["ETag"]}
    assert client.get(path, headers=RUSSIAN | tag).status_code == 304
    assert client.get(path, headers=tag).status_code == 200


def test_both_guides_tell_of_the_same(client: FlaskClient) -> None:
    """Both guides have the same number of sections, and mention the same code."""
    english, russian = (
        client.get("/swagger.json", headers=headers).json["info"]["description"]
        for headers in ({}, RUSSIAN)
    )
    sections = [len(re.findall("^## ", guide, re.MULTILINE)) for guide in (english, russian)]
    assert sections[0] == sections[1]
    names = [set(re.findall(r"`([^`]+)`", guide)) for guide in (english, russian)]
    assert names[0] ^ names[1] == set(), "Say it in both guides: views/description*.md."
    assert "$" not in russian


@pytest.mark.parametrize(
    ("headers", "language", "button"), [({}, "en", "Sign in"), (RUSSIAN, "ru", "Войти")]
)
def test_the_page_is_in_the_language_of_its_reader(
    client: FlaskClient, headers: dict[str, str], language: str, button: str
) -> None:
    response = client.get("/docs/", headers=headers)
    assert f'<html lang="{language}">' in response.text
    assert f"<button disabled>{button}</button>" in response.text
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" in response.vary
