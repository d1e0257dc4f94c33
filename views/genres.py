"""Genres."""

from typing import Any

from flask_restx import Resource

from helpers.pages import Page
from implemented import services
from views import queries, schemas
from views.guard import PUBLIC
from views.http.openapi import Namespace

genres = Namespace("genres", "Genres", path="/genres")


@genres.route("/")
class Genres(Resource):
    @genres.lists(schemas.Genre(), queries.NameQuery(), cache_control=PUBLIC)
    @genres.doc("list_genres")
    def get(self, query: dict[str, Any]) -> Page:
        """List genres by ascending id."""
        return services.genres.find(**query)


@genres.route("/<int:genre_id>/")
@genres.param("genre_id", "Id of a genre.", "path", minimum=1, **{"x-example": 4})
class Genre(Resource):
    @genres.fails(404)
    @genres.returns(schemas.Genre(), cache_control=PUBLIC)
    @genres.doc("get_genre")
    def get(self, genre_id: int) -> dict[str, Any]:
        """Get a genre."""
        return services.genres.get(genre_id)
