"""Routes of the laboratory, where tests of clients reset and restore the database."""

from flask import Blueprint, Flask, Response
from flask.typing import ResponseReturnValue

from service.laboratory import LaboratoryService
from views.guard import forbid_storing
from views.http import empty_response

# With or without the final slash: `FinalSlashMiddleware` adds none to a name with a dot.
_SNAPSHOT = "/snapshots/<name>/"


def init_lab(app: Flask, laboratory: LaboratoryService) -> None:
    """Add the routes. They are not part of the documented API: only the laboratory has them."""
    lab = Blueprint("lab", __name__, url_prefix="/lab")
    lab.after_request(forbid_storing)

    @lab.post("/reset/")
    def reset() -> Response:
        laboratory.reset()
        return empty_response(204)

    @lab.get("/snapshots/")
    def names() -> ResponseReturnValue:
        return laboratory.names()

    @lab.put(_SNAPSHOT, strict_slashes=False)
    def save(name: str) -> Response:
        return empty_response(201 if laboratory.save(name) else 204)

    @lab.post(_SNAPSHOT, strict_slashes=False)
    def restore(name: str) -> Response:
        laboratory.restore(name)
        return empty_response(204)

    @lab.delete(_SNAPSHOT, strict_slashes=False)
    def delete(name: str) -> Response:
        laboratory.delete(name)
        return empty_response(204)

    app.register_blueprint(lab)
