"""A planted fault breaks its promise, and at most one other."""

import pytest

from tests.grader.examined import examined, served, with_outcome
from tests.grader.faults import FAULTS
from tests.grader.routes import backend

# One of every kind, always examined.
SOME = (
    "pages of 10",
    "any password",
    "no profile",
    "everybody's favorites",
    "hash in the profile",
    "crash without a token",
    "no cors",
)


@pytest.mark.parametrize(
    "fault",
    [name if name in SOME else pytest.param(name, marks=pytest.mark.long) for name in FAULTS],
)
def test_a_fault_breaks_its_promise_and_at_most_one_other(fault: str) -> None:
    with served(backend(None, fault)) as url:
        broken = with_outcome(examined(url), "broken")
    assert FAULTS[fault] in broken
    assert len(broken) <= 2


def test_every_promise_has_a_fault_that_breaks_it() -> None:
    with served(backend()) as url:
        examined_promises = {result.promise.id for result in examined(url).results}
    assert set(FAULTS.values()) == examined_promises
