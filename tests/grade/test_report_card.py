"""The report card of our own server as it is, and of one that breaks ten promises."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from config import Config
from tests.grade.broken import BREAKAGES
from tests.grade.runs import Graded, Run
from tests.support.databases import Databases
from tests.support.servers import LIMITS, prepare, serve

# As they are where nobody sets them. Only on Linux a machine has other addresses to come from.
DEFAULT_LIMITS = {name: "{}/{}".format(*getattr(Config, name)) for name in LIMITS}
LIMITS_HERE = DEFAULT_LIMITS if sys.platform == "linux" else {}
APPLICATIONS = {"sound": "app:create_app", "broken": "tests.grade.broken:create_app"}


@pytest.fixture(scope="module")
def graded(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Graded]]:
    """Both servers, examined at the same time."""
    runs = {}
    with ExitStack() as stack:
        for name, application in APPLICATIONS.items():
            folder = tmp_path_factory.mktemp(name)
            url = databases.new("sqlite")
            prepare(url)
            log = folder / "log"
            started = serve(url, log, workers=2, application=application, **LIMITS_HERE)
            runs[name] = Run(stack.enter_context(started).url, folder)
        yield {name: run.result() for name, run in runs.items()}


def test_our_own_server_keeps_every_promise(graded: dict[str, Graded]) -> None:
    sound = graded["sound"]
    assert (sound.code, sound.errors) == (0, "")
    assert sound.promises("broken") == sound.promises("unchecked") == set()
    assert sound.card["brief"]["kept"] + sound.card["beyond"]["kept"] > 240


def test_of_the_broken_server_exactly_its_ten_promises_are_named(
    graded: dict[str, Graded],
) -> None:
    assert len(BREAKAGES) == 10
    assert graded["broken"].promises("broken") == set(BREAKAGES)


def test_nothing_else_suffers_from_what_is_broken(graded: dict[str, Graded]) -> None:
    broken = graded["broken"]
    assert broken.promises("unchecked") == set()
    assert broken.promises("kept") == graded["sound"].promises("kept") - set(BREAKAGES)


def test_a_broken_promise_is_told_by_the_exit_code_and_the_summary(
    graded: dict[str, Graded],
) -> None:
    broken = graded["broken"]
    assert (broken.code, broken.errors) == (1, "")
    assert f"{broken.card['brief']['kept']} of {broken.card['brief']['kept'] + 1} kept" in (
        broken.output
    )


@pytest.mark.parametrize(
    "line",
    [
        "GET /movies/?status=NEW",
        "GET /movies/?page=0 answered 200: expected 400",
        "GET /directors?page=2&per_page=1 answered 308",
        "GET /user/?access_token=",
    ],
)
def test_the_card_says_what_was_asked_and_what_came(graded: dict[str, Graded], line: str) -> None:
    assert line in graded["broken"].output
