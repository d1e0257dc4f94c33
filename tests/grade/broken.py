"""Our own application, but with ten promises broken, each in the way that it often is."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from werkzeug import Request, Response

from app import create_app as create_sound_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Proceed = Callable[[Request], Response]
Breakage = Callable[..., Response]

LISTS = {"/movies/", "/genres/", "/directors/"}


def create_app() -> WSGIApplication:
    """Return the application with all breakages around it."""
    sound: WSGIApplication = create_sound_app()
    proceed: Proceed = partial(_ask, sound)
    for breakage in BREAKAGES.values():
        proceed = _around(proceed, breakage)

    def broken(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return proceed(Request(environ))(environ, start_response)

    return broken


def _ask(application: WSGIApplication, request: Request) -> Response:
    return Response.from_app(application, request.environ, buffered=True)


def _around(proceed: Proceed, breakage: Breakage) -> Proceed:
    return partial(breakage, proceed=proceed)


def _asking(request: Request, query: dict[str, str]) -> Request:
    """Return the same request with another query."""
    return Request({**request.environ, "QUERY_STRING": urlencode(query)})


def _query(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.query_string.decode("latin-1"), keep_blank_values=True))


def _put(response: Response, content: Any) -> Response:
    """Replace the body in the compact form that the application writes."""
    response.set_data(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
    return response


def hide_errors_from_other_origins(request: Request, proceed: Proceed) -> Response:
    response = proceed(request)
    if response.status_code >= 400:
        del response.headers["Access-Control-Allow-Origin"]
    return response


def miscount_genres(request: Request, proceed: Proceed) -> Response:
    response = proceed(request)
    if request.path == "/genres/" and "X-Total-Count" in response.headers:
        response.headers["X-Total-Count"] = str(int(response.headers["X-Total-Count"]) + 1)
    return response


def reverse_favorites(request: Request, proceed: Proceed) -> Response:
    response = proceed(request)
    if request.path != "/favorites/movies/" or request.method != "GET":
        return response
    whole = proceed(_asking(request, {}))
    if {response.status_code, whole.status_code} != {200}:
        return response
    films = json.loads(whole.data)[::-1]
    query = _query(request)
    if "page" in query:
        size = int(query.get("per_page", 12))
        films = films[(int(query["page"]) - 1) * size :][:size]
    return _put(response, films)


def ignore_per_page_of_directors(request: Request, proceed: Proceed) -> Response:
    query = _query(request)
    is_good = query.get("per_page") in {"1", "5", "100"} and "page" in query
    if request.path == "/directors/" and is_good:
        del query["per_page"]
        request = _asking(request, query)
    return proceed(request)


def redirect_to_the_slash(request: Request, proceed: Proceed) -> Response:
    if request.path == "/directors" and request.method == "GET":
        query = request.query_string.decode()
        return Response(status=308, headers={"Location": f"/directors/?{query}"})
    return proceed(request)


def give_all_for_page_zero(request: Request, proceed: Proceed) -> Response:
    if request.path in LISTS and _query(request) == {"page": "0"}:
        request = _asking(request, {})
    return proceed(request)


def fail_on_a_list(request: Request, proceed: Proceed) -> Response:
    if request.content_length == 2:
        body = request.get_data()
        if body == b"[]":
            return _put(Response(status=500, mimetype="application/json"), {"message": "Oops."})
        request.environ["wsgi.input"] = io.BytesIO(body)
    return proceed(request)


def say_nothing_about_what_is_missing(request: Request, proceed: Proceed) -> Response:
    response = proceed(request)
    return _put(response, {}) if response.status_code == 404 and response.data else response


def take_any_case_of_new(request: Request, proceed: Proceed) -> Response:
    query = _query(request)
    if request.path == "/movies/" and query.get("status") == "NEW":
        request = _asking(request, {**query, "status": "new"})
    return proceed(request)


def read_tokens_from_the_address(request: Request, proceed: Proceed) -> Response:
    if "access_token" in request.args:
        request.environ["HTTP_AUTHORIZATION"] = f"Bearer {request.args['access_token']}"
    return proceed(request)


# Each promise, in the words of the kit, and what breaks it: this one and no other.
BREAKAGES: dict[str, Breakage] = {
    "A page of another origin may read errors too, so that it can show their message.": (
        hide_errors_from_other_origins
    ),
    "`X-Total-Count` says on every page how long the whole list is.": miscount_genres,
    "The list of favorites begins with the one that was added last.": reverse_favorites,
    "`per_page` sets how many records a page holds, from 1 to 100.": ignore_per_page_of_directors,
    "Reading `/movies` and `/movies/` is the same, and so for every path; neither redirects.": (
        redirect_to_the_slash
    ),
    "A `page` that is no whole number from 1 is refused, and never means the whole list.": (
        give_all_for_page_zero
    ),
    "A body that is no JSON object, or no JSON at all, is 400.": fail_on_a_list,
    "Every error has a `message` that can be shown to people.": say_nothing_about_what_is_missing,
    "With any other `status` films stay in the order of the database.": take_any_case_of_new,
    "A token in the address, where logs would keep it, opens nothing.": (
        read_tokens_from_the_address
    ),
}
