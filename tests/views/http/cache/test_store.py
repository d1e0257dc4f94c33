"""The cached responses, and the limit on their number and size."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.views.http.cache.keys import Key
from views.http.cache import CachedResponse, ResponseCache, spool, spooled
from views.http.cache.spooled import Body
from views.http.cache.store import MAX_FILES, MAX_URLS, Url

URL = Url("", "/movies/", "page=1")
OTHER_URL = Url("", "/movies/", "page=1&q=")
LONG, _ = spool([b"x" * 300_000])


def a_response(body: Body = b"[]", revision: int | None = 1) -> CachedResponse:
    return CachedResponse(revision, [], body, "/movies/")


def put(
    cache: ResponseCache, response: CachedResponse, key: str = "key", url: Url | None = URL
) -> None:
    """Cache a response that is not cached yet."""
    made = cache.get_or_make(key, url, response.revision or 0, lambda: response)
    assert made is response


def test_finds_a_response_by_its_key_and_by_every_url_that_led_to_it() -> None:
    cache, response = ResponseCache(), a_response()
    put(cache, response)
    assert cache.get_or_make("key", OTHER_URL, 1, a_response) is response
    assert cache.lookup(URL) is cache.lookup(OTHER_URL) is response


def test_does_not_find_a_response_by_a_url_that_is_not_given() -> None:
    cache, response = ResponseCache(), a_response()
    put(cache, response, url=None)
    assert cache.lookup(URL) is None
    assert cache.get_or_make("key", None, 1, a_response) is response


@pytest.mark.parametrize("older", [b"short", LONG], ids=["in memory", "in a file"])
@pytest.mark.parametrize("body", [b"short", LONG], ids=["in memory", "in a file"])
def test_replaces_a_response_of_another_revision(older: Body, body: Body) -> None:
    cache, newer = ResponseCache(), a_response(body, revision=2)
    put(cache, a_response(older, revision=1))
    put(cache, newer)
    assert cache.lookup(URL) is newer


def test_a_response_that_shows_more_than_the_catalogue_is_not_cached() -> None:
    cache = ResponseCache()
    put(cache, a_response(revision=None))
    assert cache.lookup(URL) is None


def test_an_error_is_raised_and_not_cached() -> None:
    cache = ResponseCache()

    def fail() -> CachedResponse:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        cache.get_or_make("key", URL, 1, fail)
    assert cache.lookup(URL) is None
    put(cache, a_response())


def test_forgets_a_url_rather_than_remember_too_many() -> None:
    cache = ResponseCache()
    for number in range(MAX_URLS + 1):
        cache.get_or_make("key", Url("", "/movies/", f"q={number}"), 1, a_response)
    assert cache.lookup(Url("", "/movies/", "q=0")) is None
    assert cache.lookup(Url("", "/movies/", "q=1")) is not None


def test_keeps_a_path_with_a_question_mark_apart_from_a_query() -> None:
    cache, response = ResponseCache(), a_response()
    put(cache, response, url=Url("", "/movies/", "q=zzz/?"))
    assert cache.lookup(Url("", "/movies/?q=zzz/", "")) is None


@pytest.mark.parametrize("body", [b"x" * 2_000, LONG], ids=["in memory", "in a file"])
def test_does_not_cache_what_is_larger_than_the_cache(body: Body) -> None:
    cache = ResponseCache(memory_bytes=2_500, disk_bytes=2_500)
    put(cache, a_response(body))
    assert cache.lookup(URL) is None


@pytest.mark.parametrize(
    ("key", "headers"),
    [("k" * 1_000_000, []), ("", [("Link", "l" * 1_000_000)]), ("", [("l" * 1_000_000, "")])],
    ids=["key", "value", "name"],
)
def test_weighs_a_response_with_its_key_and_headers(
    key: str, headers: list[tuple[str, str]]
) -> None:
    cache = ResponseCache(memory_bytes=3_100_000)
    for name in "abcd":
        response = CachedResponse(1, headers, b"[]", "/movies/")
        put(cache, response, key=name + key, url=Url("", name, ""))
    assert [name for name in "abcd" if cache.lookup(Url("", name, ""))] == ["b", "c", "d"]


def test_has_so_many_files() -> None:
    cache = ResponseCache(disk_bytes=100_000_000, max_files=2)
    for name in "abc":
        put(cache, a_response(LONG), key=name, url=Url("", name, ""))
    assert [name for name in "abc" if cache.lookup(Url("", name, ""))] == ["b", "c"]


def test_the_files_of_a_cache_leave_some_for_others() -> None:
    assert MAX_FILES < spooled.MAX_FILES < 1024 // 4


def test_concurrent_callers_have_a_response_made_once() -> None:
    cache, response, key = ResponseCache(), a_response(), Key("key")
    others: list[Future[CachedResponse]] = []

    def make() -> CachedResponse:
        """Make the response while another caller looks it up and waits."""
        others.append(pool.submit(cache.get_or_make, key, URL, 1, a_response))
        assert key.looked_up.wait(10)
        return response

    with ThreadPoolExecutor() as pool:
        assert cache.get_or_make("key", URL, 1, make) is response
    assert others[0].result() is response
