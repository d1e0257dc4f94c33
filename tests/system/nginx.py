"""A real nginx with the shipped configuration, in front of instances that tests start."""

import getpass
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests.support.ports import free_port, listens
from tests.support.programs import installed
from tests.support.servers import ROOT, listening
from tests.support.waiting import wait_for

# Replaces the main nginx.conf of a distribution, and logs which upstreams were used.
AROUND = """\
daemon off;
user {user};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/client_body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    log_format cache escape=json '{{"id": "$kinoteka_request_id", '
        '"cache": "$upstream_cache_status", "asked": "$upstream_status"}}';
    access_log {folder}/access.log cache;
    include {folder}/kinoteka.conf;
}}
"""


@dataclass(frozen=True)
class Nginx:
    url: str
    folder: Path

    def history(self, response: httpx.Response) -> tuple[str, str]:
        """Return the cache status of a response, and the statuses of the instances.

        nginx writes the log line after it has sent the response, so this waits for the line.
        """

        def lines() -> list[tuple[str, str]]:
            written = map(json.loads, (self.folder / "access.log").read_text().splitlines())
            mine = response.headers["X-Request-ID"]
            return [(line["cache"], line["asked"]) for line in written if line["id"] == mine]

        return wait_for(lines)[0]


def configuration(port: int, urls: Sequence[str], folder: Path) -> str:
    """Return the shipped configuration with local ports and paths."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    servers = " ".join(f"server {urlsplit(url).netloc};" for url in urls)
    for ours, here in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "server app:25000;": servers,
        "/var/cache/nginx/kinoteka": f"{folder}/cache",
    }.items():
        assert text.count(ours) == 1, ours
        text = text.replace(ours, here)
    return text


@contextmanager
def nginx(urls: Sequence[str], folder: Path) -> Iterator[Nginx]:
    """Run nginx in front of the instances at `urls`, and stop it afterwards."""
    port = free_port()
    (folder / "kinoteka.conf").write_text(configuration(port, urls, folder))
    around = folder / "nginx.conf"
    around.write_text(AROUND.format(user=getpass.getuser(), folder=folder))
    command = [installed("nginx"), "-p", str(folder), "-c", str(around)]
    with listening(command, port, folder / "error.log", dict(os.environ)) as server:
        wait_for(lambda: listens(port))
        yield Nginx(server.url, folder)
