"""The load driver: which responses it counts, and which ones it rejects."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from benchmarks.driver import Job, WrongAnswer, drive

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfilm"


@contextmanager
def server(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """Serve one socket in a thread, and yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        thread = Thread(target=serve, args=[listener])
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def answering(answer: bytes, asked: list[str]) -> Callable[[socket.socket], None]:
    """Serve one connection with the same response to every request, and record the paths."""

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            while request := connection.recv(4096):
                asked.append(re.findall("GET (.*) HTTP", request.decode())[0])
                connection.sendall(answer)

    return serve


def test_asks_for_each_path_once() -> None:
    asked: list[str] = []
    paths = [f"/{number}" for number in range(20)]
    with server(answering(GOOD, asked)) as port:
        load = drive(Job(port, paths, seconds=10, connections=1))
    assert (load.answers, asked) == (20, paths)


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\nfilm", "HTTP/1.1 500"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "no body"),
        (b"HTTP/1.1 200 OK\r\n\r\nfilm", "No length"),
        (GOOD + b"s", "more than the length"),
    ],
    ids=["status", "empty", "without length", "too long"],
)
def test_refuses_a_wrong_answer(answer: bytes, complaint: str) -> None:
    with server(answering(answer, [])) as port, pytest.raises(WrongAnswer, match=complaint):
        drive(Job(port, ["/", "/"], seconds=1, connections=1))


def test_lets_a_connection_go_that_has_nothing_to_ask_any_more() -> None:
    """Otherwise a server that closes idle connections would end the whole run."""

    def serve(listener: socket.socket) -> None:
        first, _ = listener.accept()
        second, _ = listener.accept()
        with first, second:
            first.sendall(GOOD)
            first.settimeout(10)
            while first.recv(4096):  # The driver closes it.
                pass
            second.sendall(GOOD)

    with server(serve) as port:
        load = drive(Job(port, ["/", "/"], seconds=10, connections=2))
    assert load.answers == 2
