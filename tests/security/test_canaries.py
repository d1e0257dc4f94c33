"""Secrets that were sent are looked for wherever they could have been left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, make_url, select

from tests.contract.client import Api
from tests.security.canaries import Canaries, a_canary
from tests.security.client import Visitor, log_lines
from tests.security.conftest import NEW_KEY, OLD_KEY
from tests.support.servers import Server

# No addresses, but texts that a parser of addresses would like to quote.
ALMOST_ADDRESSES = [
    "{}",
    "{}@",
    "@{}",
    "{} @example.com",
    "{}\n@example.com",
    '"{}"@example.com',
    "<{}@example.com>",
    "anna@{}",
    "anna@{}_.com",
    "anna@{}☃.com",
    "anna@{}١۱.com",
    "anna@{}א1.com",
    "anna@xn--{}.com",
    "anna@[{}]",
    "anna@[IPv6:{}]",
]


@pytest.fixture(scope="module")
def canaries(server: Server) -> Iterator[Canaries]:
    with Api(server.url) as api:
        sent = Canaries(Visitor(api))
        sent.send_everything()
        yield sent


def found_in(text: str, sought: list[str]) -> list[str]:
    return [secret for secret in sought if secret in text]


def test_no_secret_and_no_address_is_logged(server: Server, canaries: Canaries) -> None:
    log = server.log.read_text("utf-8")
    assert canaries.visitor.ip in log
    assert found_in(log, [*canaries.secrets, canaries.email, OLD_KEY, NEW_KEY, "$argon2"]) == []


@pytest.mark.usefixtures("canaries")
def test_no_input_breaks_a_line_of_the_log(server: Server) -> None:
    """Each line is an object with a time in UTC, and nobody can write one of their own."""
    lines = log_lines(server)
    assert {datetime.fromisoformat(line["time"]).utcoffset() for line in lines} == {timedelta(0)}
    assert "forged" not in {line["event"] for line in lines}


def test_no_answer_repeats_a_secret(canaries: Canaries) -> None:
    """Tokens are in the answers to logins and refreshes, and no secret is in any other."""
    for answer in canaries.answers:
        told = f"{answer.headers}{answer.text}"
        assert found_in(told, [*canaries.secrets, OLD_KEY, NEW_KEY, "$argon2"]) == []


def test_no_secret_is_in_the_database(database_url: str, canaries: Canaries) -> None:
    """Neither a password nor a token, nor what was typed as an address, is there in clear."""
    kept = dump(database_url)
    assert canaries.email in kept
    assert found_in(kept, [*canaries.secrets, OLD_KEY, NEW_KEY]) == []


def dump(database_url: str) -> str:
    """Return all that is in the database: of SQLite also what has been deleted."""
    location = make_url(database_url)
    if location.get_backend_name() == "sqlite":
        file = Path(location.database or "")
        files = sorted(file.parent.glob(f"{file.name}*"))
        return b"".join(each.read_bytes() for each in files).decode("latin-1")
    engine, tables = create_engine(location), MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        rows = [row for table in tables.sorted_tables for row in connection.execute(select(table))]
    engine.dispose()
    return repr(rows)


@pytest.mark.parametrize("form", ALMOST_ADDRESSES)
def test_what_was_typed_as_an_address_is_not_repeated(api: Api, form: str) -> None:
    """Who types a password where the address belongs does not see it in the answer."""
    canary = a_canary()
    answer = api.log_in(form.format(canary), "whatever")
    assert answer.status_code == 400
    assert canary not in answer.text
