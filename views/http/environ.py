"""Keys by which the layers of one request pass values on in its WSGI environ, and WSGI types."""

from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
WSGIApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

# The template of the path, for the access log. The path itself may be long and hold anything.
ROUTE = "kinoteka.route"

# The id of the signed-in user, for the access log. The guard sets it.
USER_ID = "kinoteka.user_id"

# Whether the response came from the cache. Absent if responses of the route are never cached.
IS_CACHED = "kinoteka.is_cached"

# Whether to leave the request out of the access log.
UNLOGGED = "kinoteka.unlogged"

# The error of a middleware in front of Flask. Flask raises it again, because its error handlers
# write all error responses.
FAILURE = "kinoteka.failure"

# Whether the request body was left unread, so that the connection cannot be used again.
UNREAD_BODY = "kinoteka.unread_body"

# Whether the client asks for errors instead of lenient handling (RFC 7240, section 4.4).
IS_STRICT = "kinoteka.is_strict"

# The query parameters that the route knows, as the client wrote them.
PARAMETERS = "kinoteka.parameters"
