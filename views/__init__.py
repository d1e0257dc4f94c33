"""The HTTP layer: one namespace a file, and the API that they make."""

from collections.abc import Mapping

from flask import Flask

from constants import VERSION
from views import auth, directors, favorites, genres, movies, users
from views.docs import init_docs
from views.guard import BEARER
from views.health import health
from views.http import JSONResponse, init_routing
from views.http.openapi import Api
from views.pages import init_pages


def init_views(app: Flask, lifetimes: Mapping[str, int], url: str) -> None:
    """Add every namespace, the pages, and the documents, which mention some of the settings.

    `url` is the address at which clients find the API.
    """
    init_routing(app)
    app.response_class = JSONResponse
    app.config.from_mapping(
        RESTX_ERROR_404_HELP=False, RESTX_INCLUDE_ALL_MODELS=True, RESTX_MASK_SWAGGER=False
    )
    api = Api(
        title="Kinoteka",
        version=VERSION,
        license="MIT",
        license_url="https://opensource.org/license/mit",
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
    init_docs(app, api, url, lifetimes)
    init_pages(app)
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
