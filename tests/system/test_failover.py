"""The loss of the primary or of a standby while users send requests."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from httpx import codes

from tests.contract.client import Api
from tests.support.postgresql import PostgreSQL
from tests.support.waiting import wait_for
from tests.system.people import WrongAnswer
from tests.system.replication import (
    FIRST_WRITE_SECONDS,
    busy_people,
    promote,
    replicated,
    wait_for_standbys,
)
from tests.system.requests import GRACE_SECONDS

# The seconds from the loss of the primary to the promotion of the standby.
NOTICED_SECONDS = 3


@pytest.mark.parametrize(
    ("loss", "people", "instances", "noticed"),
    [
        (PostgreSQL.kill, 4, 1, 0),
        pytest.param(PostgreSQL.kill, 24, 2, NOTICED_SECONDS, marks=pytest.mark.long),
        pytest.param(PostgreSQL.stall, 24, 2, NOTICED_SECONDS, marks=pytest.mark.long),
    ],
    ids=["killed", "killed under load", "stopped under load"],
)
def test_nothing_that_was_acknowledged_is_lost_with_the_primary(
    tmp_path: Path,
    loss: Callable[[PostgreSQL], None],
    people: int,
    instances: int,
    noticed: float,
) -> None:
    with replicated("b", waits_for="b") as servers:
        primary, standby = servers
        with busy_people(tmp_path, servers, people, instances) as crowd:
            loss(primary)
            time.sleep(noticed)
            first_write = promote(standby, crowd)
        assert first_write < FIRST_WRITE_SECONDS + GRACE_SECONDS


@pytest.mark.long
def test_instances_stay_with_the_new_primary_and_the_old_one_can_follow_it(tmp_path: Path) -> None:
    with replicated("b", waits_for="b") as servers:
        old, new = servers
        with busy_people(tmp_path, servers, 8) as crowd:
            old.stall()
            promote(new, crowd)
            old.resume()  # It still considers itself the primary.
            crowd.be_busy()
            old.stop()
            old.rewind(new)
            old.start()
            wait_for_standbys(new, 1, "a")
            crowd.be_busy()
            new.kill()
            promote(old, crowd)


@pytest.mark.long
def test_writes_are_refused_while_the_only_standby_is_lost_and_reads_go_on(tmp_path: Path) -> None:
    with replicated("b", waits_for="b") as servers:
        _, standby = servers
        with busy_people(tmp_path, servers, 8) as crowd:
            standby.kill()
            wait_for(lambda: len(crowd.refusals()) > len(crowd.people))
            for url in crowd.urls:
                with Api(url) as api:
                    assert api.get("/movies/1/").status_code == codes.OK
            standby.start()
            crowd.be_busy()


@pytest.mark.long
def test_the_loss_of_one_of_two_standbys_goes_unnoticed(tmp_path: Path) -> None:
    with replicated("b", "c", waits_for="ANY 1 (b, c)") as servers:
        _, standby, _ = servers
        with busy_people(tmp_path, servers, 8) as crowd:
            standby.kill()
            crowd.be_busy()
        assert crowd.refusals() == []


@pytest.mark.long
def test_people_notice_what_is_lost_where_commits_do_not_wait_for_a_standby(
    tmp_path: Path,
) -> None:
    """Otherwise the other tests would prove nothing."""

    def lose_what_the_standby_has_not(primary: PostgreSQL, standby: PostgreSQL) -> None:
        with busy_people(tmp_path, [primary, standby], 8, instances=1) as crowd:
            standby.stop()
            crowd.be_busy()
            primary.kill()
            standby.start()
            promote(standby, crowd)

    with replicated("b", waits_for="") as servers, pytest.raises(WrongAnswer):
        lose_what_the_standby_has_not(*servers)
