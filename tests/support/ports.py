"""Free ports for servers."""

import random
import socket

# These are below the ephemeral ports, so no outgoing connection takes one between the check and
# its use.
_PORTS = range(15_000, 32_000)
_random = random.SystemRandom()
_given: set[int] = set()


def free_port() -> int:
    """Return a free port that has not been returned before."""
    while True:
        number = _random.choice(_PORTS)
        if number not in _given and _is_free(number):
            _given.add(number)
            return number


def listens(port: int) -> bool:
    """Return whether a server accepts connections on a local port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _is_free(number: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
        return True
