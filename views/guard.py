"""Authentication of the caller, and which caches may store the response.

The decorators check the token, and document the padlock in Swagger.
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

# Values of Cache-Control. Shared caches may store public responses, and only the caller's own cache
# may store private ones. Both revalidate them each time.
PUBLIC = "public, no-cache"
PRIVATE = "private, no-cache"
NO_STORE = "no-store"


def auth_required(view: View) -> View:
    """Pass the caller on to the view; respond with 401 if nobody is signed in."""

    @wraps(view)
    @not_stored
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, caller=_caller(), **kwargs)

    return document(guarded, security=BEARER, responses=failures(401))


def auth_optional(view: View) -> View:
    """Pass the caller on to the view, or None without a valid token.

    `Vary` lets caches keep the responses to different callers apart.
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
    """Forbid all caches to store the response, errors included."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        after_this_request(forbid_storing)
        return view(*args, **kwargs)

    return guarded


def forbid_storing(response: Response) -> Response:
    response.headers["Cache-Control"] = NO_STORE
    return response


def client_ip() -> str:
    """Return the IP address of the client: the TCP peer, or the one that trusted proxies report."""
    return request.remote_addr or ""


def bearer_token() -> str | None:
    """Return the bearer token of the request (RFC 6750, section 2.1), or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _caller() -> Claims:
    """Return the claims of the caller's token. Raises NotAuthenticated."""
    token = bearer_token()
    if token is None:
        raise NotAuthenticated("Sign in first: this needs an access token.")
    caller = services.auth.authenticate(token)
    request.environ[USER_ID] = caller.user_id
    return caller
