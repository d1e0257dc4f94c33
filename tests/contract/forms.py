"""Which form of its paths a server has: with the final slash, without it, or both.

The front end of the course writes the slash, the brief does not. That both work is one promise,
in `test_paths`. All other checks ask in the form that the server has, so that a server with one
form only is not told the same thing by every promise.
"""

from __future__ import annotations

import re

import httpx

from tests.contract.routes import METHODS

_ABSENT = {301, 302, 307, 308, 404}


class Forms:
    def __init__(self) -> None:
        self._bare: list[re.Pattern[str]] = []

    def learn(self, client: httpx.Client, ids: dict[str, int]) -> None:
        """Find the paths that there are only without their final slash."""
        for template in METHODS:
            path = template.format(**ids)
            with_slash, without = (
                client.get(form, params={"page": 1}).status_code for form in (path, path[:-1])
            )
            if with_slash in _ABSENT and without not in _ABSENT:
                self._bare.append(re.compile(re.sub(r"\{\w+\}", "[^/]+", template)))

    def known(self, url: httpx.URL | str) -> httpx.URL | str:
        """Return the URL in the form that the server has."""
        path, question_mark, query = str(url).partition("?")
        if any(bare.fullmatch(path) for bare in self._bare):
            return f"{path.removesuffix('/')}{question_mark}{query}"
        return url
