"""The HTTP layer: one namespace a file, and the API that they make."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from constants import VERSION
from views import auth, directors, favorites, genres, movies, users
from views.docs import init_docs
from views.guard import BEARER
from views.health import health
from views.http import before_request
from views.http.openapi import Api
from views.pages import init_pages


def init_views(app: Flask, settings: Mapping[str, Any], url: str) -> None:
    """Add every namespace, the pages, and the documents, which mention some of the settings.

    `url` is the address at which clients find the API.
    """
    app.before_request(before_request)
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
    init_docs(app, api, url, settings)
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
