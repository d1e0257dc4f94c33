"""Metrics for Prometheus, behind a token."""

from secrets import compare_digest

from flask import Blueprint, Flask, Response, request
from prometheus_client.exposition import choose_encoder

from service.errors import BadToken, NotAuthenticated
from views.guard import bearer_token, forbid_storing
from views.http import UNLOGGED, Metrics

_REFUSAL = "This needs the token of the setting METRICS_TOKEN."
_OPENMETRICS = "application/openmetrics-text"


def init_metrics(app: Flask, token: str, metrics: Metrics) -> None:
    """Add the route. It is not part of the documented API."""
    blueprint = Blueprint("metrics", __name__, url_prefix="/metrics")
    blueprint.after_request(forbid_storing)

    @blueprint.get("/")
    def show() -> Response:
        """Return all metrics, in the format that the client prefers."""
        sent = bearer_token()
        if sent is None:
            raise NotAuthenticated(_REFUSAL)
        if not compare_digest(sent.encode(), token.encode()):
            raise BadToken(_REFUSAL)
        request.environ[UNLOGGED] = True  # Prometheus scrapes every few seconds.
        accepted = [kind for kind, quality in request.accept_mimetypes if quality]
        # Without the version of the media type: the library raises if it is not a number.
        is_open = any(kind.startswith(_OPENMETRICS) for kind in accepted)
        encode, content_type = choose_encoder(_OPENMETRICS if is_open else "")
        return Response(encode(metrics), content_type=content_type)

    app.register_blueprint(blueprint)
