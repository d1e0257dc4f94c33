"""The favorite films of the signed-in user."""

from typing import Any

from flask_restx import Resource

from helpers.pages import Page
from helpers.tokens import Claims
from implemented import services
from views import queries, schemas
from views.guard import auth_required
from views.http.openapi import Namespace

favorites = Namespace("favorites", "Your favorite films", path="/favorites/movies")


@favorites.route("/")
class Favorites(Resource):
    @auth_required
    @favorites.lists(schemas.Movie(), queries.PageQuery())
    @favorites.doc("list_favorites")
    def get(self, caller: Claims, query: dict[str, Any]) -> Page:
        """List your favorite films, the newest favorite first."""
        return services.favorites.find(caller.user_id, **query)


@favorites.route("/ids/")
class FavoriteIds(Resource):
    @auth_required
    @favorites.lists(int, queries.PageQuery())
    @favorites.doc("list_favorite_ids")
    def get(self, caller: Claims, query: dict[str, Any]) -> Page:
        """List the ids of your favorite films, the newest favorite first.

        Enough to mark them in lists of films, which are the same for everybody.
        """
        return services.favorites.find_ids(caller.user_id, **query)


@favorites.route("/<int:movie_id>/")
@favorites.param("movie_id", "Id of a film.", "path", minimum=1, **{"x-example": 9})
class Favorite(Resource):
    @auth_required
    @favorites.fails(404)
    @favorites.returns(schemas.Movie())
    @favorites.doc("get_favorite")
    def get(self, caller: Claims, movie_id: int) -> dict[str, Any]:
        """Get a film if it is one of your favorites."""
        return services.favorites.get(caller.user_id, movie_id)

    @auth_required
    @favorites.fails(404)
    @favorites.returns(schemas.Movie())
    @favorites.doc("add_favorite")
    def post(self, caller: Claims, movie_id: int) -> dict[str, Any]:
        """Add a film to your favorites.

        The answer is the same when it was one already.
        """
        return services.favorites.add(caller, movie_id)

    @auth_required
    @favorites.fails(404)
    @favorites.returns(None, 204, "Removed")
    @favorites.doc("remove_favorite")
    def delete(self, caller: Claims, movie_id: int) -> None:
        """Remove a film from your favorites.

        The answer is the same when it was none.
        """
        services.favorites.remove(caller, movie_id)
