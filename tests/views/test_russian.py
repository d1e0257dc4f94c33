"""Errors and documents in Russian, for who prefers it; in English for everybody else."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from tests.views.conftest import failing

RUSSIAN = {"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.8"}
LOGIN = ("POST", "/auth/login/")
DOCUMENTS = ("/swagger.json", "/openapi.json")
JSON = {"Content-Type": "application/json"}


def words(response: TestResponse, name: str) -> set[str]:
    return {word.strip() for word in ",".join(response.headers.getlist(name)).split(",") if word}


@pytest.mark.parametrize(
    ("request_", "english", "russian"),
    [
        (
            ("GET", "/movies/404/", {}),
            "There is no film with this id.",
            "Фильма с таким id нет.",
        ),
        (
            ("GET", "/movies/", {"query_string": "x" * 2001}),
            "A query string has at most 2,000 bytes.",
            "Строка запроса не длиннее 2\N{NO-BREAK SPACE}000 байт.",
        ),
        (
            (*LOGIN, {"json": {"email": "nobody", "x": 1}}),
            "email: An email address must have an @-sign. "
            "password: Missing data for required field. x: Unknown field.",
            "email: В адресе должен быть знак @. password: Это поле обязательно. "
            "x: Такого поля нет.",
        ),
        (
            (*LOGIN, {"data": b"[1,]", "headers": JSON}),
            "The body is not valid JSON: trailing comma is not allowed: line 1 column 3 (char 2).",
            "Тело запроса — неправильный JSON: лишняя запятая в конце: "
            "строка 1, столбец 3 (символ 2).",
        ),
    ],
)
def test_an_error_is_in_the_language_that_the_client_prefers(
    client: FlaskClient, request_: tuple[str, str, dict[str, Any]], english: str, russian: str
) -> None:
    method, path, sent = request_
    for preferred, language, message in (({}, "en", english), (RUSSIAN, "ru", russian)):
        headers = sent.get("headers", {}) | preferred
        response = client.open(path, method=method, **{**sent, "headers": headers})
        assert response.json["message"] == message
        assert response.headers["Content-Language"] == language
        assert "Accept-Language" in words(response, "Vary")


def test_seconds_are_in_the_form_that_their_number_needs(client: FlaskClient) -> None:
    wrong = {"email": "throttled@example.com", "password": "wrong"}
    responses = [client.post("/auth/login/", json=wrong, headers=RUSSIAN) for _ in range(11)]
    assert responses[-1].status_code == 429
    assert 0 < int(responses[-1].headers["Retry-After"]) <= 300
    form = r"(\d*(?<!1)1 секунду|\d*(?<!1)[2-4] секунды|\d*([05-9]|1[1-4]) секунд)"
    assert re.fullmatch(
        rf"Слишком много попыток\. Попробуйте снова через {form}\.",
        responses[-1].json["message"],
    )


def test_an_outage_is_told_in_russian(client: FlaskClient, engine: Engine) -> None:
    with failing(engine, OperationalError("", {}, Exception())):
        response = client.get("/movies/5/", headers=RUSSIAN)
    message = "База данных не отвечает. Попробуйте ещё раз чуть позже."
    assert (response.status_code, response.json["message"]) == (503, message)


def test_a_list_is_the_same_in_all_languages(client: FlaskClient) -> None:
    """Caches need one of it, the server's own included."""
    english, russian = client.get("/movies/?page=1"), client.get("/movies/?page=1", headers=RUSSIAN)
    for response in (english, russian):
        assert "Content-Language" not in response.headers
        assert "Accept-Language" not in words(response, "Vary")
    assert english.headers["ETag"] == russian.headers["ETag"]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_is_in_the_language_of_each_request(client: FlaskClient, path: str) -> None:
    """What the first caller got is nothing to the second; each language has its entity tag."""
    russian, english = client.get(path, headers=RUSSIAN), client.get(path)
    for response, language, summary in (
        (russian, "ru", "Список фильмов"),
        (english, "en", "List films"),
    ):
        summaries = [
            methods["get"]["summary"]
            for path_of_it, methods in response.json["paths"].items()
            if path_of_it.strip("/") == "movies"
        ]
        assert summaries == [summary]
        assert response.headers["Content-Language"] == language
        assert "Accept-Language" in words(response, "Vary")
    tag = {"If-None-Match": russian.headers["ETag"]}
    assert client.get(path, headers=RUSSIAN | tag).status_code == 304
    assert client.get(path, headers=tag).status_code == 200


def test_both_guides_tell_of_the_same(client: FlaskClient) -> None:
    """They have the same sections, and name the same code."""
    guides = [
        client.get("/swagger.json", headers=headers).json["info"]["description"]
        for headers in ({}, RUSSIAN)
    ]
    english, russian = (guide.splitlines() for guide in guides)
    assert sum(line.startswith("## ") for line in english) == sum(
        line.startswith("## ") for line in russian
    )
    names = [set(re.findall(r"`([^`]+)`", guide)) for guide in guides]
    assert names[0] - names[1] == set()
    assert "$" not in guides[1]


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
    assert "Accept-Language" in words(response, "Vary")
