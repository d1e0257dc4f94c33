"""The load driver: one process that keeps a few connections busy and checks every response.

It reads its job from standard input and writes the outcome to standard output. It needs only the
standard library, so it starts quickly.
"""

import json
import re
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

CONNECTIONS = 8
ANSWER_SECONDS = 60
LEAST_ANSWERS = CONNECTIONS
_RECEIVE_BYTES = 256 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class Job:
    """Paths to request once each, until they or the seconds run out."""

    port: int
    paths: Sequence[str]
    seconds: float
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    connections: int = CONNECTIONS


@dataclass(frozen=True)
class Load:
    """The outcome of a job. `busy` is the share of the time in which the driver itself worked."""

    answers: int
    seconds: float
    busy: float

    @property
    def cost(self) -> float:
        """Seconds for each response."""
        return self.seconds / self.answers


class WrongAnswer(Exception):
    """A server sent an unexpected response."""


def drive(job: Job) -> Load:
    """Run a job in a process of its own. Raises WrongAnswer."""
    done = subprocess.run(  # noqa: S603  # This file.
        [sys.executable, __file__],
        input=json.dumps(asdict(job)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise WrongAnswer(done.stderr.strip().splitlines()[-1])
    return Load(**json.loads(done.stdout))


class _Connection:
    """One request at a time, each response read to its last byte."""

    def __init__(self, job: Job) -> None:
        self.socket = socket.create_connection(("127.0.0.1", job.port), ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        headers = {"Host": "127.0.0.1", **job.headers}
        self._tail = "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
        self._status = f"HTTP/1.1 {job.status} ".encode()
        self._received = b""
        self._missing = 0

    def ask(self, path: str) -> None:
        self.socket.sendall(f"GET {path} HTTP/1.1\r\n{self._tail}".encode())

    def receive(self) -> bool:
        """Read what has arrived; return whether the response is complete. Raises WrongAnswer."""
        some = self.socket.recv(_RECEIVE_BYTES)
        if not some:
            raise WrongAnswer("The server closed the connection.")
        if self._missing:  # The body is incomplete.
            self._missing -= len(some)
        else:
            self._received += some
            head, end, body = self._received.partition(b"\r\n\r\n")
            if not end:
                return False
            self._missing = self._length(head + b"\r\n") - len(body)
            self._received = b""
        if self._missing < 0:
            raise WrongAnswer("There is more than the length that was announced.")
        return not self._missing

    def _length(self, head: bytes) -> int:
        if not head.startswith(self._status):
            raise WrongAnswer(f"Expected {self._status.decode()}but got: {head[:40]!r}")
        length = _LENGTH.search(head)
        if b" 304 " in self._status:
            return 0
        if length is None or length[1] == b"0":
            raise WrongAnswer(f"No length, or no body: {head!r}")
        return int(length[1])


def run(job: Job) -> Load:
    """Run a job. Raises WrongAnswer."""
    paths: Iterator[str] = iter(job.paths)
    began, began_cpu = time.perf_counter(), time.process_time()
    ends = began + job.seconds
    answers = 0
    with selectors.DefaultSelector() as selector:
        for _ in range(job.connections):
            connection = _Connection(job)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask(next(paths))
        while selector.get_map():
            ready = selector.select(ANSWER_SECONDS)
            if not ready:
                raise WrongAnswer(f"No answer in {ANSWER_SECONDS} seconds.")
            for key, _ in ready:
                connection = key.data
                if not connection.receive():
                    continue
                answers += 1
                path = next(paths, None)
                if path is None or (time.perf_counter() > ends and answers >= LEAST_ANSWERS):
                    # Wait for all other requests, so that they do not disturb the next measurement.
                    selector.unregister(connection.socket)
                    connection.socket.close()
                else:
                    connection.ask(path)
    seconds = time.perf_counter() - began
    busy = (time.process_time() - began_cpu) / seconds
    return Load(answers, seconds, busy)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(run(Job(**json.load(sys.stdin))))))
