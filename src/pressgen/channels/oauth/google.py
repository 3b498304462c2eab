"""Sign in to Google, as a service account or as a person.

A service account needs domain-wide delegation; a person uses a browser on this machine. Sources: “Using OAuth 2.0 for
Server to Server Applications”, “OAuth 2.0 for Desktop Apps” (developers.google.com), RFC 7523 (assertions), RFC 8252
(loopback redirection), RFC 7636 (PKCE).
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from pressgen.channels.credentials import Secret
from pressgen.channels.https import HttpRequest, NoHttpAnswerError, get_host, send_request
from pressgen.channels.oauth.browser import await_code
from pressgen.channels.oauth.tokens import SPARE, SignInError, check_token, explain_no_answer, explain_refusal
from pressgen.errors import EnvironmentFailureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from pressgen.channels.oauth.tokens import TokenStore

SCOPE: Final = "https://mail.google.com/"
"""The only permission that allows mail by Gmail's SMTP (developers.google.com/gmail/imap/xoauth2-protocol)."""
JWT_BEARER: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ASSERTED: Final = 3600
"""Seconds that an assertion is valid for; the most that Google accepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleApp:
    """An application and account that sign in to Google.

    Attributes:
        channel: the channel that signs in.
        user: the address of the mailbox.
        token_url: the address for tokens.
        authorise_url: the page on which a person consents.
        client: the id of the desktop application; empty for a service account.
        secret: of the desktop application.
        account: the service account's key file, JSON; None for a person.
    """

    channel: str
    user: str
    token_url: str
    authorise_url: str
    client: str = ""
    secret: Secret | None = field(default=None, repr=False)
    account: Secret | None = field(default=None, repr=False)


@dataclass(slots=True)
class _StoredToken:
    token: Secret
    until: float


class GoogleServiceAccess:
    """A source of tokens for a service account of one user.

    The account acts as the user. The tokens are kept in memory only.
    """

    def __init__(self, app: GoogleApp, clock: Callable[[], float] = time.time) -> None:
        _jwt()
        self._app, self._clock = app, clock
        self._kept: _StoredToken | None = None

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """Return a token; see `TokenSource`."""
        now = self._clock()
        if self._kept and refused is None and now < self._kept.until:
            return self._kept.token
        form = {"grant_type": JWT_BEARER, "assertion": self._assertion(now)}
        found = _request_token(self._app, form, [Secret(form["assertion"])])
        self._kept = _StoredToken(
            check_token(found.get("access_token"), get_host(self._app.token_url)), _compute_expiry(found, now)
        )
        return self._kept.token

    def _assertion(self, now: float) -> str:
        """Return who we are and act for, signed with the account's key."""
        jwt = _jwt()
        try:
            key = json.loads(self._app.account.value if self._app.account else "")
            claims = {
                "iss": key["client_email"],
                "sub": self._app.user,
                "scope": SCOPE,
                "aud": self._app.token_url,
                "iat": int(now),
                "exp": int(now) + ASSERTED,
            }
            headers = {"kid": key["private_key_id"]}
            return str(jwt.encode(claims, key["private_key"], algorithm="RS256", headers=headers))
        except (ValueError, KeyError, TypeError, RecursionError, jwt.PyJWTError):  # their messages may quote the key
            raise SignInError(
                f"the key of the channel “{self._app.channel}” is not the JSON key file of a Google service account"
            ) from None


class GooglePersonAccess:
    """A source of tokens for a person who signed in once.

    The refresh token and the tokens from it are kept in a file.
    """

    def __init__(self, app: GoogleApp, store: TokenStore, clock: Callable[[], float] = time.time) -> None:
        self._app, self._store, self._clock = app, store, clock

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """Return a token; see `TokenSource`."""
        with self._store.hold():
            kept, now = self._read(), self._clock()
            token, until = kept.get("access_token"), kept.get("until", 0)
            if token and isinstance(until, int | float) and now < until and (not refused or token != refused.value):
                return check_token(token, str(self._store.path))
            refresh = kept["refresh_token"]
            form = {"grant_type": "refresh_token", "refresh_token": refresh, **self._identity()}
            return self._keep(_request_token(self._app, form, [Secret(refresh), *self._secrets()]), refresh, now)

    def sign_in(self, show: Callable[[str], None]) -> str:
        """Sign a person in through a browser on this machine.

        Return an empty name: nobody's is known.

        Args:
            show: is given the page's address, before the wait for the person begins.

        Raises:
            SignInError: the person or the service refuses, or nobody came back in time.
        """
        given = await_code(self._app.authorise_url, {"client_id": self._app.client, "scope": SCOPE}, show)
        form = {"grant_type": "authorization_code", **given, **self._identity()}
        found = _request_token(self._app, form, [Secret(form["code"]), *self._secrets()])
        if not isinstance(found.get("refresh_token"), str):
            raise SignInError(f"{get_host(self._app.token_url)} gives no refresh token; sign in again", permanent=True)
        with self._store.hold():
            self._keep(found, found["refresh_token"], self._clock())
        return ""

    def _identity(self) -> dict[str, str]:
        secret = {"client_secret": self._app.secret.value} if self._app.secret else {}
        return {"client_id": self._app.client, **secret}

    def _secrets(self) -> list[Secret]:
        return [self._app.secret] if self._app.secret else []

    def _keep(self, found: dict[str, Any], refresh: str, now: float) -> Secret:
        """Store a received token.

        A new refresh token replaces the old one only where there is one.
        """
        token = check_token(found.get("access_token"), get_host(self._app.token_url))
        new = found.get("refresh_token")
        kept = {
            "client": self._app.client,
            "refresh_token": new if isinstance(new, str) and new else refresh,
            "access_token": token.value,
            "until": _compute_expiry(found, now),
        }
        self._store.write(json.dumps(kept))
        return token

    def _read(self) -> dict[str, Any]:
        kept, again = self._store.read(), f"pressgen login {self._app.channel}"
        if kept is None:
            raise SignInError(
                f"nobody has signed in for the channel “{self._app.channel}” on this machine; next: {again}"
            )
        try:
            found = json.loads(kept.value)
            sound = isinstance(found["refresh_token"], str) and found["client"] == self._app.client
        except (ValueError, KeyError, TypeError, RecursionError):
            sound = False
        if not sound:
            raise SignInError(f"{self._store.path} is damaged or for another client; sign in again with: {again}")
        return dict(found)


def _jwt() -> ModuleType:
    try:
        import jwt
    except ImportError:
        raise EnvironmentFailureError("signing in to Google needs: pip install 'pressgen[google]'") from None
    return jwt


def _request_token(app: GoogleApp, form: dict[str, str], secrets: Iterable[Secret]) -> dict[str, Any]:
    """Request a token (RFC 6749, 5.1)."""
    service = get_host(app.token_url)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = send_request(HttpRequest("POST", app.token_url, headers, urlencode(form).encode()))
    except NoHttpAnswerError as error:
        raise explain_no_answer(service, error) from None
    found = answer.read_object()
    if answer.is_done:
        return found
    if "error" in found and 400 <= answer.status < 500 and answer.status != 429:  # noqa: PLR2004 - RFC 6749, 5.2
        raise explain_refusal(service, found["error"], found.get("error_description"), app.channel, secrets)
    raise SignInError(f"{service}, which signs in, answers {answer.status}", permanent=False, wait=answer.wait)


def _compute_expiry(found: dict[str, Any], now: float) -> float:
    """Return when to stop using a token."""
    seconds = found.get("expires_in")
    return now + (seconds if isinstance(seconds, int | float) and 0 < seconds <= 24 * ASSERTED else 0) - SPARE
