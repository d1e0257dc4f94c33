import gzip

import pytest

from views.http.cache.compression import accepts_gzip, compressed, other_tag
from views.http.cache.spooled import SpooledBody, spool
from views.http.cache.store import CachedResponse


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("*", True),
        ("identity;q=0, *", True),
        ("gzip;q=0.5, identity;q=0.5", True),
        ("", False),
        ("identity", False),
        ("br, deflate", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("gzip;q=0.5, identity", False),
        ("gzip;q=x", False),
        ("notgzip", False),
    ],
)
def test_knows_whether_gzip_is_preferred(accepted: str, expected: bool) -> None:
    assert accepts_gzip({"HTTP_ACCEPT_ENCODING": accepted}) == expected


def test_without_accept_encoding_nothing_is_compressed() -> None:
    assert not accepts_gzip({})


@pytest.mark.parametrize("length", [2_000, 3_000_000], ids=["in memory", "in a file"])
def test_compresses_a_body_of_any_length(length: int) -> None:
    whole = b"".join(b"%d " % number for number in range(length // 5))
    body, tag = spool([whole])
    headers = [("Content-Type", "application/json"), ("Content-Length", "7"), ("ETag", tag)]
    response = compressed(CachedResponse(1, headers, body, "/movies/"))
    packed = b"".join(response.body) if isinstance(response.body, SpooledBody) else response.body
    assert gzip.decompress(packed) == whole
    assert isinstance(response.body, SpooledBody) == (length > 2_000)
    assert response.headers == [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(packed))),
        ("ETag", other_tag(tag)),
        ("Content-Encoding", "gzip"),
    ]
    assert (response.revision, response.route) == (1, "/movies/")


def test_each_tag_is_the_other_of_its_other() -> None:
    assert other_tag('"abc"') == '"abc-gzip"'
    assert other_tag('"abc-gzip"') == '"abc"'
