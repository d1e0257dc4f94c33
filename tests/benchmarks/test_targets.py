"""What the targets compare, and what is asked for it."""

from __future__ import annotations

from itertools import islice
from unittest.mock import create_autospec

import pytest

from benchmarks.load import REFERENCE, Side, sides
from benchmarks.servers import Server
from benchmarks.targets import ratios

SIZES = [1000, REFERENCE]


@pytest.fixture(scope="module", name="measured")
def _measured() -> dict[str, Side]:
    """All sides by name, of servers that do not run."""
    server = create_autospec(Server, instance=True, spec_set=True)
    server.get.return_value = 1000, '"tag"'
    return {side.name: side for side in sides(SIZES, lambda *_: server)}


def test_compares_what_is_measured(measured: dict[str, Side]) -> None:
    compared = {name for ratio in ratios(SIZES) for name in (ratio.side, ratio.other)}
    assert compared - set(measured) == set()


@pytest.mark.parametrize("name", ["first 1000", "any 1000", "fastapi any 1000", "search long 1000"])
def test_asks_for_nothing_twice_that_is_to_be_new(measured: dict[str, Side], name: str) -> None:
    side = measured[name]
    rounds = [list(islice(side.paths(), 100)) for _ in range(2)]
    assert len({path for paths in rounds for path in paths}) == 200
