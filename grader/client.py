"""HTTP to the examined server, over a connection of its own for every request.

The standard library is enough, and it obeys no proxy settings: in a school those would keep
requests to 127.0.0.1 from arriving.
"""

import json
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from grader.response import NoResponseError, Request, Response, shape_of

REQUEST_SECONDS = 10.0
_MAX_BODY_BYTES = 16_000_000
_LIMITED = 429
_TRIES = 4  # Of a request that is limited.
_LONGEST_WAIT_SECONDS = 15
_ABSENT = {301, 302, 303, 307, 308, 404, 405}
_SILENCES = 6  # After so many nothing more is asked; a timeout counts as two.


class Client:
    def __init__(self, url: str, seconds: float, look_at: Callable[[Response], None]) -> None:
        """Talk to the server at a URL for so many seconds; every answer is shown to `look_at`."""
        parts = urlsplit(url)
        self.url, self._netloc = url, parts.netloc.rpartition("@")[2]
        self._connection = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._port = parts.port or self._connection.default_port
        self._host = _reachable(parts.hostname or "", self._port)
        self._source: tuple[str, int] | None = None
        self._end = time.monotonic() + seconds
        self._look_at = look_at
        self._bare: dict[str, bool] = {}  # By shape: whether paths have no final slash.
        self._silence = 0
        self.worked: set[tuple[str, str]] = set()
        """Methods and shapes of paths that have answered with success."""

    @property
    def seconds_left(self) -> float:
        return self._end - time.monotonic()

    @property
    def is_gone(self) -> bool:
        return self._silence >= _SILENCES

    def send(
        self,
        method: str,
        path: str,
        token: str | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send bytes, or anything else as JSON; `path` is written with its final slash.

        It is sent without the slash where that is the form the server has.
        """
        content = (
            body
            if isinstance(body, bytes | None)
            else json.dumps(body, ensure_ascii=False).encode()
        )
        sent = {} if content is None else {"Content-Type": "application/json"}
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        sent |= headers or {}
        shape, (bare, mark, query) = shape_of(path), path.partition("?")
        forms = [path, f"{bare.rstrip('/')}{mark}{query}"]
        response = self._unlimited(method, forms[self._bare.get(shape, False)], sent, content)
        if shape not in self._bare and shape:
            other = response
            if response.status in _ABSENT and forms[0] != forms[1]:
                other = self._unlimited(method, forms[1], sent, content)
            is_bare = other.status not in _ABSENT and other is not response
            response = other if is_bare else response
            if is_bare or response.status not in _ABSENT or "{}" not in shape:
                self._bare[shape] = is_bare
        if response.is_success:
            self.worked.add((method, shape))
        self._look_at(response)
        return response

    def _unlimited(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None
    ) -> Response:
        """Send again what is refused because too much comes: later, or from another address."""
        request = Request(method, path, f"{self.url}{path}", headers, body)
        for _ in range(_TRIES):
            response = self._once(request)
            if response.status != _LIMITED:
                return response
            wait = response.headers.get("retry-after", "")
            if not self._move():
                if not wait.isdecimal() or int(wait) > min(
                    _LONGEST_WAIT_SECONDS, self.seconds_left / 2
                ):
                    break
                time.sleep(int(wait))
        raise NoResponseError("limited", request)

    def _move(self) -> bool:
        """Go on from another address: to a server on this Linux machine every 127.x.y.z is one."""
        address = "127.{}.{}.{}".format(*(1 + secrets.randbelow(254) for _ in range(3)))
        try:
            with socket.create_server((address, 0)):
                self._source = (address, 0)
        except OSError:
            return False
        return self._host.startswith("127.")

    def _once(self, request: Request) -> Response:
        if self.is_gone or self.seconds_left <= 0:
            raise NoResponseError("gone", request)
        timeout = min(REQUEST_SECONDS, self.seconds_left)
        source = self._source if self._host.startswith("127.") else None
        connection = self._connection(
            self._host, self._port, timeout=timeout, source_address=source
        )
        try:
            response = self._exchange(connection, request)
        except TimeoutError:
            if self.seconds_left <= 0:  # It had no time left to answer.
                raise NoResponseError("gone", request) from None
            self._silence += 2
            raise NoResponseError("timeout", request) from None
        except (OSError, HTTPException, ValueError):
            self._silence += 1
            raise NoResponseError("disconnected", request) from None
        finally:
            connection.close()
        self._silence = 0
        return response

    def _exchange(self, connection: HTTPConnection, request: Request) -> Response:
        target = request.url.partition(self._netloc)[2]
        headers = {"Host": self._netloc, "Accept": "application/json", "Connection": "close"}
        connection.request(request.method, target, request.body, headers | dict(request.headers))
        response, end = connection.getresponse(), time.monotonic() + 2 * REQUEST_SECONDS
        body = bytearray()
        while chunk := response.read1(65_536):
            body += chunk
            if len(body) > _MAX_BODY_BYTES:
                raise NoResponseError("too long", request)
            if time.monotonic() > end:
                raise TimeoutError
        if response.length:  # Fewer bytes came than `Content-Length` says.
            raise HTTPException
        named = {name.lower(): value for name, value in response.getheaders()}
        return Response(request, response.status, named, body.decode("utf-8", "replace"))


def _reachable(host: str, port: int) -> str:
    """Return the address behind `localhost` that answers: some systems wait long for the other."""
    if host == "localhost":
        try:
            with socket.create_connection((host, port), timeout=5) as connection:
                return str(connection.getpeername()[0])
        except OSError:
            pass
    return host
