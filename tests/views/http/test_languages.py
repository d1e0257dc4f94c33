"""Translation of responses into Russian, depending on `Accept-Language`."""

import pytest
from flask import Flask

from views.http.languages import in_preferred_language, preferred_language, translated
from views.http.languages.translation import Translation, russian_plural

FILMS = Translation(
    {
        "No film.": "Нет фильма.",
        "{count} films": ["{count} фильм", "{count} фильма", "{count} фильмов"],
        "From {least}.": "От {least}.",
        "From {least} to {most}.": "От {least} до {most}.",
        "Not read: {sentence}": "Не прочитано: {sentence}",
    },
    russian_plural,
)

app = Flask(__name__)


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("No\nfilm.", "Нет фильма."),
        ("From 1 to 2.", "От 1 до 2."),
        ("From 1,000,000.", "От 1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000."),
        ("From {x}.", "От {x}."),
        ("Not read: 3 films", "Не прочитано: 3 фильма"),
    ],
)
def test_says_a_sentence_with_what_is_filled_in(english: str, said: str) -> None:
    assert FILMS.translate(english) == said


@pytest.mark.parametrize("english", ["Not read: Mars", "five films", "No film", ""])
def test_says_nothing_that_it_has_no_translation_of(english: str) -> None:
    with pytest.raises(LookupError):
        FILMS.translate(english)


@pytest.mark.parametrize(
    ("form", "counts"),
    [("фильм", [1, 21, 101]), ("фильма", [2, 4, 22]), ("фильмов", [0, 5, 10, 11, 12, 14, 20, 111])],
)
def test_has_the_form_of_the_plural_that_a_number_needs(form: str, counts: list[int]) -> None:
    said = [f"{count} {form}" for count in counts]
    assert [FILMS.translate(f"{count} films") for count in counts] == said


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ru_RU", "ru"),
        ("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"),
        ("en-US,en;q=0.9,ru;q=0.8", "en"),
        ("ru, en", "ru"),
        ("en, ru", "en"),
        ("uk, ru;q=0.8, en;q=0.7", "ru"),
        ("ru;q=0", "en"),
        ("*", "en"),
        ("ru;q=x, \x00, ;;, =", "en"),
        ("", "en"),
    ],
)
def test_prefers_the_language_that_the_client_prefers(header: str, language: str) -> None:
    with app.test_request_context(headers={"Accept-Language": header}):
        assert preferred_language() == language


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"x": ["Unknown field."]}, ({"x": ["Такого поля нет."]}, "ru")),
        (["Unknown field.", "Never said."], (["Unknown field.", "Never said."], "en")),
    ],
)
def test_a_response_has_one_language(texts: object, said: object) -> None:
    """If one sentence has no translation, all of them stay English."""
    with app.test_request_context(headers={"Accept-Language": "ru"}):
        assert in_preferred_language(texts) == said


def test_a_document_stays_as_it_is_but_for_its_sentences() -> None:
    document = {"Success": [{"summary": "Sign in", "in": "path", "minimum": 1, "x": None}]}
    assert translated(document, "ru") == {
        "Success": [{"summary": "Войти", "in": "path", "minimum": 1, "x": None}]
    }
