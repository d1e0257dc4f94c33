"""Servers that are nothing like the brief get a card too, in bounded time and without a trace."""

import pytest

from grader.card import Card
from tests.grader import strange
from tests.grader.choices import Choices
from tests.grader.examined import examined, served, with_outcome
from tests.grader.routes import backend
from tests.support.ports import free_port

# What the card of each says first.
SAID: dict[strange.Treat, str] = {
    strange.shows_a_page: "came: 200 (HTML)",
    strange.redirects_and_fails: "came: 500 (HTML)",
    strange.limits: "the server limits attempts (429)",
    strange.has_nothing: "came: 404",
    strange.lists_nonsense: "an object with `access_token` and `refresh_token`",
    strange.hangs_up: "came: disconnected",
}


@pytest.mark.parametrize("treat", SAID, ids=lambda treat: treat.__name__)
def test_the_card_of_a_strange_server_says_what_is_wrong(treat: strange.Treat) -> None:
    with strange.strange(treat) as url:
        summary = examined(url)
    first_screen = "\n".join(list(Card(summary, 100, colors=False).lines())[:24])
    assert SAID[treat] in " ".join(first_screen.split())
    assert not summary.is_passed
    assert all(result.left_out.reason for result in summary.results if not result.cases)


@pytest.mark.parametrize(
    ("treat", "ended"), [(strange.breaks_off, "unreachable"), (strange.keeps_silent, "silent")]
)
def test_a_server_without_answers_is_not_waited_for_long(
    treat: strange.Treat, ended: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.client.REQUEST_SECONDS", 0.1)
    with strange.strange(treat) as url:
        summary = examined(url)
    assert summary.examination.ended == ended
    assert [result.promise.id for result in summary.results if result.outcome == "kept"] == []


def test_where_nothing_listens_there_is_nothing_to_examine() -> None:
    summary = examined(f"http://127.0.0.1:{free_port()}")
    assert (summary.examination.ended, summary.points) == ("unreachable", 0)


@pytest.mark.long
def test_a_slow_server_gets_a_card_of_the_brief_when_time_runs_out() -> None:
    """Its deadline is to its answers as a minute is to those of a second."""
    with served(backend(Choices(answer_seconds=0.31))) as url:
        summary = examined(url, deadline_seconds=0.31 * 60)
    brief = [one for one in summary.results if one.promise.tier == "brief"]
    assert [one.promise.id for one in brief if one.outcome != "kept"] == []
    assert with_outcome(summary, "broken") == set()


def test_what_is_known_is_told_when_time_runs_out() -> None:
    with served(backend(Choices(answer_seconds=0.05))) as url:
        summary = examined(url, deadline_seconds=1)
    assert summary.examination.ended == "deadline"
    assert with_outcome(summary, "broken") == set()
    assert "movies" in with_outcome(summary, "kept")
    assert not summary.is_passed
