"""PgBouncer in transaction mode, with the shipped configuration.

The contract tests also run through it, on the engine "pgbouncer".
"""

from itertools import repeat

import psycopg
import pytest
from sqlalchemy import create_engine, func, select

from helpers.database import ENGINE_MODULES
from tests.contract.client import Api
from tests.support.databases import Databases
from tests.support.servers import run_flask

SETTINGS = {
    "statement_timeout": "4000",
    "lock_timeout": "4000",
    "plan_cache_mode": "force_custom_plan",
}


@pytest.fixture(scope="module")
def direct_url(databases: Databases) -> str:
    return databases.prepared("postgresql")


@pytest.fixture(scope="module")
def database_url(databases: Databases, direct_url: str) -> str:
    """The same database through PgBouncer."""
    return databases.pooled(direct_url)


def test_connections_that_take_turns_with_one_of_its_own_do_not_notice(database_url: str) -> None:
    """Each connection repeats its statements until the driver prepares them."""
    ours = ENGINE_MODULES["postgresql"]
    engine = create_engine(database_url, **ours.engine_options())
    ours.prepare_engine(engine)
    served_by = set()
    with engine.connect() as one, engine.connect() as another:
        for connection in [*repeat(one, 10), *repeat(another, 10)]:
            served_by.add(connection.scalar(select(func.pg_backend_pid())))
            connection.commit()
    engine.dispose()
    assert len(served_by) == 1


def settings(url: str) -> dict[str, str]:
    """Return the settings that our connections request, with times in milliseconds."""
    query = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
    with psycopg.connect(url) as connection:
        return dict(connection.execute(query, [list(SETTINGS)]).fetchall())


def test_its_connections_have_the_settings_that_ours_ask_for(database_url: str) -> None:
    assert settings(database_url) == SETTINGS


@pytest.mark.parametrize(
    "command", [["prepare"], ["load-catalogue", "data/demo_catalogue.json"], ["db", "upgrade"]]
)
def test_what_needs_a_connection_of_its_own_is_refused_and_leaves_nothing_behind(
    direct_url: str, database_url: str, command: list[str]
) -> None:
    done = run_flask(database_url, *command, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(
        "DATABASE_URL leads to a pooler, such as PgBouncer. Name PostgreSQL itself for this: "
        "it needs a connection of its own."
    )
    locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
    with psycopg.connect(direct_url) as direct:
        assert direct.execute(locks).fetchone() == (0,)
    assert settings(database_url) == SETTINGS


def test_what_needs_none_of_its_own_is_done(api: Api, database_url: str) -> None:
    account = api.new_registration()
    assert account.email in run_flask(database_url, "user", "list").stdout
