"""The HTTP layer: one namespace a file, and the API that they make."""

from __future__ import annotations

from flask import Flask

from constants import VERSION
from helpers.restx import Api
from views import auth, directors, favorites, genres, movies, users
from views.docs import DESCRIPTION, docs, docs_page
from views.guard import BEARER


def init_views(app: Flask) -> None:
    """Add every namespace, the Swagger document and its page."""
    api = Api(
        title="Kinoteka",
        version=VERSION,
        description=DESCRIPTION,
        doc="/docs/",
        authorizations={
            BEARER: {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "`Bearer ` and the access token.",
            }
        },
    )
    api.documentation(docs_page)
    api.init_app(app)
    app.register_blueprint(docs)
    for namespace in (
        movies.movies,
        genres.genres,
        directors.directors,
        auth.auth,
        users.users,
        favorites.favorites,
    ):
        api.add_namespace(namespace)
