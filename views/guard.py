"""Who is calling. The decorators check, and draw the padlock in the Swagger document."""

from __future__ import annotations

from functools import wraps
from typing import Any

from flask import Response, after_this_request, request

from helpers.tokens import Claims
from implemented import services
from service.errors import NotAuthenticated
from views.http.middleware import USER_ID
from views.http.openapi.swagger import View, document, failures

# The name of the scheme in the Swagger document.
BEARER = "bearer"


def auth_required(view: View) -> View:
    """Pass the caller on to the view; answer 401 where nobody is signed in."""

    @wraps(view)
    @not_stored
    def guarded(resource: object, *args: Any, **kwargs: Any) -> Any:
        token = _bearer_token()
        if token is None:
            raise NotAuthenticated("Sign in first: this needs an access token.")
        return view(resource, _caller(token), *args, **kwargs)

    return document(guarded, security=BEARER, responses=failures(401))


def auth_optional(view: View) -> View:
    """Pass the caller on to the view, or None: a bad token is as good as none.

    Caches keep the answers of different callers apart, and shared ones only those to nobody.
    """

    @wraps(view)
    def guarded(resource: object, *args: Any, **kwargs: Any) -> Any:
        caller = _caller_or_none()
        after_this_request(_vary if caller is None else _vary_privately)
        return view(resource, caller, *args, **kwargs)

    return guarded


def not_stored(view: View) -> View:
    """Let no cache keep the answer, an error included."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        after_this_request(_forbid_storing)
        return view(*args, **kwargs)

    return guarded


def client_ip() -> str:
    """Return the address of the client: the TCP peer, or what the trusted proxies say."""
    return request.remote_addr or ""


def _caller(token: str) -> Claims:
    caller = services.auth.authenticate(token)
    request.environ[USER_ID] = caller.user_id  # For the line of log.
    return caller


def _caller_or_none() -> Claims | None:
    token = _bearer_token()
    try:
        return _caller(token) if token else None
    except NotAuthenticated:
        return None


def _bearer_token() -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _vary(response: Response) -> Response:
    response.vary.add("Authorization")
    return response


def _vary_privately(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-cache"
    return _vary(response)


def _forbid_storing(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
