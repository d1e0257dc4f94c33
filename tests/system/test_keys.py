"""The key that signs tokens, where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.servers import ROOT, environment

SHORT_KEY = "one byte too short: a canary..."


@pytest.mark.parametrize("key", ["", SHORT_KEY], ids=["no key", "a short key"])
def test_no_server_starts_without_a_good_key(key: str, tmp_path: Path) -> None:
    """The server ends at once, says which setting is at fault, and does not show it."""
    command = ["granian", "app:create_app", "--factory", "--interface", "wsgi", "--port", "0"]
    server = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment(f"sqlite:///{tmp_path}/films.db", SECRET_KEY=key),
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    output = server.stdout + server.stderr
    assert server.returncode != 0
    assert "SECRET_KEY and each of SECRET_KEY_FALLBACKS must have at least 32 bytes" in output
    assert SHORT_KEY not in output
