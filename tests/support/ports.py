"""Ports for servers."""

import random
import socket

# Below those from which systems take the ports of outgoing connections: nobody gets one of these
# between the look at it and its use.
_PORTS = range(15_000, 32_000)
_random = random.SystemRandom()
_given: set[int] = set()


def free_port() -> int:
    """Return the number of a port that nobody listens on, and that this never returned before."""
    while True:
        number = _random.choice(_PORTS)
        if number not in _given and _is_free(number):
            _given.add(number)
            return number


def listens(port: int) -> bool:
    """Return whether somebody takes connections on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _is_free(number: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
        return True
