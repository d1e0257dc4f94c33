"""The minimum of Flask: a view that returns constant bytes."""

from flask import Flask, Response

BODY = b"x" * 6000  # About the size of a page of twelve films.


def create_app() -> Flask:
    app = Flask(__name__, static_folder=None)

    @app.get("/movies/")
    def ready() -> Response:
        return Response(BODY, content_type="application/json")

    return app
