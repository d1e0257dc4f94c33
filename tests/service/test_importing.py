from contextlib import nullcontext
from itertools import chain
from unittest.mock import Mock

import pytest

from dao.catalogue import CatalogueDAO
from dao.importing import Differences, MergeDAO, RemovalDAO, StagingDAO
from helpers.catalogue import Catalogue, CatalogueMovie
from service.errors import Conflict
from service.importing import ImportService, batches
from service.importing.batches import in_batches
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
    """The parent of the doubles. `mock_calls` records the calls of all of them, in order.

    One film is new, with its genre and director. No other import is running or was interrupted.
    """
    parent = Mock(spec=STEPS)
    parent.attach_mock(double_of(StagingDAO), "staging")
    parent.attach_mock(double_of(MergeDAO), "merge")
    parent.attach_mock(double_of(RemovalDAO), "removal")
    parent.attach_mock(double_of(CatalogueDAO), "catalogue")
    parent.attach_mock(Mock(spec=STEPS), "aside")
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
        exclusive_lock=lambda: nullcontext(True),
        transaction=recorded_transaction(doubles),
        staging_transaction=recorded_transaction(doubles.aside),
        microseconds=Clock(1_700),
        pause=lambda _: None,
    )


def calls(doubles: Mock) -> list[str]:
    """Return the names of all calls in order, transactions included."""
    return [name for name, _, _ in doubles.mock_calls]


def load(service: ImportService) -> None:
    service.load(CATALOGUE, lambda *_: None)


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


def test_batches_that_keep_others_from_writing_are_small_and_leave_them_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A batch is at most twice as large as the previous one, and far smaller if that took long."""
    held = [0.03, 0.03, 0.03, 3.0, 0.0]
    times = chain.from_iterable((0.0, seconds) for seconds in held)
    monkeypatch.setattr(batches, "perf_counter", lambda: next(times))
    work, pause = Mock(side_effect=[1, 1, 1, 1, 0]), Mock()
    assert list(in_batches(work, nullcontext, pause)) == [1, 2, 3, 4]
    assert [made.args[1] for made in work.mock_calls] == [500, 1000, 2000, 4000, 500]
    pauses = [made.args[0] for made in pause.mock_calls]
    assert pauses == pytest.approx([0.01, 0.01, 0.01, 1.0])


@pytest.mark.parametrize(("blocks", "limit"), [(True, 500), (False, 20_000)])
def test_adds_many_at_a_time_where_others_can_write_meanwhile(
    service: ImportService, doubles: Mock, blocks: bool, limit: int
) -> None:
    doubles.merge.blocks_writers = blocks
    load(service)
    assert doubles.merge.add_movies.mock_calls[0].args[2] == limit


@pytest.mark.parametrize(
    ("new", "retitled", "refused"),
    [(7, 2, False), (4, 3, False), (5, 3, True), (0, 5, False)],
)
def test_most_films_may_not_get_another_title(new: int, retitled: int, refused: bool) -> None:
    found = Differences(movies=10, new_movies=new, retitled_movies=retitled)
    with pytest.raises(Conflict) if refused else nullcontext():
        refuse_other_movies(found)
