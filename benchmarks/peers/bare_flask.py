"""The least that Flask can do: a view that returns bytes which are ready."""

from flask import Flask, Response

BODY = b"x" * 6000  # About a page of twelve films.


def create_app() -> Flask:
    app = Flask(__name__, static_folder=None)

    @app.get("/movies/")
    def ready() -> Response:
        return Response(BODY, content_type="application/json")

    return app
