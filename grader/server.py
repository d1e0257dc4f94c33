"""The examined server as the promises see it: its catalogue, its people and its refusals."""

from collections import defaultdict
from contextlib import suppress
from typing import Any

from grader import leaks
from grader.client import Client
from grader.documents import Found
from grader.expectations import NO_CRASH, REFUSAL, Record, expect, object_of, records_of, succeeded
from grader.model import BlockedError, BrokenError, CannotShowError, Case, failed_case
from grader.people import Person, a_password, an_address
from grader.response import NoResponseError, Response, shape_of

CATALOGUE = {"/movies/": "movies", "/genres/": "genres", "/directors/": "directors"}
NOBODY = {"Authorization: –": None, "Authorization: Bearer undefined": "undefined"}
NO_ID = 2_147_483_647
_FAVORITES = ("/favorites/movies/", "/favorites/", "/user/favorites/")
_CLOSED = {401, 403}
_NONE = 404


class Server:
    def __init__(self, url: str, seconds: float) -> None:
        self.client = Client(url, seconds, self._look_at)
        self.noted: dict[str, list[Case]] = defaultdict(list)
        """Cases of promises about every answer, whatever it was asked for."""
        self.closed: dict[str, Response] = {}
        """By the shape of a path: how reading it without a token was refused."""
        self.broken: set[str] = set()
        """The promises that are known to be broken."""
        self.document: Found | None = None
        self._lists: dict[str, list[Record] | Exception] = {}
        self._reader: Person | None = None
        self._more: dict[str, Any] = {}

    def read(self, path: str) -> Response:
        """Read something of the catalogue, as somebody signed in if nobody else may."""
        if self._reader and shape_of(path) in self.closed:
            return self._reader.send("GET", path)
        response = self.client.send("GET", path)
        # A guard that was not written for people without a token crashes.
        if response.status in _CLOSED or response.is_crash:
            with suppress(BlockedError):
                self._reader = self._reader or self.person()
                signed_in = self._reader.send("GET", path)
                if signed_in.is_success:
                    self.closed[shape_of(path)] = response
                    return signed_in
        return response

    def whole(self, path: str) -> list[Record]:
        """Read a whole list of the catalogue, once; raises BrokenError when it is none."""
        if path not in self._lists:
            try:
                self._lists[path] = records_of(self.read(path))
            except (BrokenError, NoResponseError) as error:
                self._lists[path] = error
        found = self._lists[path]
        if isinstance(found, Exception):
            raise found
        return found

    def listed(self, path: str) -> list[Record]:
        """Read a list of the catalogue for a promise that is about something else."""
        try:
            return self.whole(path)
        except BrokenError:
            raise BlockedError(CATALOGUE[path]) from None

    def filled(self, path: str) -> list[Record]:
        """Read what has an id on such a list, which is not empty."""
        found = [record for record in self.listed(path) if "id" in record]
        if not found:
            raise CannotShowError("the list is empty")
        return found

    def register(self, email: str, password: str) -> Response:
        body = {"email": email, "password": password, **self._more}
        return self.client.send("POST", "/auth/register/", body=body)

    def log_in(self, email: str, password: str) -> Response:
        body = {"email": email, "password": password}
        return self.client.send("POST", "/auth/login/", body=body)

    def refresh(self, access: str, refresh: str) -> Response:
        body = {"access_token": access, "refresh_token": refresh}
        return self.client.send("PUT", "/auth/login/", body=body)

    def profile(self, token: str | None) -> Response:
        return self.client.send("GET", "/user/", token)

    def newcomer(self) -> Person:
        """Register somebody new, who has not signed in."""
        person = Person(self, an_address(), a_password())
        if not self.register(person.email, person.password).is_success:
            # The brief asks for no more; a backend that does has only that to mend.
            self._more = {"name": "Anna", "surname": "Smith", "favorite_genre": 1}
            if not self.register(person.email, person.password).is_success:
                raise BlockedError("register")
        return person

    def person(self) -> Person:
        """Register somebody new and sign in."""
        person = self.newcomer()
        if not person.sign_in():
            raise BlockedError("login")
        return person

    def profile_of(self, person: Person) -> Record:
        """Read somebody's profile for a promise that is about something else."""
        try:
            found = object_of(self.profile(person.token))
        except BrokenError:
            raise BlockedError("profile") from None
        if str(found.get("email")).lower() != person.email:
            raise BlockedError("profile")
        return found

    def favorites_of(self, person: Person, query: str = "") -> tuple[list[Any], Response]:
        """Read somebody's list of favorites; the brief does not say where that is."""
        responses = []
        for path in _FAVORITES:
            responses.append(person.send("GET", f"{path}{query}"))
            if ("GET", shape_of(path)) in self.client.worked:
                break
        response = responses[-1 if ("GET", shape_of(path)) in self.client.worked else 0]
        if response.status == _NONE and ("GET", shape_of(path)) in self.client.worked:
            return [], response  # That there are none may be said so too.
        entries = succeeded(response).data()
        if isinstance(entries, dict):  # With the list in one of its fields.
            entries = next((one for one in entries.values() if isinstance(one, list)), None)
        expect(isinstance(entries, list), "a JSON array", response)
        return entries, response

    def refused(self, response: Response, cause: str) -> None:
        """Expect a refusal; a crash is one, and is told by the promise about crashes.

        It means nothing where the same has never succeeded, which the cause tells.
        """
        self.need(response.request.method, response.request.path, cause)
        if not self.is_crash(response):
            expect(response.is_refusal, REFUSAL, response)

    def expect_status(self, response: Response, status: int) -> None:
        if not self.is_crash(response):
            expect(response.status == status, "status {status}", response, status=status)

    def expect_untouched(self, person: Person, other: str) -> None:
        """Expect that somebody's password opens, and another does not."""
        response = self.log_in(person.email, person.password)
        expect(response.is_success, "the person's own password opens", response)
        self.unless_broken("login-refused")
        response = self.log_in(person.email, other)
        expect(not response.is_success, "this password does not open", response)

    def need(self, method: str, path: str, cause: str) -> None:
        """Go on only where such a request has succeeded before."""
        if (method, shape_of(path)) not in self.client.worked:
            raise BlockedError(cause)

    def unless_broken(self, *promises: str) -> None:
        """Go on unless a promise is broken that tells the same fault."""
        for promise in promises:
            if promise in self.broken:
                raise BlockedError(promise)

    def is_crash(self, response: Response) -> bool:
        """Note a crash for the promise about crashes, and say if it was one."""
        if response.is_crash:
            name = f"{response.request.method} {response.request.path}"
            self._note("no-crash", name, NO_CRASH, response)
        return response.is_crash

    def _look_at(self, response: Response) -> None:
        shape, method = response.request.shape, response.request.method
        is_public = f"{shape.replace('{}', '')}/".replace("//", "/") in CATALOGUE
        if leak := leaks.found_in(response, of_a_person=not is_public):
            expected = "nothing of the kind in any answer or token"
            self._note("no-secrets", f"{method} {shape}", expected, response, leak)
        data = response.data() if response.is_refusal else None
        message = data.get("message") if isinstance(data, dict) else None
        if response.is_refusal and not (isinstance(message, str) and message.strip()):
            expected = "JSON with a `message`"
            self._note("json-errors", f"{method} {shape} → {response.status}", expected, response)

    def _note(
        self, promise: str, name: str, expected: str, response: Response, came: str = ""
    ) -> None:
        if all(case.name != name for case in self.noted[promise]):
            error = BrokenError(expected, response, came, {})
            self.noted[promise].append(failed_case(name, error))
