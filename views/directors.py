"""Directors."""

from typing import Any

from flask_restx import Resource

from helpers.pages import Page
from implemented import services
from views import queries, schemas
from views.guard import PUBLIC
from views.http.openapi import Namespace

directors = Namespace("directors", "Directors", path="/directors")


@directors.route("/")
class Directors(Resource):
    @directors.lists(schemas.Director(), queries.NameQuery(), cache_control=PUBLIC)
    @directors.doc("list_directors")
    def get(self, query: dict[str, Any]) -> Page:
        """List directors by ascending id."""
        return services.directors.find(**query)


@directors.route("/<int:director_id>/")
@directors.param("director_id", "Id of a director.", "path", minimum=1, **{"x-example": 8})
class Director(Resource):
    @directors.fails(404)
    @directors.returns(schemas.Director(), cache_control=PUBLIC)
    @directors.doc("get_director")
    def get(self, director_id: int) -> dict[str, Any]:
        """Get a director."""
        return services.directors.get(director_id)
