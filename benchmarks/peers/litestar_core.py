"""Fast Litestar: columns read with SQLAlchemy Core, structs of msgspec, no entities."""

import os
import time
from typing import Annotated, Any

import jwt
import msgspec
from litestar import Litestar, Request, get
from litestar.di import Provide
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.params import Parameter
from sqlalchemy import Row, Select, bindparam, select

from benchmarks.peers.queries import engine_from_environment
from constants import JWT_ALGORITHM, JWT_ISSUER, PAGE_SIZE
from dao.models import Director, Favorite, Genre, LoginSession, Movie, User

engine = engine_from_environment()
# SQLite is quicker than a switch to another thread.
IN_THREAD = engine.dialect.name != "sqlite"


class Named(msgspec.Struct):
    id: int
    name: str


class Film(msgspec.Struct):
    id: int
    title: str
    description: str
    trailer: str
    year: int
    rating: float | None
    genre: Named
    director: Named


class FilmAlone(Film):
    favorites_count: int


class Profile(msgspec.Struct):
    id: int
    email: str
    name: str | None
    surname: str | None
    favorite_genre_id: int | None


# Built once: building a statement takes longer than running it.
FILMS: Select[*tuple[Any, ...]] = (
    select(
        *(Movie.id, Movie.title, Movie.description, Movie.trailer, Movie.year, Movie.rating),
        *(Genre.id, Genre.name, Director.id, Director.name, Movie.favorites_count),
    )
    .join(Movie.genre)
    .join(Movie.director)
)
PAGE = FILMS.order_by(Movie.id).limit(PAGE_SIZE).offset(bindparam("offset"))
FILM = FILMS.where(Movie.id == bindparam("movie_id"))
FAVORITES = (
    FILMS.join(Favorite, Favorite.movie_id == Movie.id)
    .where(Favorite.user_id == bindparam("user_id"))
    .order_by(Favorite.created_at.desc(), Favorite.movie_id.desc())
    .limit(PAGE_SIZE)
    .offset(bindparam("offset"))
)
PROFILE = select(User.id, User.email, User.name, User.surname, User.favorite_genre_id).where(
    User.id == bindparam("user_id")
)
LIVE = select(LoginSession.user_id).where(
    LoginSession.id == bindparam("session_id"),
    LoginSession.user_id == bindparam("user_id"),
    LoginSession.expires_at > bindparam("now"),
)


def read(query: Select[*tuple[Any, ...]], **values: Any) -> list[Row[*tuple[Any, ...]]]:
    with engine.connect() as connection:
        return list(connection.execute(query, values))


def film(row: Row[*tuple[Any, ...]]) -> Film:
    return Film(*row[:6], Named(*row[6:8]), Named(*row[8:10]))


def caller_id(request: Request[Any, Any, Any]) -> int:
    """Check the token, and with one statement that its session is live."""
    try:
        claims = jwt.decode(
            request.headers.get("Authorization", "").removeprefix("Bearer "),
            os.environ["SECRET_KEY"],
            algorithms=[JWT_ALGORITHM],
            issuer=JWT_ISSUER,
            audience="access",
        )
    except jwt.InvalidTokenError as error:
        raise NotAuthorizedException from error
    now = int(time.time())
    live = read(LIVE, session_id=claims["sid"], user_id=int(claims["sub"]), now=now)
    if not live:
        raise NotAuthorizedException
    return int(live[0][0])


CALLER = {"user_id": Provide(caller_id, sync_to_thread=IN_THREAD)}
PageNumber = Annotated[int, Parameter(ge=1)]


@get("/movies/", sync_to_thread=IN_THREAD)
def get_movies(page: PageNumber = 1) -> list[Film]:
    return [film(row) for row in read(PAGE, offset=(page - 1) * PAGE_SIZE)]


@get("/movies/{movie_id:int}/", sync_to_thread=IN_THREAD)
def get_movie(movie_id: int) -> FilmAlone:
    found = read(FILM, movie_id=movie_id)
    if not found:
        raise NotFoundException
    row = found[0]
    return FilmAlone(*row[:6], Named(*row[6:8]), Named(*row[8:10]), row[10])


@get("/user/", dependencies=CALLER, sync_to_thread=IN_THREAD)
def get_user(user_id: int) -> Profile:
    return Profile(*read(PROFILE, user_id=user_id)[0])


@get("/favorites/movies/", dependencies=CALLER, sync_to_thread=IN_THREAD)
def get_favorites(user_id: int, page: PageNumber = 1) -> list[Film]:
    return [film(row) for row in read(FAVORITES, user_id=user_id, offset=(page - 1) * PAGE_SIZE)]


def create_app() -> Litestar:
    return Litestar([get_movies, get_movie, get_user, get_favorites], openapi_config=None)
