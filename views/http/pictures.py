"""Responses with pictures, which are public and cached."""

from collections.abc import Callable

from flask import Response, current_app, request

from views.http.cache import CachedResponse, CatalogueRevision, entity_tag
from views.http.environ import PARAMETERS, ROUTE
from views.http.lists import cached

# Pages of all origins may show the picture, also isolated ones (Fetch Standard,
# "Cross-Origin-Resource-Policy header"). The strict content policy of all responses does no harm:
# the pictures need neither style sheets nor scripts.
_FOR_ALL_ORIGINS = ("Cross-Origin-Resource-Policy", "cross-origin")


def respond_with_picture(
    draw: Callable[[], bytes], media_type: str, cache_control: str
) -> Response:
    """Return the response with a picture that depends on the catalogue alone."""
    revision: CatalogueRevision = current_app.extensions["catalogue_revision"]
    drawn_for = revision()

    def make() -> CachedResponse:
        body = draw()
        headers = [
            ("Content-Type", media_type),
            ("Content-Length", str(len(body))),
            ("ETag", entity_tag(body)),
            ("Cache-Control", cache_control),
            ("Vary", "Accept-Encoding"),
            _FOR_ALL_ORIGINS,
        ]
        return CachedResponse(drawn_for, headers, body, request.environ[ROUTE])

    request.environ[PARAMETERS] = {}
    response = cached({}, drawn_for, make)
    return Response(response.body, headers=response.headers)
