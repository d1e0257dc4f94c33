"""Secrets appear in no response, in no log and not in the database.

These tests run last, since they inspect what all others have left in the log and the database.
"""

from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from tests.contract.client import Api, a_password
from tests.contract.every_response import PASSWORD_MARK
from tests.support.servers import Server, log_lines

pytestmark = pytest.mark.one_engine

# This would forge a log event if it began a line of the log.
FORGED = '\r\n{"event": "forged"}\x1b[2J'
# All tokens begin with `TOKEN`, and all e-mails of these tests end with `EMAIL`.
TOKEN, EMAIL, HASH = "eyJ", "@example.com", "$argon2"


@pytest.fixture(scope="module")
def misplaced(api: Api) -> list[httpx.Response]:
    """The responses to requests with passwords and tokens in the wrong places."""
    somebody = api.new_account()
    access, refresh = somebody.tokens.values()
    headers = ("Authorization", "Cookie", "Referer", "User-Agent", "X-Request-ID")
    return [
        api.log_in(f"{a_password()}{EMAIL}{FORGED}", somebody.password),
        api.log_in(access, refresh),
        api.guess(somebody.email),
        api.refresh({"access_token": access, "refresh_token": access + FORGED}),
        api.get(f"/{access}"),
        api.get(f"/movies/{access}/"),
        api.get("/%0d%0a%1b"),
        api.get("/movies/", params={"status": access, "genre_id": access + FORGED}),
        *(api.get("/genres/", headers={name: access}) for name in headers),
        api.get("/user/", headers=[(b"Authorization", f"Bearer {access}\x9b".encode("latin-1"))]),
        api.get("/user/", auth=(somebody.email, somebody.password)),
        api.patch("/user/", json={"name": a_password() + FORGED}, headers=somebody.headers),
    ]


def test_no_response_repeats_a_token(misplaced: list[httpx.Response]) -> None:
    told = [f"{response.headers}{response.text}" for response in misplaced]
    assert [text for text in told if TOKEN in text or PASSWORD_MARK in text] == []


@pytest.mark.usefixtures("misplaced")
def test_no_secret_and_no_email_is_logged(server: Server, secret_key: str) -> None:
    log = server.log.read_text("utf-8")
    assert '"event":"password refused"' in log
    assert [one for one in (PASSWORD_MARK, TOKEN, EMAIL, HASH, secret_key) if one in log] == []


@pytest.mark.usefixtures("misplaced")
def test_no_input_breaks_a_line_of_the_log(server: Server) -> None:
    lines = log_lines(server)
    assert {datetime.fromisoformat(line["time"]).utcoffset() for line in lines} == {timedelta(0)}
    assert "forged" not in {line["event"] for line in lines}


@pytest.mark.usefixtures("misplaced")
def test_no_secret_is_in_the_database(database_url: str, secret_key: str) -> None:
    """Deleted rows leave no secret in the database's files either."""
    file = Path(make_url(database_url).database or "")
    contents = [each.read_bytes() for each in file.parent.glob(f"{file.name}*")]
    stored = b"".join(contents).decode("latin-1")
    assert HASH in stored
    assert [one for one in (PASSWORD_MARK, TOKEN, secret_key) if one in stored] == []
