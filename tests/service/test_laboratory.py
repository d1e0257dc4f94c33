"""Resets and snapshots of the laboratory."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import Mock, call

import pytest

from helpers.database import Snapshots
from service.errors import Conflict, InvalidInput, NotFound
from service.laboratory import MAX_SNAPSHOTS, LaboratoryService
from tests.service.doubles import double_of


@pytest.fixture
def calls() -> Mock:
    """There are two snapshots besides the seeded one."""
    parent = Mock(spec=["exclusively", "open_again"])
    parent.attach_mock(double_of(Snapshots), "snapshots")
    parent.snapshots.names.return_value = ["seeded", "snapshot-one", "snapshot-two"]
    parent.snapshots.fits.return_value = True
    return parent


@pytest.fixture
def laboratory(calls: Mock) -> LaboratoryService:
    @contextmanager
    def exclusively(replaced: bool) -> Iterator[None]:
        calls.exclusively(replaced)
        yield
        calls.open_again()

    return LaboratoryService(calls.snapshots, exclusively)


def test_the_seeded_world_is_none_of_the_snapshots(laboratory: LaboratoryService) -> None:
    assert laboratory.names() == ["one", "two"]


def test_resets_while_no_other_request_is_inside(
    laboratory: LaboratoryService, calls: Mock
) -> None:
    laboratory.reset()
    assert calls.mock_calls == [
        call.exclusively(True),
        call.snapshots.restore("seeded"),
        call.open_again(),
    ]


@pytest.mark.parametrize(("name", "is_new"), [("one", False), ("a-1", True), ("x" * 40, True)])
def test_saves_a_snapshot_or_replaces_it(
    laboratory: LaboratoryService, calls: Mock, name: str, is_new: bool
) -> None:
    assert laboratory.save(name) is is_new
    assert calls.mock_calls == [
        call.exclusively(False),
        call.snapshots.names(),
        call.snapshots.save(f"snapshot-{name}"),
        call.open_again(),
    ]


@pytest.mark.parametrize("name", ["", "x" * 41, "A", "a_b", "a\n", "١"])
def test_refuses_what_is_no_name(laboratory: LaboratoryService, calls: Mock, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        laboratory.save(name)
    assert refused.value.errors.keys() == {"name"}
    assert calls.mock_calls == []


def test_has_so_many_snapshots_and_no_more(laboratory: LaboratoryService, calls: Mock) -> None:
    names = [f"snapshot-{number}" for number in range(MAX_SNAPSHOTS)]
    calls.snapshots.names.return_value = ["seeded", *names]
    assert laboratory.save("3") is False
    with pytest.raises(Conflict, match=r"^There are 20 snapshots already. Delete one first.$"):
        laboratory.save("another")
    assert calls.snapshots.save.mock_calls == [call("snapshot-3")]


def test_restores_a_snapshot(laboratory: LaboratoryService, calls: Mock) -> None:
    laboratory.restore("two")
    assert calls.mock_calls[0] == call.exclusively(True)
    assert calls.mock_calls[-2:] == [call.snapshots.restore("snapshot-two"), call.open_again()]


def test_does_not_restore_tables_of_another_version(
    laboratory: LaboratoryService, calls: Mock
) -> None:
    calls.snapshots.fits.return_value = False
    with pytest.raises(Conflict, match=r"^Another version of Kinoteka has made this snapshot.$"):
        laboratory.restore("two")
    assert calls.snapshots.restore.mock_calls == []


def test_deletes_a_snapshot(laboratory: LaboratoryService, calls: Mock) -> None:
    laboratory.delete("one")
    assert calls.snapshots.delete.mock_calls == [call("snapshot-one")]


@pytest.mark.parametrize("method", ["restore", "delete"])
@pytest.mark.parametrize("name", ["three", "seeded"])
def test_knows_no_other_snapshot(
    laboratory: LaboratoryService, calls: Mock, method: str, name: str
) -> None:
    with pytest.raises(NotFound, match=r"^There is no snapshot of this name.$"):
        getattr(laboratory, method)(name)
    assert calls.snapshots.restore.mock_calls == calls.snapshots.delete.mock_calls == []
