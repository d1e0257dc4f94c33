from __future__ import annotations

from threading import Barrier, Event, Thread

import pytest

from views.http.cache.spooled import Body, spool
from views.http.cache.store import MAX_SPELLING_LENGTH, MAX_SPELLINGS, Answer, KeptAnswers, Shelf

LONG, _ = spool([b"x" * 300_000])


def an_answer(body: Body = b"[]", revision: int = 1) -> Answer:
    return Answer(revision, [], body, "/movies/")


def test_keeps_an_answer_by_its_key_and_its_spelling() -> None:
    kept, answer = KeptAnswers(), an_answer()
    kept.put("key", "/movies/?page=1", answer)
    assert kept.get("key", 1) is answer
    assert kept.spelled("/movies/?page=1") is answer


def test_gives_no_answer_of_another_revision() -> None:
    kept = KeptAnswers()
    kept.put("key", "/movies/", an_answer(revision=1))
    assert kept.get("key", 2) is None


def test_knows_nothing_that_it_was_not_given() -> None:
    kept = KeptAnswers()
    assert kept.get("key", 1) is None
    assert kept.spelled("/movies/") is None


def test_all_spellings_share_one_answer() -> None:
    kept, answer = KeptAnswers(), an_answer()
    kept.put("key", "/movies/", answer)
    kept.put("key", "/movies/?x=1", answer)
    assert kept.spelled("/movies/") is kept.spelled("/movies/?x=1") is answer


@pytest.mark.parametrize("body", [b"short", LONG], ids=["in memory", "in a file"])
def test_replaces_an_answer_whatever_holds_it(body: Body) -> None:
    kept, newer = KeptAnswers(), an_answer(body, revision=2)
    kept.put("key", "/movies/", an_answer(LONG, revision=1))
    kept.put("key", "/movies/", newer)
    assert kept.spelled("/movies/") is newer


def test_forgets_a_spelling_rather_than_remember_too_many() -> None:
    kept = KeptAnswers()
    for number in range(MAX_SPELLINGS + 1):
        kept.put("key", f"/movies/?x={number}", an_answer())
    assert kept.spelled("/movies/?x=0") is None
    assert kept.spelled("/movies/?x=1") is not None


def test_remembers_no_spelling_that_is_very_long() -> None:
    kept, address = KeptAnswers(), "/movies/?x=" + "1" * MAX_SPELLING_LENGTH
    kept.put("key", address, an_answer())
    assert kept.spelled(address) is None
    assert kept.get("key", 1) is not None


def test_a_shelf_drops_what_was_not_used_for_longest() -> None:
    shelf = Shelf(most_bytes=3 * an_answer(b"x" * 100).weight)
    answers = {name: an_answer(b"x" * 100) for name in "abcd"}
    for name in "abc":
        shelf.put(name, answers[name])
    shelf.get("a")
    shelf.put("d", answers["d"])
    assert [name for name in "abcd" if shelf.get(name)] == ["a", "c", "d"]


def test_a_shelf_weighs_a_replaced_answer_once() -> None:
    shelf = Shelf(most_bytes=2 * an_answer(b"x" * 100).weight)
    shelf.put("a", an_answer())
    for _ in range(10):
        shelf.put("b", an_answer(b"x" * 100))
    assert shelf.get("a")


def test_a_shelf_keeps_nothing_that_is_larger_than_itself() -> None:
    shelf = Shelf(most_bytes=1000)
    shelf.put("a", an_answer(b"x" * 2000))
    assert shelf.get("a") is None


def test_one_thread_at_a_time_makes_an_answer() -> None:
    kept, inside, together = KeptAnswers(), [], Barrier(4)

    def make() -> None:
        together.wait(5)
        with kept.making("key"):
            inside.append("in")
            inside.append("out")

    makers = [Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert inside == ["in", "out"] * 4


def test_different_answers_are_made_side_by_side() -> None:
    kept, done = KeptAnswers(), Event()

    def make() -> None:
        with kept.making("another"):
            done.set()

    with kept.making("key"):
        maker = Thread(target=make)
        maker.start()
        assert done.wait(5)
    maker.join()
