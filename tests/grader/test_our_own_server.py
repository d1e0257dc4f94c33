"""Our own server gets full marks, with its limits and with tokens that end soon."""

from pathlib import Path

import pytest

from tests.grader.examined import examined, with_outcome
from tests.support.databases import ENGINES, Databases
from tests.support.servers import LIMITS, serve

# Those that a server has by itself; an empty value means none.
DEFAULTS = dict(zip(LIMITS, ("10/300", "100/900", "100/86400", "10/60"), strict=True))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("times", [1, pytest.param(2, marks=pytest.mark.long)])
def test_our_own_server_gets_full_marks(
    databases: Databases, tmp_path: Path, engine: str, times: int
) -> None:
    with serve(
        databases.prepared(engine),
        tmp_path / "log",
        workers=1,
        ACCESS_TOKEN_SECONDS="10",
        **DEFAULTS,
    ) as server:
        for _ in range(times):
            summary = examined(server.url, deadline_seconds=300, counts_all=True)
            assert with_outcome(summary, "broken") | with_outcome(summary, "not examined") == set()
            assert (summary.is_passed, summary.points) == (True, 100)
