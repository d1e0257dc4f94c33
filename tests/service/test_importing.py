from contextlib import nullcontext
from unittest.mock import Mock

import pytest

from dao.catalogue import CatalogueDAO
from dao.importing import Differences, MergeDAO, RemovalDAO, StagingDAO
from helpers.catalogue import Catalogue, CatalogueMovie
from service.errors import Conflict
from service.importing import ImportService, batches
from service.importing.report import refuse_other_movies
from tests.service.doubles import Clock, double_of, recorded_transaction

CATALOGUE = Catalogue(
    source="demo",
    genres=["Drama"],
    directors={"3": "Tarkovsky"},
    movies=[CatalogueMovie(external_id="1", title="A", year=1, genre="Drama", director_id="3")],
    size=1,
)
STEPS = ["begin", "commit", "roll_back"]


@pytest.fixture
def doubles() -> Mock:
    """The parent of the doubles: `mock_calls` has the calls of all of them, in order.

    One film is new, and so are its genre and director. No other import runs, or has left anything.
    """
    parent = Mock(spec=STEPS)
    parent.attach_mock(double_of(StagingDAO), "staging")
    parent.attach_mock(double_of(MergeDAO), "merge")
    parent.attach_mock(double_of(RemovalDAO), "removal")
    parent.attach_mock(double_of(CatalogueDAO), "catalogue")
    parent.attach_mock(Mock(spec=STEPS), "aside")
    parent.attach_mock(Mock(spec=[], return_value=None), "pause")
    parent.attach_mock(Mock(spec=[], return_value=nullcontext(True)), "exclusive_lock")
    parent.staging.stage_movies.side_effect = list
    parent.staging.compare.return_value = Differences(
        movies=1, new_genres=1, new_directors=1, new_movies=1
    )
    parent.merge.blocks_writers = True
    parent.merge.delete_invisible_rows.return_value = 0
    parent.merge.add_directors.side_effect = [1, 0, 0]
    parent.merge.add_movies.side_effect = [1, 0, 0]
    return parent


@pytest.fixture
def service(doubles: Mock) -> ImportService:
    return ImportService(
        doubles.staging,
        doubles.merge,
        doubles.removal,
        doubles.catalogue,
        doubles.exclusive_lock,
        transaction=recorded_transaction(doubles),
        staging_transaction=recorded_transaction(doubles.aside),
        clock=Clock(1_700),
        pause=doubles.pause,
    )


def calls(doubles: Mock) -> list[str]:
    """What is done inside and outside of transactions, in its order."""
    return [name for name, _, _ in doubles.mock_calls if name not in ("exclusive_lock", "pause")]


def load(service: ImportService) -> None:
    service.load(CATALOGUE, lambda *_: None)


def stop_the_clock_at(monkeypatch: pytest.MonkeyPatch, *seconds: float) -> None:
    """Let the service read these times, one after the other: a batch begins, and a batch ends."""
    times = iter(seconds)
    monkeypatch.setattr(batches, "perf_counter", lambda: next(times))


def test_adds_what_is_new_unseen_and_publishes_it_in_one_last_transaction(
    service: ImportService, doubles: Mock
) -> None:
    load(service)
    assert calls(doubles) == [
        *("aside.begin", "staging.prepare", "staging.stage_genres", "staging.stage_directors"),
        *("staging.stage_movies", "aside.commit"),
        *("aside.begin", "staging.compare", "aside.commit"),
        *("begin", "merge.delete_invisible_rows", "commit"),
        *("begin", "merge.freeze_visible_rows", "merge.add_genres", "commit"),
        *("begin", "merge.add_directors", "commit", "begin", "merge.add_directors", "commit"),
        *("begin", "merge.add_movies", "commit", "begin", "merge.add_movies", "commit"),
        *("begin", "merge.update_directors", "merge.update_movies", "catalogue.publish", "commit"),
    ]
    doubles.catalogue.publish.assert_called_once_with(1_700)


@pytest.mark.parametrize(("renamed", "published"), [(1, True), (0, False)])
def test_publishes_what_differs_and_nothing_else(
    service: ImportService, doubles: Mock, renamed: int, published: bool
) -> None:
    doubles.staging.compare.return_value = Differences(movies=1, renamed_directors=renamed)
    load(service)
    assert doubles.catalogue.publish.called == published
    assert doubles.merge.freeze_visible_rows.called == published


def test_does_fewer_at_a_time_where_that_takes_long(
    service: ImportService, doubles: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_the_clock_at(monkeypatch, 0.0, 0.01, 10.0, 10.01, 20.0, 20.01, 30.0, 32.0, 40.0, 40.0)
    doubles.merge.delete_invisible_rows.side_effect = [1, 1, 1, 1, 0]
    doubles.staging.compare.return_value = Differences(movies=1)
    load(service)
    limits = [call.args[0] for call in doubles.merge.delete_invisible_rows.mock_calls]
    assert limits == [500, 1000, 2000, 4000, 500]


def test_leaves_time_to_other_writers(
    service: ImportService, doubles: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_the_clock_at(monkeypatch, 0.0, 0.0, 0.0, 0.06, 1.0, 1.0, 1.0, 1.09, 2.0, 2.0)
    load(service)
    assert [round(call.args[0], 3) for call in doubles.pause.mock_calls] == [0.02, 0.03]


def test_adds_many_at_a_time_where_others_can_write_meanwhile(
    service: ImportService, doubles: Mock
) -> None:
    doubles.merge.blocks_writers = False
    load(service)
    assert {call.args[2] for call in doubles.merge.add_movies.mock_calls} == {20_000}
    doubles.pause.assert_not_called()


@pytest.mark.parametrize(
    ("new", "retitled", "refused"),
    [(7, 2, False), (4, 3, False), (5, 3, True), (0, 5, False)],
)
def test_most_films_may_not_get_another_title(new: int, retitled: int, refused: bool) -> None:
    found = Differences(movies=10, new_movies=new, retitled_movies=retitled)
    with pytest.raises(Conflict) if refused else nullcontext():
        refuse_other_movies(found)
