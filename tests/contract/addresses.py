"""Calling a server on this machine from more than one address.

A server that limits attempts rightly takes the kit for somebody who guesses: it registers a few
hundred people within a minute. To a server on the same machine they can come from addresses of
their own: on Linux every 127.x.y.z is one, elsewhere only those that somebody has set up.
"""

from __future__ import annotations

import itertools
import secrets
import socket
import threading

import httpx

_LOCAL_HOSTS = {"127.0.0.1", "localhost"}
_MORE_TRIES = 5  # Few requests need more than two.


class ManyAddresses(httpx.BaseTransport):
    """Sends a request again from another address when the one that it came from is limited."""

    def __init__(self) -> None:
        self._transports = [httpx.HTTPTransport()]
        self._moving = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        transport = self._transports[-1]
        response = transport.handle_request(request)
        for _ in itertools.repeat(None, _MORE_TRIES):
            if response.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            if request.url.host not in _LOCAL_HOSTS or not self._move_from(transport):
                break
            response.close()
            transport = self._transports[-1]
            response = transport.handle_request(request)
        return response

    def close(self) -> None:
        for transport in self._transports:
            transport.close()

    def _move_from(self, limited: httpx.BaseTransport) -> bool:
        """Go on from another address, unless somebody else has seen to it; say if that worked."""
        with self._moving:
            if limited is not self._transports[-1]:
                return True
            address = _another_address()
            if not _is_ours(address):
                return False
            self._transports.append(httpx.HTTPTransport(local_address=address))
            return True


def _another_address() -> str:
    """Return one that hardly any examination of the last minutes has used."""
    return "127.{}.{}.{}".format(*(1 + secrets.randbelow(254) for _ in range(3)))


def _is_ours(address: str) -> bool:
    try:
        with socket.create_server((address, 0)):
            return True
    except OSError:
        return False
