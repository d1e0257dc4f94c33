"""Static files of pages."""

import hashlib
from collections.abc import Iterable
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from views.http import cacheable
from views.http.cache import compress_document

# Not left to the system's table of media types: on Windows it may call scripts plain text.
_TYPES = {
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_COMPRESSED = (".css", ".js")

# A year is the longest time in use (RFC 9111, section 5.3). Without revalidation (RFC 8246).
_FOREVER = "public, max-age=31536000, immutable"


class StaticFiles(Blueprint):
    """Serves files of a folder under URLs that browsers can cache forever.

    `url_for("NAME.static", filename=...)` returns a URL with a version, a digest of all files, so
    changed files have other URLs. The files are read on the first request.
    """

    def __init__(
        self, name: str, folder: Traversable, filenames: Iterable[str], **rest: Any
    ) -> None:
        super().__init__(name, __name__, **rest)
        self._files = {filename: folder / filename for filename in filenames}
        self.add_url_rule("/<version>/<filename>", "static", self._serve)
        self.url_defaults(self._add_version)

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        return {filename: file.read_bytes() for filename, file in self._files.items()}

    @cached_property
    def _version(self) -> str:
        digest = hashlib.sha256()
        for content in self._contents.values():
            digest.update(content)
        return digest.hexdigest()[:12]

    def _add_version(self, _: str, values: dict[str, Any]) -> None:
        values.setdefault("version", self._version)

    def respond(self, filename: str, cache_control: str) -> Response:
        """Return the response with one of the files."""
        suffix = PurePath(filename).suffix
        response = Response(self._contents[filename], mimetype=_TYPES[suffix])
        cacheable(response, cache_control)
        return compress_document(response, request.environ) if suffix in _COMPRESSED else response

    def _serve(self, version: str, filename: str) -> Response:
        if filename not in self._files:
            raise NotFound
        # During a rolling update the page may come from another version than its files.
        return self.respond(filename, _FOREVER if version == self._version else "no-cache")
