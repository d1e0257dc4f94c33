"""Requests outside of the documented API, as Hypothesis strategies."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlencode

from hypothesis import strategies as st

from constants import MAX_BODY_BYTES

# Every password that is sent contains this, so that a response that leaks one is noticed.
PASSWORD_MARK = "Tr0ub4dor&3"

_PARAMETERS = ["page", "per_page", "status", "sort", "q", "genre_id", "director_id", "year"]
_FIELDS = ["email", "name", "surname", "favorite_genre", "favourite_genre", "x"]
_PASSWORDS = ["password", "old_password", "new_password"]
_TOKENS = ["access_token", "refresh_token"]
_HEADERS = ["Accept", "Accept-Encoding", "Content-Type", "If-None-Match", "Origin", "X-Request-ID"]
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_CONTENT_TYPES = [f"{_JSON}; charset=utf-16", "multipart/form-data", "text/html", "*/*", "/", ""]


@dataclass(frozen=True)
class Request:
    """A request. It is hostile in one respect only, so that one fault does not hide another."""

    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": _JSON})
    body: bytes = b"{}"

    @property
    def environ(self) -> dict[str, str]:
        """The parts of the WSGI environment that a test client would normalize."""
        length = self.headers.get("Content-Length", str(len(self.body)))
        path = unquote_to_bytes(self.path).decode("latin-1")
        return {"CONTENT_LENGTH": length, "PATH_INFO": path}


def requests(rule: str, method: str) -> st.SearchStrategy[Request]:
    """Return a strategy of requests to one route of the URL map."""
    path = st.just(_path(rule, "1", "/"))
    paths = st.builds(_path, st.just(rule), _segments, st.sampled_from(_ENDS))
    everywhere = st.one_of(paths.map(Request), st.builds(Request, path, headers=_headers))
    if method in ("GET", "HEAD", "OPTIONS"):
        return everywhere | st.builds(Request, path, query=_queries)
    return st.one_of(
        everywhere,
        st.builds(Request, path, headers=_types(_JSON), body=_json_bodies),
        st.builds(Request, path, headers=_types(_JSON), body=st.sampled_from(_BAD_JSON)),
        st.builds(Request, path, headers=_types(_FORM), body=_forms),
    )


def _path(rule: str, segment: str, end: str) -> str:
    return re.sub("<[^>]*>", lambda _: segment, rule.rstrip("/")) + end or "/"


def _types(name: str) -> st.SearchStrategy[dict[str, str]]:
    return st.just({"Content-Type": name})


_raw = st.binary(max_size=20)
_numbers = st.sampled_from(
    ["1", "0", "-1", "1.5", "1e9", "1_0", " 1", "٣", str(2**31), str(2**63), "9" * 5000]
)
_BAD_JSON = [
    b"",
    b"[" * 8000,
    b'{"a":' * 3000,
    b'{"favorite_genre": %b}' % (b"9" * 8000),
    b'{"name": "%b"}' % ("\N{LATIN SMALL LETTER O WITH DIAERESIS}" * 8000).encode(),
    rb'{"name": "\u0000"}',
    rb'{"surname": "\ud800"}',
    rb'{"email": "anna@example.com", "password": "\u0000 \ud800"}',
    b'{"name": 1e400}',
    b'{"name": NaN}',
    b" " * (MAX_BODY_BYTES + 1),
]
_ENDS = ["", "/", "//", "/%00", "/x"]
_segments = st.one_of(
    _numbers.map(quote), _raw.map(quote), st.sampled_from(["..%2Fapp.py", "../app.py", "%0A"])
)
_queries = st.one_of(
    st.dictionaries(st.sampled_from(_PARAMETERS), _numbers | _raw, max_size=3).map(urlencode),
    _raw.map(lambda query: query.decode("latin-1")),
)

# Text that a header may hold: bytes without control characters, decoded as Latin-1.
_header_text = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=20)
_tokens = st.one_of(
    _header_text, st.sampled_from(["", "undefined", "e30.e30.e30", "." * 1000, "a" * 100_000])
)
_headers = st.one_of(
    st.fixed_dictionaries({"Authorization": _tokens | _tokens.map("Bearer {}".format)}),
    st.dictionaries(st.sampled_from(_HEADERS), _header_text, max_size=3),
    st.fixed_dictionaries({"Content-Type": st.sampled_from(_CONTENT_TYPES)}),
    st.fixed_dictionaries(
        {
            "Content-Type": st.sampled_from([_JSON, _FORM]),
            "Content-Length": st.sampled_from(["", "0", "1", "-1", "x", str(MAX_BODY_BYTES + 1)]),
        }
    ),
)

# These include lone surrogates.
_texts = st.text(st.characters(), max_size=10)
_scalars = st.none() | st.booleans() | st.integers() | st.floats() | _texts | _numbers
_values = st.one_of(
    _scalars,
    st.lists(_scalars, max_size=2),
    st.dictionaries(_texts, _scalars, max_size=2),
)
_passwords = _texts.map(PASSWORD_MARK.__add__)
_objects: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries(dict.fromkeys(_PASSWORDS[1:], _passwords)),
    st.fixed_dictionaries({"email": st.just("a@example.com") | _texts, "password": _passwords}),
    st.fixed_dictionaries(dict.fromkeys(_TOKENS, _tokens)),
    st.dictionaries(st.sampled_from(_FIELDS), _values, max_size=3),
    st.dictionaries(st.sampled_from(_PASSWORDS), st.lists(_passwords, max_size=1), max_size=2),
)
_json = (_objects | _values).map(lambda value: json.dumps(value).encode())
_json_bodies = st.one_of(_json, _json.map(lambda body: body[:-1]), _raw)
_forms = _objects.map(lambda fields: urlencode(fields, doseq=True, errors="replace").encode())
