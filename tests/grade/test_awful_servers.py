"""Servers that are nothing like the brief get a card too: in plain words, and in bounded time."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.grade import awful
from tests.grade.runs import Graded, Run

# What the card of each says, among much else.
SAID: dict[awful.Treat, str] = {
    awful.shows_a_page: "GET /movies/ answered 200: the answer is no good JSON",
    awful.redirects_and_fails: "answered 500 with a page of HTML",
    awful.limits: "because the server limits attempts (429)",
    awful.has_nothing: "because /movies/ is empty",
    awful.lists_nonsense: "because GET /movies/ answered 200, but no list of objects",
    awful.hangs_up: "GET /movies/: the connection broke (Server disconnected",
    awful.keeps_silent: "because the server does not answer any more",
}
every_server = pytest.mark.parametrize("treat", SAID, ids=lambda treat: treat.__name__)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[awful.Treat, Graded]]:
    """All of them, examined at the same time."""
    with ExitStack() as stack:
        runs = {
            treat: Run(
                stack.enter_context(awful.awful(treat)),
                tmp_path_factory.mktemp(treat.__name__),
                patient=False,
            )
            for treat in SAID
        }
        yield {treat: run.result() for treat, run in runs.items()}


def grade(url: str, folder: Path) -> Graded:
    return Run(url, folder, patient=False).result()


@every_server
def test_the_card_says_what_is_wrong(graded: dict[awful.Treat, Graded], treat: awful.Treat) -> None:
    assert SAID[treat] in graded[treat].output


@every_server
def test_the_exit_code_says_that_not_all_is_well(
    graded: dict[awful.Treat, Graded], treat: awful.Treat
) -> None:
    assert graded[treat].code == 1


@every_server
def test_there_is_no_trace_and_no_other_noise(
    graded: dict[awful.Treat, Graded], treat: awful.Treat
) -> None:
    card = graded[treat]
    assert card.errors == ""
    assert "Traceback" not in card.output
    assert [line for line in card.output.splitlines() if len(line) > 100] == []


@every_server
def test_every_promise_is_accounted_for(
    graded: dict[awful.Treat, Graded], treat: awful.Treat
) -> None:
    card = graded[treat].card
    assert sum(card["brief"].values()) == 28
    assert sum(card["brief"].values()) + sum(card["beyond"].values()) == len(card["promises"])
    reasonless = [
        one["promise"]
        for one in card["promises"]
        if (one["reason"] is None) != (one["outcome"] == "kept")
    ]
    assert reasonless == []


def test_how_to_grade_a_server_with_limits_is_said(graded: dict[awful.Treat, Graded]) -> None:
    assert "LIMIT_REGISTER_IP= LIMIT_LOGIN_PAIR=" in " ".join(graded[awful.limits].output.split())


def test_where_nothing_listens_there_is_nothing_to_grade(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    card = grade(url, tmp_path)
    assert (card.code, card.output) == (2, "")
    assert card.errors.startswith(f"There is nothing to grade at {url}: ")
    assert card.errors.count("\n") == 1


def test_a_server_that_breaks_off_its_first_answer_is_none(tmp_path: Path) -> None:
    with awful.awful(awful.breaks_off) as url:
        card = grade(url, tmp_path)
    assert (card.code, card.output) == (2, "")
    assert "without sending complete message body" in card.errors


def test_a_file_that_cannot_be_written_is_said_before_the_examination(tmp_path: Path) -> None:
    with awful.awful(awful.shows_a_page) as url:
        card = grade(url, tmp_path / "no such folder")
    assert (card.code, card.output) == (2, "")
    assert "that can be written to" in card.errors


@pytest.mark.parametrize("url", ["", "127.0.0.1:25000", "ftp://127.0.0.1", "http://", "http://["])
def test_what_is_no_address_of_a_server_is_said_in_a_line(tmp_path: Path, url: str) -> None:
    card = grade(url, tmp_path)
    assert (card.code, card.output) == (2, "")
    assert (card.errors.count("\n"), "Traceback" in card.errors) == (1, False)
