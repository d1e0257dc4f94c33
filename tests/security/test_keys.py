"""The key that signs the tokens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.client import Account, Api
from tests.support.servers import ROOT, environment

SHORT_KEY = "one byte too short: a canary..."


def test_an_older_key_still_opens_and_is_exchanged(renewed: Api, account: Account) -> None:
    """Where the old key is a fallback, nobody has to sign in again because of a new one."""
    assert renewed.whoami(account.tokens).status_code == 200
    assert renewed.refresh(account.tokens).status_code == 200


def test_what_was_exchanged_does_not_need_the_older_key(
    renewed: Api, impatient: Api, account: Account
) -> None:
    """A pair that was refreshed is signed with the new key, so the old one can go some day."""
    exchanged = renewed.refresh(account.tokens).json()
    assert impatient.whoami(exchanged).status_code == 200
    assert impatient.refresh(exchanged).status_code == 200


def test_without_the_older_key_its_tokens_are_worth_nothing(
    api: Api, impatient: Api, account: Account
) -> None:
    """A key that is no fallback any more opens nothing, and who shows its tokens ends nothing."""
    assert impatient.whoami(account.tokens).status_code == 401
    assert impatient.refresh(account.tokens).status_code == 401
    assert api.refresh(account.tokens).status_code == 200


@pytest.mark.parametrize("key", ["", SHORT_KEY], ids=["no key", "a short key"])
def test_no_server_starts_without_a_good_key(key: str, tmp_path: Path) -> None:
    """The server ends at once, says which setting is at fault, and does not show it."""
    command = ["granian", "app:create_app", "--factory", "--interface", "wsgi", "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment(f"sqlite:///{tmp_path}/films.db", SECRET_KEY=key),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            output, _ = server.communicate(timeout=60)
        finally:
            server.terminate()
    assert server.returncode != 0
    assert "SECRET_KEY and each of SECRET_KEY_FALLBACKS must have at least 32 bytes" in output
    assert SHORT_KEY not in output
