"""`./dev lab` starts with the same world, and breaks the same requests, each time."""

from pathlib import Path

import pytest
from httpx import codes

from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.contract.client import Api
from tests.support.projects import is_served, refusal, started
from tests.support.waiting import wait_for


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"WORKERS": "2"}, "WORKERS must be 1 for ./dev lab"),
        ({"LAB_DELAY_MS": "slow"}, "LAB_DELAY_MS must be a whole number from 0 to 30000, or"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_told_in_a_sentence(
    project: Path, tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    assert sentence in refusal(project, tmp_path, "lab", **settings)


def test_a_seed_breaks_the_same_requests_over_restarts(project: Path, tmp_path: Path) -> None:
    settings = {"LAB_SEED": "7", "LAB_FAILURE_PERCENT": "20", "LAB_DELAY_MS": "1-5"}
    seen: list[list[int]] = []
    for _ in range(2):
        with started(project, tmp_path, "lab", **settings) as server:
            wait_for(lambda: is_served(server), 60)
            with Api(server.url) as api:
                statuses = [api.get(f"/movies/{number}/").status_code for number in range(1, 41)]
                account = api.log_in(DEMO_EMAIL, DEMO_PASSWORD).status_code
            seen.append([*statuses, account])
    assert seen[0] == seen[1]
    assert {codes.OK, codes.SERVICE_UNAVAILABLE} == set(seen[0])
