"""For load balancers and the like: whether to send requests here, and whether to start anew."""

from flask import Blueprint, request
from werkzeug.exceptions import ServiceUnavailable

from constants import RETRY_SECONDS
from implemented import services
from views.guard import forbid_storing
from views.http import UNLOGGED

# Neither of them is part of the API that is documented.
health = Blueprint("health", __name__, url_prefix="/health")


@health.get("/live/")
def live() -> dict[str, str]:
    """Tell that this process answers, whatever the database does: a restart would not help it."""
    return {"status": "live"}


@health.get("/ready/")
def ready() -> dict[str, str]:
    """Tell whether requests can be served here."""
    if not services.health.is_ready():
        raise ServiceUnavailable("The database does not answer.", retry_after=RETRY_SECONDS)
    return {"status": "ready"}


@health.before_request
def _leave_out_of_the_log() -> None:
    # They are asked every few seconds, for ever.
    request.environ[UNLOGGED] = True


health.after_request(forbid_storing)
