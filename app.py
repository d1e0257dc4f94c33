"""The application factory."""

import logging
import sys
from pathlib import Path
from typing import cast

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import Engine, QueuePool

from commands import init_commands
from config import ROOT, Config, LabConfig
from helpers import logs
from helpers.database import UnusableDatabase
from helpers.settings import ConfigError
from implemented import Services, build_laboratory, build_services
from setup_db import DATABASE_UNAVAILABLE, db, init_db
from views import init_views
from views.errors import init_errors
from views.http import (
    FaultInjector,
    FinalSlashMiddleware,
    Gate,
    LabMiddleware,
    Metrics,
    ProxyMiddleware,
    RequestMiddleware,
    WholeListDelayMiddleware,
    WholeLists,
    WSGIApplication,
)
from views.http.cache import CacheMiddleware, CatalogueRevision, ResponseCache
from views.lab import init_lab
from views.metrics import init_metrics


def create_app(config: Config | None = None) -> Flask:
    """Build the application, configured from the environment unless a configuration is given.

    Exits with a message if a setting or the database cannot be used.
    """
    config = config or _read_settings(Config)
    logging.basicConfig(handlers=[logs.Handler()], level=logging.WARNING)
    app = Flask(__name__, static_folder=None)

    try:
        session = init_db(app, config.DATABASE_URL)
    except UnusableDatabase as error:
        sys.exit(f"Kinoteka cannot start. {error}")
    # Alembic puts the folder into a configuration in which % has a meaning.
    Migrate(app, db, directory=str(ROOT / "migrations").replace("%", "%%"))
    services = build_services(config, session)
    app.extensions["services"] = services
    init_errors(app, DATABASE_UNAVAILABLE)
    init_views(app, config.lifetimes, config.url)
    init_commands(app, config)
    _add_middleware(app, config, session.get_bind(), services)
    return app


def create_lab() -> Flask:
    """Build the application of `./dev lab`, configured from the environment."""
    return create_app(_read_settings(LabConfig))


def _read_settings(kind: type[Config]) -> Config:
    try:
        return kind.from_environment()
    except ConfigError as error:
        sys.exit(f"Kinoteka cannot start. {error}")


def _add_middleware(app: Flask, config: Config, engine: Engine, services: Services) -> None:
    """Wrap the application, from the inside to the outside (docs/decisions/0020)."""
    cache, revision = ResponseCache(), CatalogueRevision(services.catalogue_revision)
    whole_lists = WholeLists()
    app.extensions |= {
        "response_cache": cache,
        "catalogue_revision": revision,
        "whole_lists": whole_lists,
    }
    wsgi: WSGIApplication = CacheMiddleware(app.wsgi_app, cache, revision, whole_lists.read)
    if delay := config.WHOLE_LIST_DELAY_MS / 1000:
        wsgi = WholeListDelayMiddleware(wsgi, delay)
    if isinstance(config, LabConfig):
        faults = FaultInjector(config.LAB_SEED, config.LAB_FAILURE_PERCENT, config.LAB_DELAY_MS)
        gate = Gate((revision.forget, faults.forget))
        init_lab(app, build_laboratory(engine, gate.closed))
        wsgi = LabMiddleware(wsgi, faults, gate)
    metrics = None
    if config.METRICS_TOKEN:
        metrics = _metrics(config, engine, cache, services)
        init_metrics(app, config.METRICS_TOKEN, metrics)
    wsgi = RequestMiddleware(FinalSlashMiddleware(wsgi), config.CORS_ORIGINS, metrics)
    if config.TRUSTED_PROXIES:
        wsgi = ProxyMiddleware(wsgi, config.TRUSTED_PROXIES)
    app.wsgi_app = wsgi  # type: ignore[method-assign]


def _metrics(config: Config, engine: Engine, cache: ResponseCache, services: Services) -> Metrics:
    pool = cast(QueuePool, engine.pool)
    gauges = {
        ("workers", "Processes that have answered"): lambda: 1,
        ("database_connections_used", "Connections of all pools in use"): pool.checkedout,
        ("database_connections_max", "Connections that all pools may have"): pool.size,
        ("response_cache_memory_bytes", "Cached responses in memory"): cache.memory_bytes,
        ("response_cache_disk_bytes", "Cached responses in files"): cache.disk_bytes,
    }
    folder = Path(config.METRICS_FOLDER) if config.METRICS_FOLDER else None
    return Metrics(folder, gauges, services.catalogue_summary)
