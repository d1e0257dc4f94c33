"""Signing in, refreshing tokens, and signing out."""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from constants import MAX_SESSIONS_PER_USER
from dao.login_session import LoginSessionDAO, SessionState
from helpers import logs
from helpers.tokens import Claims, InvalidToken, TokenPair, Tokens
from service.caller import CallerLock
from service.credentials import CredentialsService
from service.errors import BadToken, NotAuthenticated

_WRONG_CREDENTIALS = "The address or the password is wrong."
_BAD_TOKEN = "The token is not valid, or its session has ended."  # noqa: S105  # A message.
_BAD_PAIR = "The tokens are not valid, or their session has ended. Sign in again."


@dataclass(frozen=True)
class SessionTimes:
    """Lifetimes of login sessions, in seconds.

    A session ends after `idle` seconds without a refresh, and at the latest `total` seconds after
    it began. A refresh token is still accepted for `grace` seconds after its rotation.
    """

    idle: int
    total: int
    grace: int


@dataclass(frozen=True)
class AuthService:
    """Issues tokens and ends login sessions. `clock` returns whole seconds since the epoch."""

    _login_sessions: LoginSessionDAO
    _credentials: CredentialsService
    _tokens: Tokens
    _times: SessionTimes
    _lock_caller: CallerLock
    _transaction: Callable[[], AbstractContextManager[None]]
    _clock: Callable[[], int]

    def log_in(self, email: str, password: str, ip: str) -> TokenPair:
        """Begin a login session and return its tokens.

        Raises TooManyAttempts, and NotAuthenticated with the same message for an unknown e-mail
        and a wrong password.
        """
        verified = self._credentials.verify(email, password, ip)
        if verified is None:
            raise NotAuthenticated(_WRONG_CREDENTIALS)
        user_id, session_id, now = verified.account.id, secrets.token_hex(16), self._clock()
        end = now + min(self._times.idle, self._times.total)
        with self._transaction():
            # A session that began after a change of the password would survive the change.
            if not self._credentials.lock(verified):
                raise NotAuthenticated(_WRONG_CREDENTIALS)
            self._login_sessions.delete_expired(now)
            self._login_sessions.delete_oldest(user_id, now, newest=MAX_SESSIONS_PER_USER - 1)
            self._login_sessions.add(session_id, user_id, now, end, ip)
        logs.write("signed in", user_id=user_id)
        return self._tokens.issue(user_id, session_id, 0, now=now, session_end=end)

    def authenticate(self, access_token: str) -> Claims:
        """Return the claims of a token with a live session, in one statement. Raises BadToken."""
        now = self._clock()
        try:
            claims = self._tokens.read(access_token, "access", now)
        except InvalidToken as error:
            raise BadToken(_BAD_TOKEN) from error
        if self._login_sessions.get(claims.session_id, claims.user_id, now) is None:
            raise BadToken(_BAD_TOKEN)
        return claims

    def refresh(self, access_token: str, refresh_token: str) -> TokenPair:
        """Exchange a pair of tokens for a new one; the access token may have expired.

        A refresh token works once. Within the grace period, a used token (for example from another
        tab of the same browser) returns tokens of the current generation. Later reuse means that
        two parties hold the token, so the session ends (RFC 9700, section 4.14.2). Raises BadToken.
        """
        now = self._clock()
        claims = self._read_pair(access_token, refresh_token, now)
        user_id, session_id = claims.user_id, claims.session_id
        with self._transaction():
            state = self._login_sessions.rotate(
                session_id,
                user_id,
                claims.generation,
                now,
                idle_seconds=self._times.idle,
                total_seconds=self._times.total,
            ) or self._state_within_grace(claims, now)
            if state is None:  # The deletion is committed, and only then the error is raised.
                is_replay = self._login_sessions.delete(session_id, user_id)
            else:  # The tokens may have expired while this waited for a lock.
                self._read_pair(access_token, refresh_token, self._clock())
        if state is None:
            logs.write("refresh replayed" if is_replay else "refresh refused", user_id=user_id)
            raise BadToken(_BAD_PAIR)
        end = state.expires_at
        return self._tokens.issue(user_id, session_id, state.generation, now=now, session_end=end)

    def log_out(self, caller: Claims) -> None:
        """End the caller's session, which revokes its tokens. Raises BadToken."""
        with self._transaction():
            self._lock_caller(caller)
            self._login_sessions.delete(caller.session_id, caller.user_id)
        logs.write("signed out", user_id=caller.user_id)

    def _read_pair(self, access_token: str, refresh_token: str, now: int) -> Claims:
        """Return the refresh token's claims if both tokens have one session. Raises BadToken."""
        try:
            access = self._tokens.read(access_token, "access", now, forgive_expiry=True)
            refresh = self._tokens.read(refresh_token, "refresh", now)
        except InvalidToken as error:
            raise BadToken(_BAD_PAIR) from error
        if (access.user_id, access.session_id) != (refresh.user_id, refresh.session_id):
            raise BadToken(_BAD_PAIR)
        return refresh

    def _state_within_grace(self, claims: Claims, now: int) -> SessionState | None:
        """Return the session's state if the token was replaced within the grace period."""
        state = self._login_sessions.get(claims.session_id, claims.user_id, now)
        if state is None or state.generation != claims.generation + 1:
            return None
        return state if now - state.rotated_at <= self._times.grace else None
