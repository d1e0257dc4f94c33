"""PostgreSQL with standbys, and users during the loss of a server."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support.postgresql import PostgreSQL, postgresql, standby_of
from tests.support.processes import workers
from tests.support.servers import prepare
from tests.support.waiting import wait_for
from tests.system.conftest import starting
from tests.system.crowd import Crowd
from tests.system.requests import GRACE_SECONDS, REFUSED_SECONDS

# From the promotion to the first acknowledged write.
FIRST_WRITE_SECONDS = 2


@contextmanager
def replicated(*standbys: str, waits_for: str) -> Iterator[list[PostgreSQL]]:
    """A primary called `a` with the demo catalogue, and standbys with these names.

    Commits wait for the standbys in `waits_for`, as in `synchronous_standby_names`.
    """
    with ExitStack() as stack:
        primary = stack.enter_context(postgresql(cluster_name="a", wal_keep_size="256MB"))
        prepare(primary.url)
        copies = [stack.enter_context(standby_of(primary, name)) for name in standbys]
        wait_for_standbys(primary, len(copies), waits_for)
        yield [primary, *copies]


def wait_for_standbys(primary: PostgreSQL, number: int, waits_for: str) -> None:
    """Make commits wait for these standbys, and wait until that number of standbys follows."""
    # Earlier, every write would have waited for the first base backup.
    primary.execute(
        f"ALTER SYSTEM SET synchronous_standby_names = '{waits_for}'", "SELECT pg_reload_conf()"
    )
    kinds = {"sync", "quorum"} if waits_for else {"async"}
    states = "SELECT sync_state FROM pg_stat_replication"
    wait_for(lambda: sum(state in kinds for (state,) in primary.execute(states)) == number)


def url_of(servers: list[PostgreSQL]) -> str:
    """Return a URL of several servers, of which the driver uses the one that accepts writes."""
    hosts = ",".join("127.0.0.1" for _ in servers)
    ports = ",".join(str(server.port) for server in servers)
    query = f"host={hosts}&port={ports}&target_session_attrs=read-write"
    return f"postgresql://postgres@/postgres?{query}"


@contextmanager
def busy_people(
    folder: Path, servers: list[PostgreSQL], number: int, instances: int = 2
) -> Iterator[Crowd]:
    """Users keep using instances before, during and after the body.

    At the end, every request has had a response, every refusal was in time, no process of an
    instance was replaced, and each instance shows everything that was acknowledged.
    """
    with starting(folder) as start, ExitStack() as stack:
        # A refresh whose response was lost is repeated once the database is back.
        url = url_of(servers)
        started = [start(url, REFRESH_GRACE_SECONDS="120") for _ in range(instances)]
        processes = [workers(instance.process.pid) for instance in started]
        crowd = Crowd([instance.url for instance in started], number, stack)
        crowd.be_busy()
        yield crowd
        crowd.be_busy()
        crowd.go_home()
        assert crowd.failures() == []
        assert max(crowd.refusals(), default=0) < REFUSED_SECONDS + GRACE_SECONDS
        assert [workers(instance.process.pid) for instance in started] == processes
        crowd.assert_all_is_shown()


def promote(standby: PostgreSQL, crowd: Crowd) -> float:
    """Promote a standby, and return the seconds until the next acknowledged write."""
    asked = time.monotonic()
    standby.promote()
    promoted = time.monotonic()
    crowd.be_busy()
    first = next((write for write in crowd.writes() if write > asked), promoted + 60)
    return first - promoted
