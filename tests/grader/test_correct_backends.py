"""Backends that keep the brief get full marks, whatever they choose where it is silent."""

import pytest

from tests.grader.choices import Choices
from tests.grader.examined import examined, served, with_outcome
from tests.grader.routes import backend

CHOICES = {
    "the usual": Choices(),
    "without final slash, rows, HTML": Choices(
        slash="without", favorite="row", html_errors=True, repeated=409, registered=204
    ),
    "with final slash, British spelling, nothing is 404": Choices(
        slash="with",
        genre_field="favourite_genre",
        genre_shown="name",
        nothing=404,
        repeated=400,
        registered=200,
        openapi="/openapi.json",
    ),
    "redirects, nested films, no bodies": Choices(
        slash="redirect",
        favorite="nested",
        genre_shown="object",
        patched=204,
        repeated=204,
        refusal=403,
    ),
    "opaque tokens, ids, an echoed origin": Choices(
        tokens="opaque", favorite="id", echoes_origin=True, repeated=201, refusal=400
    ),
    "tokens that end soon, a document behind a page": Choices(
        access_seconds=10, openapi="/static/spec.json", refusal=422, html_errors=True
    ),
    "a limit for every address": Choices(registrations_an_address=10),
}
# HTML errors are a choice, and no good manners.
ILL_MANNERED = {name: {"json-errors"} for name, one in CHOICES.items() if one.html_errors}


@pytest.mark.parametrize("name", CHOICES)
def test_a_correct_backend_gets_full_marks_twice_in_a_row(name: str) -> None:
    with served(backend(CHOICES[name])) as url:
        for _ in range(2):
            summary = examined(url)
            assert with_outcome(summary, "broken") == ILL_MANNERED.get(name, set())
            assert with_outcome(summary, "not examined") == set()
            assert (summary.is_passed, summary.points) == (True, 100)


def test_nothing_that_exists_is_deleted_or_changed() -> None:
    one = backend()
    with served(one) as url:
        examined(url)
    writes = {(method, path) for method, path in one.requests if method not in {"GET", "OPTIONS"}}
    # Of a film that does not exist, to see whether a token is needed.
    catalogue = {
        path for _, path in writes if path.startswith(("/movies", "/genres", "/directors"))
    }
    assert catalogue == {"/movies/2147483647/"}


def test_what_the_data_cannot_show_is_not_examined_and_does_not_count() -> None:
    one = backend()
    one.films = sorted(one.films, key=lambda film: -film["year"])[:5]
    del one.genres[5:], one.directors[5:]
    with served(one) as url:
        summary = examined(url)
    unshown = {"pages", "status-new", "favorites-pages"}
    assert with_outcome(summary, "not examined") == unshown
    assert (summary.is_passed, summary.points) == (True, 100)
