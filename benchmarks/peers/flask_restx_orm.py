"""Ordinary Flask-RESTX: a resource, entities of the ORM, marshmallow."""

from typing import Any

from flask import Flask, request
from flask_restx import Api, Resource
from marshmallow import Schema, fields
from sqlalchemy.orm import sessionmaker

from benchmarks.peers.queries import engine_from_environment, movies


class Named(Schema):
    id = fields.Integer()
    name = fields.String()


class Film(Schema):
    id = fields.Integer()
    title = fields.String()
    description = fields.String()
    trailer = fields.String()
    year = fields.Integer()
    rating = fields.Float()
    genre = fields.Nested(Named)
    director = fields.Nested(Named)


def create_app() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["RESTX_JSON"] = {"ensure_ascii": False}
    api = Api(app)
    new_session = sessionmaker(engine_from_environment())
    schema = Film(many=True)

    @api.route("/movies/")
    class Films(Resource):
        def get(self) -> Any:
            page = request.args.get("page", type=int)
            with new_session() as session:
                return schema.dump(session.scalars(movies(page)))

    return app
