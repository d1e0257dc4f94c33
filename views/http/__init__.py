"""Rib: how HTTP is spoken, whatever the API is about.

Middleware adds what every response carries (request id, access log, security headers, CORS); the
others read request bodies, know ids in paths and turn lists into responses. `lab.py` and `gate.py`
work in `./dev lab` alone. A reader may ignore it all: a view is a function from arguments to
results. It is worth half the time of a small request against the extensions and hooks of Flask that
do the same (docs/performance.md).
"""

from views.http.environ import UNLOGGED, USER_ID, WSGIApplication
from views.http.gate import WAITING, Gate
from views.http.lab import FaultInjector, LabMiddleware
from views.http.metrics import Metrics
from views.http.middleware import FinalSlashMiddleware, RequestMiddleware, before_request
from views.http.proxies import ProxyMiddleware
from views.http.routing import Id
from views.http.urls import URLOrPath
from views.http.whole_list_delay import WholeListDelayMiddleware
from views.http.whole_lists import WholeLists

__all__ = [
    "UNLOGGED",
    "USER_ID",
    "WAITING",
    "FaultInjector",
    "FinalSlashMiddleware",
    "Gate",
    "Id",
    "LabMiddleware",
    "Metrics",
    "ProxyMiddleware",
    "RequestMiddleware",
    "URLOrPath",
    "WSGIApplication",
    "WholeListDelayMiddleware",
    "WholeLists",
    "before_request",
]
