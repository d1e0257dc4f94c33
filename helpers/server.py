"""How the server is started, wherever: `python -m helpers.server`, with more options of granian's.

It becomes granian, so that signals reach it. Run it where `app.py` is.
"""

from __future__ import annotations

import os
import sys

APPLICATION = "app:create_app"
OPTIONS = (
    *("--factory", "--interface", "wsgi", "--http", "1", "--no-ws"),
    *("--log-level", "error"),
    # Waiting for the database, or for a slow reader, takes a thread and nothing else.
    *("--blocking-threads", "64"),
    # A process that died is replaced; the others go on meanwhile.
    "--respawn-failed-workers",
    # After SIGTERM requests get so many seconds to end; the longest take six, and containers are
    # given ten. Connections that are open, but idle, would otherwise be waited for.
    *("--workers-kill-timeout", "8"),
)

if __name__ == "__main__":
    command = [sys.executable, "-m", "granian", APPLICATION, *OPTIONS, *sys.argv[1:]]
    os.execv(sys.executable, command)  # noqa: S606  # It is the command that was asked for.
