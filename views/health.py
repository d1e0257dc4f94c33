"""Health checks for load balancers and supervisors. They are not part of the documented API."""

from flask import Blueprint, request
from werkzeug.exceptions import ServiceUnavailable

from constants import RETRY_SECONDS
from implemented import services
from views.guard import forbid_storing
from views.http import UNLOGGED

health = Blueprint("health", __name__, url_prefix="/health")


@health.get("/live/")
def live() -> dict[str, str]:
    """Answer as long as the process runs. A database outage is no reason to restart it."""
    return {"status": "live"}


@health.get("/ready/")
def ready() -> dict[str, str]:
    """Answer 200 if requests can be served, and 503 if the database does not respond."""
    if not services.health.is_ready():
        raise ServiceUnavailable("The database does not answer.", retry_after=RETRY_SECONDS)
    return {"status": "ready"}


@health.before_request
def _leave_out_of_the_log() -> None:
    # Health checks arrive every few seconds.
    request.environ[UNLOGGED] = True


health.after_request(forbid_storing)
