"""One request for every way to be refused."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.contract.client import Account, Api

JSON = {"Content-Type": "application/json"}
# A server may hang up on a body that it refuses to read; no other request should be waiting then.
UNREAD = {**JSON, "Connection": "close"}

Refused = Callable[[Api, Account], httpx.Response]


REFUSED: dict[int, Refused] = {
    400: lambda api, _: api.get("/movies/", params={"page": "x"}),
    401: lambda api, _: api.get("/user/"),
    404: lambda api, _: api.get("/nothing/"),
    405: lambda api, _: api.post("/movies/"),
    409: lambda api, reader: api.register(reader.email, reader.password),
    413: lambda api, _: api.post("/auth/login/", content=b" " * (16 * 1024 + 1), headers=UNREAD),
    415: lambda api, _: api.post(
        "/auth/login/", content=b"{}", headers={"Content-Type": "text/plain"}
    ),
}

every_refusal = pytest.mark.parametrize(
    ("status", "refused"), REFUSED.items(), ids=[str(status) for status in REFUSED]
)
