"""Who is calling, and which caches may store the response.

The decorators check, and draw the padlock in the Swagger document.
"""

from contextlib import suppress
from functools import wraps
from typing import Any

from flask import Response, after_this_request, request

from helpers.tokens import Claims
from implemented import services
from service.errors import NotAuthenticated
from views.http import USER_ID
from views.http.openapi import OPTIONAL_SECURITY, View, document, failures

# The name of the scheme in the Swagger document.
BEARER = "bearer"

# Values of Cache-Control. Any cache may store what is the same for everybody, and only the
# caller's own what is not; both ask each time whether it has changed.
PUBLIC = "public, no-cache"
PRIVATE = "private, no-cache"
NO_STORE = "no-store"


def auth_required(view: View) -> View:
    """Pass the caller on to the view; respond with 401 where nobody is signed in."""

    @wraps(view)
    @not_stored
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, caller=_caller(), **kwargs)

    return document(guarded, security=BEARER, responses=failures(401))


def auth_optional(view: View) -> View:
    """Pass the caller on to the view, or None: a bad token counts as none.

    Caches keep the responses to different callers apart.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        caller = None
        with suppress(NotAuthenticated):
            caller = _caller()

        @after_this_request
        def vary(response: Response) -> Response:
            response.vary.add("Authorization")
            if caller is not None:
                response.headers["Cache-Control"] = PRIVATE
            return response

        return view(*args, caller=caller, **kwargs)

    return document(guarded, vendor={OPTIONAL_SECURITY: BEARER})


def not_stored(view: View) -> View:
    """Let no cache store the response, an error included."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        after_this_request(forbid_storing)
        return view(*args, **kwargs)

    return guarded


def forbid_storing(response: Response) -> Response:
    response.headers["Cache-Control"] = NO_STORE
    return response


def client_ip() -> str:
    """Return the IP address of the client: the TCP peer, or what the trusted proxies say."""
    return request.remote_addr or ""


def bearer_token() -> str | None:
    """Return the token that the request shows (RFC 6750, section 2.1), or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _caller() -> Claims:
    """Return who is signed in. Raises NotAuthenticated."""
    token = bearer_token()
    if token is None:
        raise NotAuthenticated("Sign in first: this needs an access token.")
    caller = services.auth.authenticate(token)
    request.environ[USER_ID] = caller.user_id
    return caller
