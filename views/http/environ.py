"""What the layers of one request tell each other in its WSGI environ, and their types."""

from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
WSGIApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

# The template of the path, for the access log: a path may hold anything, and be long.
ROUTE = "kinoteka.route"

# Who is signed in, for the access log; the guard leaves it.
USER_ID = "kinoteka.user_id"

# Whether the response cache served the request; None where nothing of the kind is cached.
IS_CACHED = "kinoteka.is_cached"

# Whether the request leaves no line in the access log.
UNLOGGED = "kinoteka.unlogged"

# The error that kept a layer in front of Flask from its work. Flask raises it again, because its
# handlers write the responses to errors.
FAILURE = "kinoteka.failure"

# Whether the body lies unread in the connection, where the next request would begin.
UNREAD_BODY = "kinoteka.unread_body"

# Whether the client prefers an error to being misunderstood (RFC 7240, section 4.4).
IS_STRICT = "kinoteka.is_strict"

# The parameters of the query that the route knows, as the client wrote them.
PARAMETERS = "kinoteka.parameters"
