"""The container: the only module that knows the concrete classes of DAOs and services."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from flask import current_app
from sqlalchemy import Engine
from werkzeug.local import LocalProxy

from config import Config
from dao.catalogue import CatalogueDAO, CatalogueStateDAO
from dao.favorite import FavoriteDAO
from dao.importing import MergeDAO, RemovalDAO, StagingDAO
from dao.login_session import LoginSessionDAO
from dao.models import Director, Genre
from dao.movie import MovieDAO
from dao.rate_limit import RateLimitDAO
from dao.reference import ReferenceDAO
from dao.user import UserDAO
from helpers.database import DatabaseSession, Snapshots, ThreadSession, exclusive_lock
from helpers.passwords import Passwords
from helpers.tokens import Tokens
from service.auth import AuthService, SessionTimes
from service.caller import CallerLock
from service.credentials import CredentialsService
from service.demo import DemoService
from service.favorite import FavoriteService
from service.health import HealthService
from service.importing import ImportService
from service.laboratory import Exclusively, LaboratoryService
from service.movie import MovieService
from service.owner import OwnerService
from service.rate_limit import Limits, RateLimitService
from service.reference import ReferenceService
from service.user import UserService
from setup_db import db, session_without_timeouts, transaction

IMPORTING = "importing"  # The purpose of the lock that lets one import run at a time.


@dataclass(frozen=True)
class Services:
    """Everything that views may use."""

    auth: AuthService
    catalogue_is_empty: Callable[[], bool]
    catalogue_revision: Callable[[], int]
    catalogue_summary: Callable[[], tuple[int, int] | None]
    demo: DemoService
    directors: ReferenceService
    favorites: FavoriteService
    genres: ReferenceService
    health: HealthService
    movies: MovieService
    owner: OwnerService
    users: UserService


def build_services(config: Config, session: ThreadSession) -> Services:
    """Build every DAO and service; all of them share one session."""
    catalogue_state = CatalogueStateDAO(session.get_bind())
    favorites = FavoriteDAO(session)
    login_sessions = LoginSessionDAO(session)
    movies = MovieDAO(session)
    users = UserDAO(session)
    passwords = Passwords()
    unit_of_work = partial(transaction, session)
    limits = Limits(
        pair=config.LIMIT_LOGIN_PAIR,
        ip=config.LIMIT_LOGIN_IP,
        email=config.LIMIT_LOGIN_ADDRESS,
        registration=config.LIMIT_REGISTER_IP,
    )
    rate_limits = RateLimitService(RateLimitDAO(session), login_sessions, limits, _seconds)
    credentials = CredentialsService(users, rate_limits, passwords, unit_of_work)
    lock_caller = CallerLock(login_sessions, _seconds)
    tokens = Tokens((config.SECRET_KEY, *config.SECRET_KEY_FALLBACKS), config.ACCESS_TOKEN_SECONDS)
    times = SessionTimes(
        idle=config.REFRESH_TOKEN_SECONDS,
        total=config.SESSION_SECONDS,
        grace=config.REFRESH_GRACE_SECONDS,
    )
    return Services(
        auth=AuthService(
            login_sessions, credentials, tokens, times, lock_caller, unit_of_work, _seconds
        ),
        catalogue_is_empty=catalogue_state.is_empty,
        catalogue_revision=catalogue_state.revision,
        catalogue_summary=catalogue_state.summary,
        demo=DemoService(users, favorites, movies, passwords, unit_of_work, _microseconds),
        directors=ReferenceService(ReferenceDAO(session, Director), "director"),
        favorites=FavoriteService(favorites, movies, lock_caller, unit_of_work, _microseconds),
        genres=ReferenceService(ReferenceDAO(session, Genre), "genre"),
        health=HealthService(catalogue_state),
        movies=MovieService(movies),
        owner=OwnerService(users, login_sessions, favorites, passwords, unit_of_work),
        users=UserService(
            users,
            login_sessions,
            favorites,
            rate_limits,
            credentials,
            passwords,
            lock_caller,
            unit_of_work,
        ),
    )


def build_importer(session: DatabaseSession) -> ImportService:
    """Build the import service; all transactions of its session share one connection."""
    return ImportService(
        StagingDAO(session),
        MergeDAO(session),
        RemovalDAO(session),
        CatalogueDAO(session),
        exclusive_lock=partial(exclusive_lock, session.get_bind().engine, IMPORTING, wait=False),
        transaction=partial(transaction, session),
        staging_transaction=partial(transaction, session, staging=True),
        microseconds=_microseconds,
        pause=time.sleep,
    )


def build_laboratory(engine: Engine, exclusively: Exclusively) -> LaboratoryService:
    """Build the service of the laboratory, whose database is an SQLite file."""
    return LaboratoryService(Snapshots(engine), exclusively)


@contextmanager
def importing() -> Iterator[ImportService]:
    """Yield the import service for the database of the current application."""
    with session_without_timeouts(db.engine) as session:
        yield build_importer(session)


def _seconds() -> int:
    return int(time.time())


def _microseconds() -> int:
    return time.time_ns() // 1000


# A proxy, because each application has services of its own.
services: Services = LocalProxy(lambda: current_app.extensions["services"])  # type: ignore[assignment]
