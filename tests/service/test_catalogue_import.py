from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from dao.catalogue import CatalogueDAO
from dao.importing import Differences, MergeDAO, StagingDAO
from helpers.catalogue import Catalogue, CatalogueError, CatalogueMovie
from service import catalogue_import
from service.catalogue_import import ImportService, Report
from service.errors import Conflict
from tests.service.doubles import Clock, double_of, recorded_transaction

SOLARIS = CatalogueMovie(
    external_id="1",
    title="Солярис Ё",
    description="An ocean thinks.",
    trailer="",
    year=1972,
    rating=8.1,
    genre="Drama",
    director_id="3",
)
CATALOGUE = Catalogue(
    "demo", ["Drama", "Comedy", "Drama"], {"3": "Tarkovsky"}, [SOLARIS], 1, Counter({"no year": 2})
)
NOTHING = Differences(movies=1)


@pytest.fixture
def staging() -> Mock:
    """One film that is new, of a genre and a director that are new."""
    double = double_of(StagingDAO)
    double.stage_movies.side_effect = list
    double.compare.return_value = Differences(movies=1, new_genres=1, new_directors=1, new_movies=1)
    return double


@pytest.fixture
def merge() -> Mock:
    """No other import has left anything."""
    double = double_of(MergeDAO)
    double.delete_invisible_rows.return_value = 0
    double.add_directors.side_effect = [1, 0]
    double.add_movies.side_effect = [1, 0]
    double.blocks_writers = True
    return double


@pytest.fixture
def alone() -> Mock:
    """No other import is running."""
    return Mock(spec=[], return_value=nullcontext(True))


@pytest.fixture
def pause() -> Mock:
    return Mock(spec=[], side_effect=None)


@pytest.fixture
def rows() -> Mock:
    return double_of(CatalogueDAO)


@pytest.fixture
def doubles(staging: Mock, merge: Mock, rows: Mock) -> Mock:
    """The parent of the doubles: `mock_calls` has the calls of all of them, in order."""
    steps = ["begin", "commit", "roll_back"]
    parent = Mock(spec=steps)
    watched = {"staging": staging, "merge": merge, "catalogue": rows, "aside": Mock(spec=steps)}
    for name, double in watched.items():
        parent.attach_mock(double, name)
    return parent


@pytest.fixture
def service(doubles: Mock, alone: Mock, pause: Mock) -> ImportService:
    return ImportService(
        doubles.staging,
        doubles.merge,
        doubles.catalogue,
        alone,
        recorded_transaction(doubles),
        recorded_transaction(doubles.aside),
        Clock(1_700),
        pause,
    )


def names(doubles: Mock) -> list[str]:
    """The names of the calls, in their order."""
    return [name for name, _, _ in doubles.mock_calls]


def load(service: ImportService, catalogue: Catalogue = CATALOGUE) -> Report:
    return service.load(catalogue, lambda *_: None)


def test_stages_genres_directors_and_films(service: ImportService, staging: Mock) -> None:
    staged: list[Any] = []
    staging.stage_movies.side_effect = staged.extend
    load(service)
    assert list(staging.stage_genres.call_args.args[0]) == ["Drama", "Comedy"]
    assert list(staging.stage_directors.call_args.args[0]) == [("3", "Tarkovsky")]
    assert staged == [SOLARIS]


def test_adds_what_is_new_unseen_and_publishes_it_in_one_last_transaction(
    service: ImportService, doubles: Mock, rows: Mock
) -> None:
    load(service)
    assert names(doubles) == [
        *("aside.begin", "staging.prepare", "staging.stage_genres", "staging.stage_directors"),
        *("staging.stage_movies", "aside.commit"),
        *("aside.begin", "staging.compare", "aside.commit"),
        *("begin", "merge.delete_invisible_rows", "commit"),
        *("begin", "merge.freeze_visible_rows", "merge.add_genres", "commit"),
        *("begin", "merge.add_directors", "commit", "begin", "merge.add_directors", "commit"),
        *("begin", "merge.add_movies", "commit", "begin", "merge.add_movies", "commit"),
        *("begin", "merge.update_directors", "merge.update_movies", "catalogue.publish", "commit"),
    ]
    rows.publish.assert_called_once_with(1_700)


def test_publishes_nothing_where_nothing_differs(
    service: ImportService, staging: Mock, doubles: Mock
) -> None:
    staging.compare.return_value = NOTHING
    load(service)
    begun = names(doubles)[names(doubles).index("begin") :]
    assert begun == ["begin", "merge.delete_invisible_rows", "commit"]


@pytest.mark.parametrize(
    "rows_of",
    ["new_genres", "new_directors", "renamed_directors", "new_movies", "changed_movies"],
)
def test_publishes_whatever_differs(
    service: ImportService, staging: Mock, rows: Mock, rows_of: str
) -> None:
    staging.compare.return_value = Differences(movies=0, **{rows_of: 1})
    load(service)
    rows.publish.assert_called_once_with(1_700)


def test_deletes_all_that_an_unfinished_import_has_left(
    service: ImportService, staging: Mock, merge: Mock
) -> None:
    staging.compare.return_value = NOTHING
    merge.delete_invisible_rows.side_effect = [500, 300, 7, 0]
    load(service)
    assert merge.delete_invisible_rows.call_count == 4


def test_goes_on_after_what_is_added(service: ImportService, staging: Mock, merge: Mock) -> None:
    staging.compare.return_value = Differences(movies=1200, new_movies=1200)
    merge.add_movies.side_effect = [500, 700, 0]
    load(service)
    places = [(source, done) for source, done, _ in (c.args for c in merge.add_movies.mock_calls)]
    assert places == [("demo", 0), ("demo", 500), ("demo", 1200)]


def test_adds_fewer_at_a_time_where_that_takes_long(
    service: ImportService, staging: Mock, merge: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter([0.0, 0.01, 10.0, 10.01, 20.0, 20.01, 30.0, 32.0, 40.0, 40.0])
    monkeypatch.setattr(catalogue_import, "monotonic", lambda: next(now))
    staging.compare.return_value = Differences(movies=9, new_movies=9)
    merge.delete_invisible_rows.side_effect = [1, 1, 1, 1, 0]
    staging.compare.return_value = NOTHING
    load(service)
    limits = [call.args[0] for call in merge.delete_invisible_rows.mock_calls]
    assert limits == [500, 1000, 2000, 4000, 500]


def test_leaves_time_to_other_writers(
    service: ImportService, merge: Mock, pause: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter([0.0, 0.0, 0.0, 0.06, 1.0, 1.0, 1.0, 1.09, 2.0, 2.0])
    monkeypatch.setattr(catalogue_import, "monotonic", lambda: next(now))
    load(service)
    assert [round(call.args[0], 3) for call in pause.mock_calls] == [0.02, 0.03]


def test_adds_many_at_a_time_where_others_can_write_meanwhile(
    service: ImportService, merge: Mock, pause: Mock
) -> None:
    merge.blocks_writers = False
    load(service)
    assert [call.args[2] for call in merge.add_movies.mock_calls] == [20_000, 20_000]
    assert pause.mock_calls == []


def test_reports_what_became_of_the_films(service: ImportService, staging: Mock) -> None:
    staging.compare.return_value = Differences(movies=10, new_movies=3, changed_movies=2)
    report = load(service)
    assert report == Report(read=10, added=3, updated=2, skipped=Counter({"no year": 2}))
    assert report.unchanged == 5


def test_a_comparison_writes_nothing(service: ImportService, doubles: Mock, merge: Mock) -> None:
    report = service.compare(CATALOGUE, lambda *_: None)
    assert report == Report(read=1, added=1, updated=0, skipped=Counter({"no year": 2}))
    assert "begin" not in names(doubles)
    assert merge.mock_calls == []


def test_is_refused_while_another_import_is_running(
    service: ImportService, alone: Mock, staging: Mock
) -> None:
    alone.return_value = nullcontext(False)
    with pytest.raises(Conflict, match=r"^Another import is running\."):
        load(service)
    assert staging.mock_calls == []


def test_writes_nothing_of_a_catalogue_that_proves_to_be_broken(
    service: ImportService, doubles: Mock
) -> None:
    def broken() -> Iterator[CatalogueMovie]:
        yield SOLARIS
        raise CatalogueError("films, line 2: broken.")

    with pytest.raises(CatalogueError):
        load(service, replace(CATALOGUE, movies=broken()))
    assert "begin" not in names(doubles)


def test_publishes_nothing_of_a_load_that_fails(
    service: ImportService, merge: Mock, doubles: Mock
) -> None:
    merge.add_movies.side_effect = ConnectionError
    with pytest.raises(ConnectionError):
        load(service)
    assert "catalogue.publish" not in names(doubles)


def test_tells_how_far_it_is(service: ImportService) -> None:
    told: list[tuple[str, int, int]] = []
    service.load(CATALOGUE, lambda *step: told.append(step))
    assert told == [
        ("Checking films", 1, 1),
        *(("Comparing", 0, 1), ("Comparing", 1, 1)),
        ("Adding directors", 1, 1),
        ("Adding films", 1, 1),
        *(("Publishing", 0, 1), ("Publishing", 1, 1)),
    ]
