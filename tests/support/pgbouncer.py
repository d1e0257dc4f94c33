"""A real PgBouncer with the shipped configuration, in front of a test PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url

from tests.support.ports import free_port, listens
from tests.support.processes import running, temporary_folder
from tests.support.programs import installed
from tests.support.servers import ROOT
from tests.support.waiting import wait_for

# PgBouncer refuses to run as root. Every system has this user.
_USER = "nobody" if os.name == "posix" and os.geteuid() == 0 else None


@contextmanager
def pgbouncer(server_url: str) -> Iterator[URL]:
    """Run PgBouncer in front of the server at this URL, and yield the URL of PgBouncer."""
    program = installed("pgbouncer")
    server = make_url(server_url)
    pooler = server.set(host="127.0.0.1", port=free_port(), password=server.password or "password")
    with temporary_folder("kinoteka-pgbouncer-") as folder:
        file = _write_files(folder, server, pooler)
        for path in (folder, *folder.iterdir()):
            if _USER:
                shutil.chown(path, _USER)
        with (
            (folder / "log").open("wb") as log,
            running([program, file], user=_USER, stdout=log, stderr=log),
        ):
            wait_for(lambda: listens(pooler.port or 0))
            yield pooler


def _write_files(folder: Path, server: URL, pooler: URL) -> Path:
    """Write the shipped configuration, with local addresses and paths, and the file of users."""
    text = (ROOT / "deploy" / "pgbouncer.ini").read_text("utf-8")
    for ours, here in {
        "kinoteka = host=postgresql port=5432 ": f"* = host={server.host} port={server.port} ",
        "listen_addr = 0.0.0.0": "listen_addr = 127.0.0.1\nunix_socket_dir =",
        "listen_port = 6432": f"listen_port = {pooler.port}",
        "/etc/pgbouncer": str(folder),
    }.items():
        assert text.count(ours) == 1, ours
        text = text.replace(ours, here)
    file = folder / "pgbouncer.ini"
    file.write_text(text)
    (folder / "userlist.txt").write_text(f'"{pooler.username}" "{pooler.password}"\n')
    return file
