"""A small backend of the brief, with a switch for every choice that the brief leaves open.

It keeps everything in memory. `faults` names what is wrong with it, see `faults.py`.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import jwt
from werkzeug import Request, Response

from tests.grader.choices import Choices, RefusedError, User
from tests.grader.swagger import document

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Json = dict[str, Any]
KEY = "a key that only these backends have, and it is long"
Handler = Callable[["Backend", Request, int], Response]
Routes = Mapping[tuple[str, str], Handler]


class Backend:
    def __init__(self, routes: Routes, choices: Choices, faults: Sequence[str]) -> None:
        self._routes, self.choices, self._faults = routes, choices, faults
        self.genres = [{"id": n, "name": f"Genre {n}"} for n in range(1, 15)]
        self.directors = [{"id": n, "name": f"Director {n}"} for n in range(1, 16)]
        self.films = [self._film(n) for n in range(1, 31)]
        self.users: list[User] = []
        self._opaque: dict[str, Json] = {}
        self.registrations: dict[str, int] = {}
        self.writing = threading.RLock()
        self.requests: list[tuple[str, str]] = []

    def _film(self, n: int) -> Json:
        film = {"id": n, "title": f"Film {n}", "year": 1960 + n * 37 % 60, "rating": 7.5}
        film |= {"genre": self.genres[n % 14], "director": self.directors[n % 15]}
        if self.has("no director"):
            del film["director"]
        return film

    def has(self, fault: str) -> bool:
        return fault in self._faults

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        time.sleep(self.choices.answer_seconds)
        self.requests.append((request.method, request.path))
        response = self._response(request)
        if not self.has("no cors"):
            origin = request.headers.get("Origin", "*") if self.choices.echoes_origin else "*"
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        return response(environ, start)

    def _response(self, request: Request) -> Response:
        try:
            return self._routed(request)
        except RefusedError as error:
            return self.refusal(error.status, str(error))
        except jwt.PyJWTError:
            return self.refusal(self.choices.refusal, "A bad token.")
        except Exception as error:
            trace = f"Traceback (most recent call last): {error!r}"
            return Response(trace if self.has("trace") else "Oops.", 500)

    def refusal(self, status: int, message: str) -> Response:
        if self.choices.html_errors:
            return Response("<h1>No.</h1>", status, content_type="text/html")
        return self.json({} if self.has("no message") else {"message": message}, status)

    def json(self, data: Any, status: int = 200) -> Response:
        return Response(json.dumps(data), status, content_type="application/json")

    def _routed(self, request: Request) -> Response:
        path, slash = request.path, self.choices.slash
        ends = path.endswith("/")
        if request.method == "OPTIONS":
            return Response(status=204)
        if path == self.choices.openapi and not self.has("no swagger"):
            return self.json(document(self))
        if path == "/" and self.choices.openapi.startswith("/static"):
            return Response(f'<script>ui({{url: "{self.choices.openapi}"}})</script>')
        if slash == "redirect" and not ends:
            return Response(status=308, headers={"Location": f"{path}/"})
        if (slash == "with" and not ends) or (slash == "without" and ends):
            raise RefusedError(404)
        parts = [part for part in path.split("/") if part]
        route = "/".join("id" if part.isdecimal() else part for part in parts)
        if not any(known == route for _, known in self._routes):
            raise RefusedError(404)
        handler = self._routes.get((request.method, route))
        if handler is None:
            raise RefusedError(404 if self.has("404 for a method") else 405)
        with self.writing:
            number = next((int(part) for part in parts if part.isdecimal()), 0)
            return handler(self, request, number)

    def body(self, request: Request, *needed: str) -> Json:
        try:
            body = json.loads(request.get_data())
        except ValueError:
            raise RefusedError(400) from None
        if not isinstance(body, dict) and self.has("crash on a list"):
            raise TypeError
        if not isinstance(body, dict):
            raise RefusedError(400)
        if not all(isinstance(body.get(name), str) for name in needed):
            raise RefusedError(400)
        return body

    def pair(self, user: User) -> Json:
        return {f"{kind}_token": self._token(user, kind) for kind in ("access", "refresh")}

    def _token(self, user: User, kind: str) -> str:
        now, seconds = int(time.time()), self.choices.access_seconds if kind == "access" else 10**6
        claims = {"sub": str(user.id), "kind": kind, "iat": now, "exp": now + seconds}
        if self.has("hash in the token"):
            claims["password"] = user.hash
        if self.choices.tokens == "jwt":
            return jwt.encode(claims, KEY, "HS256")
        token = secrets.token_urlsafe(24)
        self._opaque[token] = claims
        return token

    def owner(self, token: str, kind: str) -> User:
        """Return whose a token is."""
        if self.choices.tokens == "opaque":
            claims = self._opaque.get(token)
            if claims is None or claims["exp"] < time.time():
                raise RefusedError(self.choices.refusal)
        elif self.has("no signature") or (self.has("alg none") and token.endswith(".")):
            claims = jwt.decode(token, options={"verify_signature": False})
        else:
            claims = jwt.decode(token, KEY, ["HS256"])
        if claims["kind"] != kind and not self.has(f"any kind of {kind} token"):
            raise RefusedError(self.choices.refusal)
        return next(user for user in self.users if str(user.id) == claims["sub"])

    def caller(self, request: Request) -> User:
        header = request.headers.get("Authorization", "")
        if not header and self.has("crash without a token"):
            raise KeyError
        token = header.removeprefix("Bearer ")
        if token == "undefined" and self.has("any token"):
            return self.users[0]
        return self.owner(token, "access")

    def film_of(self, number: int) -> Json:
        found = next((film for film in self.films if film["id"] == number), None)
        if found is None:
            raise RefusedError(404)
        return found

    def page(self, records: list[Any], request: Request) -> list[Any]:
        page, size = request.args.get("page"), 10 if self.has("pages of 10") else 12
        if page is None and self.has("always a page"):
            page = "1"
        if page is None or self.has("no pages") or (page == "0" and self.has("page 0 is all")):
            return records
        if self.has("crash on a page") or self.has("trace"):
            int(page)
        if not page.isdecimal() or page == "0":
            raise RefusedError(400)
        first = (int(page) - (0 if self.has("pages from 0") else 1)) * size
        found = records[first : first + size]
        if not found and self.choices.nothing != 200:
            raise RefusedError(404)
        return found
