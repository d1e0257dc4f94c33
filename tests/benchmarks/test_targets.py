"""The sides that each target compares, and the requests that are measured."""

from unittest.mock import create_autospec

import pytest

from benchmarks.load import REFERENCE, Side, sides
from benchmarks.servers import Server
from benchmarks.targets import ratios

SIZES = [1000, REFERENCE]


@pytest.fixture(scope="module", name="measured")
def _measured() -> dict[str, Side]:
    """All sides by name, with mocked servers."""
    server = create_autospec(Server, instance=True, spec_set=True)
    server.get.return_value = 1000, '"tag"'
    return {side.name: side for side in sides(SIZES, lambda *_: server)}


def test_compares_what_is_measured(measured: dict[str, Side]) -> None:
    compared = {name for ratio in ratios(SIZES) for name in (ratio.side, ratio.other)}
    assert compared - set(measured) == set()
