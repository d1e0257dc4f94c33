"""Rib: how HTTP is spoken, whatever the API is about.

Middleware adds what every response carries: request id, security headers, CORS, access log. Other
modules read request bodies, convert ids in paths and turn lists into responses. Only `./dev lab`
uses `lab.py` and `gate.py`. You can ignore the folder: a view is a function from arguments to
results. It halves the time of a small request, compared with Flask's extensions and hooks for the
same work (docs/performance.md).
"""

from views.http.environ import UNLOGGED, USER_ID, WSGIApplication
from views.http.gate import WAITING, Gate
from views.http.lab import FaultInjector, LabMiddleware
from views.http.metrics import Metrics
from views.http.middleware import FinalSlashMiddleware, RequestMiddleware
from views.http.proxies import ProxyMiddleware
from views.http.responses import JSONResponse, cacheable, empty_response, json_response
from views.http.routing import init_routing
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
    "JSONResponse",
    "LabMiddleware",
    "Metrics",
    "ProxyMiddleware",
    "RequestMiddleware",
    "URLOrPath",
    "WSGIApplication",
    "WholeListDelayMiddleware",
    "WholeLists",
    "cacheable",
    "empty_response",
    "init_routing",
    "json_response",
]
