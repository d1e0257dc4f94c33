"""The real PgBouncer with the configuration that we ship, in front of a PostgreSQL of the tests."""

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

# It refuses to run as root. This user is on every system.
_USER = "nobody" if os.name == "posix" and os.geteuid() == 0 else None


class PgBouncer:
    """Pools connections to each database of a server."""

    def __init__(self, server: URL, port: int) -> None:
        self._server = server
        self._port = port

    def pooled(self, url: str) -> str:
        """Return the URL by which a database of the server is reached through the pooler."""
        pooled = make_url(url).set(
            host="127.0.0.1", port=self._port, password=self._server.password or "password"
        )
        return pooled.render_as_string(hide_password=False)

    def write_files(self, folder: Path) -> Path:
        """Write our configuration with the places of this machine, and the file of users."""
        text = (ROOT / "deploy" / "pgbouncer.ini").read_text("utf-8")
        server = self._server
        for ours, here in {
            "kinoteka = host=postgresql port=5432 ": f"* = host={server.host} port={server.port} ",
            "listen_addr = 0.0.0.0": "listen_addr = 127.0.0.1\nunix_socket_dir =",
            "listen_port = 6432": f"listen_port = {self._port}",
            "/etc/pgbouncer": str(folder),
        }.items():
            assert text.count(ours) == 1, ours
            text = text.replace(ours, here)
        file = folder / "pgbouncer.ini"
        file.write_text(text)
        users = f'"{server.username}" "{server.password or "password"}"\n'
        (folder / "userlist.txt").write_text(users)
        return file


@contextmanager
def pgbouncer(server_url: str) -> Iterator[PgBouncer]:
    """A PgBouncer in front of the server at a URL, which is gone afterwards."""
    program = installed("pgbouncer")
    port = free_port()
    made = PgBouncer(make_url(server_url), port)
    with temporary_folder("kinoteka-pgbouncer-") as folder:
        file = made.write_files(folder)
        for path in (folder, *folder.iterdir()):
            if _USER:
                shutil.chown(path, _USER)
        with (
            (folder / "log").open("wb") as log,
            running([program, file], user=_USER, stdout=log, stderr=log),
        ):
            wait_for(lambda: listens(port))
            yield made
