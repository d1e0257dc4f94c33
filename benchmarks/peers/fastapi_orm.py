"""Ordinary FastAPI: functions in its thread pool, entities of the ORM, pydantic."""

import os
import time
from collections.abc import Iterator
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.peers.queries import engine_from_environment, favorites, movies
from constants import JWT_ALGORITHM, JWT_ISSUER
from dao.models import LoginSession, Movie, User

new_session = sessionmaker(engine_from_environment())
app = FastAPI()


class Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int


class Named(Read):
    name: str


class Film(Read):
    title: str
    description: str
    trailer: str
    year: int
    rating: float | None
    genre: Named
    director: Named


class FilmAlone(Film):
    favorites_count: int


class Profile(Read):
    email: str
    name: str | None
    surname: str | None
    favorite_genre_id: int | None


def session() -> Iterator[Session]:
    with new_session() as opened:
        yield opened


Database = Annotated[Session, Depends(session)]
Token = Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]


def user_id(token: Token, database: Database) -> int:
    """Check the token, and with one statement that its session is live."""
    try:
        claims = jwt.decode(
            token.credentials,
            os.environ["SECRET_KEY"],
            algorithms=[JWT_ALGORITHM],
            issuer=JWT_ISSUER,
            audience="access",
        )
    except jwt.InvalidTokenError as error:
        raise HTTPException(401) from error
    live = select(LoginSession.user_id).where(
        LoginSession.id == claims["sid"],
        LoginSession.user_id == int(claims["sub"]),
        LoginSession.expires_at > int(time.time()),
    )
    found = database.scalar(live)
    if found is None:
        raise HTTPException(401)
    return found


@app.get("/movies/", response_model=list[Film])
def get_movies(database: Database, page: Annotated[int | None, Query(ge=1)] = None) -> Any:
    return database.scalars(movies(page)).all()


@app.get("/movies/{movie_id}/", response_model=FilmAlone)
def get_movie(movie_id: int, database: Database) -> Any:
    found = database.scalar(movies(None).where(Movie.id == movie_id))
    if found is None:
        raise HTTPException(404)
    return found


@app.get("/favorites/movies/", response_model=list[Film])
def get_favorites(
    user: Annotated[int, Depends(user_id)],
    database: Database,
    page: Annotated[int, Query(ge=1)] = 1,
) -> Any:
    return database.scalars(favorites(user, page)).all()


@app.get("/user/", response_model=Profile)
def get_user(user: Annotated[int, Depends(user_id)], database: Database) -> Any:
    return database.get_one(User, user)


def create_app() -> FastAPI:
    return app
