"""Pictures as responses, which are the same for everybody, and cached."""

from collections.abc import Callable

from flask import Response, current_app, request

from views.http.cache import CachedResponse, CatalogueRevision, entity_tag
from views.http.environ import PARAMETERS, ROUTE
from views.http.lists import cached

# Pages of all origins may show it, also those that isolate themselves (Fetch Standard,
# "Cross-Origin-Resource-Policy header"). The strict policy of all responses does it no harm: a
# picture that needs no style sheet is drawn as it is, and scripts have no place in it.
_FOR_ALL_ORIGINS = ("Cross-Origin-Resource-Policy", "cross-origin")


def respond_with_picture(
    draw: Callable[[], bytes], media_type: str, cache_control: str
) -> Response:
    """Return the response with a picture that depends on nothing but the catalogue."""
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
