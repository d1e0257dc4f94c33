"""The hosts of PostgreSQL: one, or several of which one accepts writes."""

from collections.abc import Mapping
from threading import Lock
from typing import Any

import psycopg

from helpers.database.timeout_connection import TimeoutConnection


class Host:
    """Connects to one host.

    After a failed attempt one thread at a time tries again, and the others get an error at once.
    If all of them tried, all threads of this process would soon be waiting.
    """

    def __init__(self, address: Mapping[str, str]) -> None:
        """`address` replaces the host and port among the options of a connection."""
        self._address = address
        self._last_try_failed = False
        self._retry = Lock()

    def connect(self, *args: Any, **options: Any) -> TimeoutConnection:
        is_retry = self._last_try_failed
        if is_retry and not self._retry.acquire(blocking=False):
            raise psycopg.OperationalError("the server did not answer a moment ago")
        try:
            connection = TimeoutConnection.connect(*args, **{**options, **self._address})
        except psycopg.OperationalError:
            self._last_try_failed = True
            raise
        else:
            self._last_try_failed = False
            return connection
        finally:
            if is_retry:
                self._retry.release()


class Hosts:
    """Tries one host after the other, beginning with the one that gave the last connection.

    So a host that hangs delays one request and not all of them, and an instance that has found the
    new primary stays with it when the old one comes back.
    """

    def __init__(self, query: Mapping[str, Any]) -> None:
        """`query` is the query of the database URL. It lists the hosts if there are several."""
        names, ports = (str(query.get(key, "")).split(",") for key in ("host", "port"))
        addresses: list[dict[str, str]] = [{}]
        if len(names) > 1:
            addresses = [{"host": n, "port": p} for n, p in zip(names, ports, strict=True)]
        self._hosts = [Host(address) for address in addresses]
        self._last = self._hosts[0]

    def connect(self, *args: Any, **options: Any) -> TimeoutConnection:
        """Return a connection to the first host that accepts one. Raises OperationalError."""
        failures, first = [], self._last
        for host in sorted(self._hosts, key=lambda host: host is not first):
            try:
                connection = host.connect(*args, **options)
            except psycopg.OperationalError as error:
                failures.append(str(error))
                continue
            if self._last in (first, host):
                self._last = host
                return connection
            # Another thread has found another host meanwhile; this one may be a former primary.
            connection.close()
            return self.connect(*args, **options)
        raise psycopg.OperationalError("\n".join(failures))
