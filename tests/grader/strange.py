"""Servers that are nothing like the brief, each in a way of its own."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Treats every request in one way; the first one of all is the look whether it is there."""

    server: "StrangeServer"

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        self.server.requests += 1
        self.server.treat(self)
        self.close_connection = True

    def answer(self, status: int, content_type: str, body: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body.encode())

    def log_message(self, format: str, *arguments: object) -> None:  # Its name there.
        """Say nothing."""


Treat = Callable[[Handler], None]


class StrangeServer(ThreadingHTTPServer):
    def __init__(self, treat: Treat) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.treat = treat
        self.requests = 0
        self.stopping = threading.Event()


@contextmanager
def strange(treat: Treat) -> Iterator[str]:
    """A server that treats requests so; yields its address."""
    with StrangeServer(treat) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.stopping.set()
        server.shutdown()


def shows_a_page(handler: Handler) -> None:
    handler.answer(200, "text/html", "<!doctype html><title>It works!</title>")


def redirects_and_fails(handler: Handler) -> None:
    """Lead every reader to a page for signing in, and fail on everything else."""
    if handler.command in {"GET", "HEAD"}:
        handler.answer(302, "text/html", "", Location="/login")
    else:
        handler.answer(500, "text/html", "<h1>Internal Server Error</h1>")


def limits(handler: Handler) -> None:
    handler.answer(429, "application/json", '{"message": "Slower!"}', Retry_After="60")


def has_nothing(handler: Handler) -> None:
    lists = {"/movies/", "/genres/", "/directors/"}
    if handler.path.partition("?")[0] in lists:
        handler.answer(200, "application/json", "[]")
    else:
        handler.answer(404, "application/json", '{"message": "There is nothing here."}')


def lists_nonsense(handler: Handler) -> None:
    """Answer with JSON of which nothing is what its place promises."""
    record: dict[str, object] = {
        "id": None,
        "title": 5,
        "genre": [],
        "year": "soon",
        "director": None,
    }
    body = json.dumps([record, record, None]) if handler.command == "GET" else '"fine"'
    handler.answer(200, "application/json", body)


def hangs_up(handler: Handler) -> None:
    if handler.server.requests == 1:
        shows_a_page(handler)


def breaks_off(handler: Handler) -> None:
    handler.answer(200, "application/json", '[{"id": 1}', Content_Length="1000")


def keeps_silent(handler: Handler) -> None:
    if handler.server.requests == 1:
        shows_a_page(handler)
    else:
        handler.server.stopping.wait()
