"""Films."""

from typing import Any

from flask_restx import Resource

from helpers.pages import Page
from helpers.posters import MEDIA_TYPE, draw_poster
from helpers.tokens import Claims
from implemented import services
from views import queries, schemas
from views.guard import PUBLIC, auth_optional
from views.http.openapi import Namespace

movies = Namespace("movies", "Films", path="/movies")


@movies.route("/")
class Movies(Resource):
    @movies.lists(schemas.Movie(), queries.MovieQuery(), cache_control=PUBLIC)
    @movies.doc("list_movies")
    def get(self, query: dict[str, Any]) -> Page:
        """List films.

        All of them by ascending id, unless the query says otherwise. Filters can be combined;
        one that fits nothing gives an empty list.
        """
        return services.movies.find(**query)


@movies.route("/<int:movie_id>/")
@movies.param("movie_id", "Id of a film.", "path", minimum=1, **{"x-example": 9})
class Movie(Resource):
    @auth_optional
    @movies.fails(404)
    @movies.returns(schemas.MovieDetail(), cache_control=PUBLIC)
    @movies.doc("get_movie")
    def get(self, caller: Claims | None, movie_id: int) -> dict[str, Any]:
        """Get a film.

        With an access token `is_favorite` says whether you like it.
        """
        return services.movies.get(movie_id, caller.user_id if caller else None)


@movies.route("/<int:movie_id>/poster.svg")
@movies.param("movie_id", "Id of a film.", "path", minimum=1, **{"x-example": 9})
class Poster(Resource):
    @movies.fails(404)
    @movies.draws(MEDIA_TYPE, cache_control=PUBLIC)
    @movies.doc("get_poster")
    def get(self, movie_id: int) -> bytes:
        """Get the poster of a film, as it is drawn here.

        It shows title, year, genre and director, is two units wide and three high, and may be
        shown by pages of any origin.
        """
        movie = services.movies.get(movie_id)
        return draw_poster(
            movie_id=movie["id"],
            title=movie["title"],
            year=movie["year"],
            genre_id=movie["genre.id"],
            genre=movie["genre.name"],
            director=movie["director.name"],
        )
