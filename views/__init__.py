"""The HTTP layer: one namespace a file, and the API that they make."""

from __future__ import annotations

from flask import Flask, request

from constants import VERSION
from views import auth, directors, favorites, genres, movies, users
from views.docs import DESCRIPTION, docs, docs_page
from views.documents import init_documents
from views.guard import BEARER
from views.health import health
from views.http.cache.middleware import ROUTE
from views.http.openapi.decorators import Api


def init_views(app: Flask) -> None:
    """Add every namespace, the Swagger document and its page."""
    app.before_request(_name_route)
    api = Api(
        title="Kinoteka",
        version=VERSION,
        description=DESCRIPTION,
        authorizations={
            BEARER: {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "`Bearer ` and the access token.",
            }
        },
    )
    api.init_app(app, add_specs=False)
    init_documents(app, api)
    app.add_url_rule("/docs/", "doc", docs_page)
    app.register_blueprint(docs)
    app.register_blueprint(health)
    for namespace in (
        movies.movies,
        genres.genres,
        directors.directors,
        auth.auth,
        users.users,
        favorites.favorites,
    ):
        api.add_namespace(namespace)


def _name_route() -> None:
    """Leave the template of the path for the line of log."""
    if request.url_rule:
        request.environ[ROUTE] = request.url_rule.rule
