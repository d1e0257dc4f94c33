from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from dao.catalogue import CatalogueDAO
from dao.importing.merge import MergeDAO
from dao.importing.staging import Differences, StagingDAO
from helpers.catalogue.model import Catalogue, CatalogueError, Film
from service import catalogue_import
from service.catalogue_import import ImportService, Report
from service.errors import Conflict
from tests.service.doubles import Clock, double_of, recorded_transaction

SOLARIS = Film(
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
NOTHING = Differences(1, 0, 0, 0, 0, 0)


@pytest.fixture
def staging() -> Mock:
    """One film that is new, of a genre and a director that are new."""
    double = double_of(StagingDAO)
    double.put_films.side_effect = list
    double.compare.return_value = Differences(1, 1, 1, 0, 1, 0)
    return double


@pytest.fixture
def merge() -> Mock:
    """No other import has left anything."""
    double = double_of(MergeDAO)
    double.delete_hidden.return_value = 0
    double.add_directors.side_effect = [1, 0]
    double.add_films.side_effect = [1, 0]
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


def test_stages_genres_directors_and_films_with_a_title_to_sort_by(
    service: ImportService, staging: Mock
) -> None:
    staged: list[Any] = []
    staging.put_films.side_effect = staged.extend
    load(service)
    assert list(staging.put_genres.call_args.args[0]) == ["Drama", "Comedy"]
    assert list(staging.put_directors.call_args.args[0]) == [("3", "Tarkovsky")]
    assert staged == [
        ("1", "Солярис Ё", "солярис е", "An ocean thinks.", "", 1972, 8.1, "Drama", "3")
    ]


def test_adds_what_is_new_unseen_and_publishes_it_in_one_last_transaction(
    service: ImportService, doubles: Mock, rows: Mock
) -> None:
    load(service)
    assert names(doubles) == [
        *("aside.begin", "staging.prepare", "staging.put_genres", "staging.put_directors"),
        *("staging.put_films", "aside.commit"),
        *("aside.begin", "staging.compare", "aside.commit"),
        *("begin", "merge.delete_hidden", "commit"),
        *("begin", "merge.hide_new", "merge.add_genres", "commit"),
        *("begin", "merge.add_directors", "commit", "begin", "merge.add_directors", "commit"),
        *("begin", "merge.add_films", "commit", "begin", "merge.add_films", "commit"),
        *("begin", "merge.update_directors", "merge.update_films", "catalogue.publish", "commit"),
    ]
    rows.publish.assert_called_once_with(1_700)


def test_publishes_nothing_where_nothing_differs(
    service: ImportService, staging: Mock, doubles: Mock
) -> None:
    staging.compare.return_value = NOTHING
    load(service)
    begun = names(doubles)[names(doubles).index("begin") :]
    assert begun == ["begin", "merge.delete_hidden", "commit"]


@pytest.mark.parametrize("position", range(1, 6))
def test_publishes_whatever_differs(
    service: ImportService, staging: Mock, rows: Mock, position: int
) -> None:
    numbers = [int(place == position) for place in range(6)]
    staging.compare.return_value = Differences(*numbers)
    load(service)
    rows.publish.assert_called_once_with(1_700)


def test_deletes_all_that_an_unfinished_import_has_left(
    service: ImportService, staging: Mock, merge: Mock
) -> None:
    staging.compare.return_value = NOTHING
    merge.delete_hidden.side_effect = [500, 300, 7, 0]
    load(service)
    assert merge.delete_hidden.call_count == 4


def test_goes_on_after_what_is_added(service: ImportService, staging: Mock, merge: Mock) -> None:
    staging.compare.return_value = Differences(1200, 0, 0, 0, 1200, 0)
    merge.add_films.side_effect = [500, 700, 0]
    load(service)
    places = [(source, done) for source, done, _ in (c.args for c in merge.add_films.mock_calls)]
    assert places == [("demo", 0), ("demo", 500), ("demo", 1200)]


def test_adds_fewer_at_a_time_where_that_takes_long(
    service: ImportService, staging: Mock, merge: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter([0.0, 0.01, 10.0, 10.01, 20.0, 20.01, 30.0, 32.0, 40.0, 40.0])
    monkeypatch.setattr(catalogue_import, "monotonic", lambda: next(now))
    staging.compare.return_value = Differences(9, 0, 0, 0, 9, 0)
    merge.delete_hidden.side_effect = [1, 1, 1, 1, 0]
    staging.compare.return_value = NOTHING
    load(service)
    limits = [call.args[0] for call in merge.delete_hidden.mock_calls]
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
    assert [call.args[2] for call in merge.add_films.mock_calls] == [20_000, 20_000]
    assert pause.mock_calls == []


def test_reports_what_became_of_the_films(service: ImportService, staging: Mock) -> None:
    staging.compare.return_value = Differences(10, 0, 0, 0, 3, 2)
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
    def broken() -> Iterator[Film]:
        yield SOLARIS
        raise CatalogueError("films, line 2: broken.")

    with pytest.raises(CatalogueError):
        load(service, replace(CATALOGUE, films=broken()))
    assert "begin" not in names(doubles)


def test_publishes_nothing_of_a_load_that_fails(
    service: ImportService, merge: Mock, doubles: Mock
) -> None:
    merge.add_films.side_effect = ConnectionError
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
