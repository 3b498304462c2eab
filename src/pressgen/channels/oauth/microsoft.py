"""Sign in to Microsoft 365 by MSAL: a person by device code, or the application by client secret or certificate."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from pressgen.channels.https import HttpAnswer, HttpRequest, NoHttpAnswerError, ask, host_of
from pressgen.channels.oauth.access import SignInError, TokenMemory, check_token, refusal, unreached
from pressgen.channels.outcome import quoted
from pressgen.errors import MachineLacks, PressgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pressgen.channels.credentials import Secret
    from pressgen.channels.oauth.store import TokenStore

KEY: Final = re.compile(r"-----BEGIN (?P<kind>(?:RSA )?PRIVATE KEY)-----.+?-----END (?P=kind)-----", re.DOTALL)
CERTIFICATE: Final = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
TOO_MANY: Final = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftApp:
    """An application that is registered in Microsoft Entra, and what it asks for.

    Attributes:
        channel: whose sign-in it is.
        authority: the service that signs in, with the tenant: `https://login.microsoftonline.com/TENANT`.
        client: the application's id.
        scopes: the permissions.
        secret: the client secret; None for none.
        certificate: key and certificate, both in PEM; None for none. With neither, a person signs in.
    """

    channel: str
    authority: str
    client: str
    scopes: tuple[str, ...]
    secret: Secret | None = field(default=None, repr=False)
    certificate: Secret | None = field(default=None, repr=False)


class MicrosoftAppAccess:
    """Tokens for the application itself; they are kept in memory only."""

    def __init__(self, app: MicrosoftApp) -> None:
        _msal()
        self._app, self._client = app, _Client()
        self._known: Any = None

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """Return a token; see `TokenSource`."""
        known = self._known if refused is None else None  # a new one remembers no tokens

        def fetch() -> dict[str, Any]:
            self._known = known or _msal().ConfidentialClientApplication(
                client_credential=_credential(self._app), **_common(self._app, self._client)
            )
            return dict(self._known.acquire_token_for_client(list(self._app.scopes)) or {})

        return _token(self._app, _run(self._app, self._client, fetch))


class MicrosoftPersonAccess:
    """Tokens for a person who signed in once; they are kept in a file and renewed there."""

    def __init__(self, app: MicrosoftApp, store: TokenStore) -> None:
        _msal()
        self._app, self._store, self._client = app, store, _Client()
        self._memory = TokenMemory()

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """Return a token; see `TokenSource`."""
        if remembered := self._memory.recall(refused):
            return remembered
        with self._store.hold():
            cache = self._read_cache()

            def fetch() -> dict[str, Any]:
                public = _msal().PublicClientApplication(token_cache=cache, **_common(self._app, self._client))
                accounts = public.get_accounts()
                if not accounts:
                    return {}
                found = _renewed(public, self._app, accounts[0], anew=False)
                if refused is not None and found.get("access_token") == refused.value:
                    found = _renewed(public, self._app, accounts[0], anew=True)
                return found

            found = _run(self._app, self._client, fetch)
            if not found:
                raise SignInError(
                    f"nobody has signed in for the channel “{self._app.channel}” on this machine;"
                    f" do so with: pressgen login {self._app.channel}"
                )
            token = _token(self._app, found)
            if cache.has_state_changed:  # after a refusal nothing is written: what could still serve is kept
                self._store.write(cache.serialize())
            return self._memory.keep(token, found.get("expires_in"))

    def sign_in(self, show: Callable[[str, str], None]) -> str:
        """Sign a person in by a code that they type into a page, on any machine; return who signed in.

        Args:
            show: is given the page's address and the code, before the wait for the person begins.

        Raises:
            SignInError: the service refuses, or nobody typed the code in time.
        """
        msal, cache = _msal(), _msal().SerializableTokenCache()

        def flow() -> dict[str, Any]:
            public = msal.PublicClientApplication(token_cache=cache, **_common(self._app, self._client))
            begun = public.initiate_device_flow(list(self._app.scopes))
            if "user_code" not in begun:
                return dict(begun)
            show(quoted(str(begun["verification_uri"])), quoted(str(begun["user_code"])))
            return dict(public.acquire_token_by_device_flow(begun))

        found = _run(self._app, self._client, flow)
        _token(self._app, found)
        with self._store.hold():
            self._store.write(cache.serialize())
        claims = found.get("id_token_claims")
        return quoted(str(claims.get("preferred_username", ""))) if isinstance(claims, dict) else ""

    def _read_cache(self) -> Any:  # noqa: ANN401 - msal states no types
        cache = _msal().SerializableTokenCache()
        if (kept := self._store.read()) is not None:
            try:
                cache.deserialize(kept.value)
                list(cache.search(cache.CredentialType.REFRESH_TOKEN))
            except (ValueError, TypeError, AttributeError, RecursionError):
                raise SignInError(
                    f"{self._store.path} is damaged; sign in again with: pressgen login {self._app.channel}"
                ) from None
        return cache


class _Client:
    """What MSAL speaks HTTP by: our own requests, with their bounds; only JSON comes back."""

    def __init__(self) -> None:
        self.last: HttpAnswer | None = None

    def get(
        self, url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None, **_: object
    ) -> _Response:
        return self._ask("GET", url, params, headers, b"")

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> _Response:
        form = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._ask("POST", url, params, form, urlencode(data or {}).encode())

    def forget(self) -> None:
        """Forget the last answer."""
        self.last = None

    @property
    def status(self) -> int:
        """Of the last answer; 0 where there was none."""
        return self.last.status if self.last else 0

    @property
    def wait(self) -> float:
        """Seconds that the last answer asks to wait."""
        return self.last.wait if self.last else 0.0

    def close(self) -> None:
        """Nothing is held open."""

    def _ask(
        self, method: str, url: str, params: Mapping[str, str] | None, headers: Mapping[str, str] | None, body: bytes
    ) -> _Response:
        whole = f"{url}?{urlencode(params)}" if params else url
        answer = ask(HttpRequest(method, whole, {k: v for k, v in (headers or {}).items() if v}, body))
        self.last = answer
        if answer.status == TOO_MANY or not answer.read_object():  # MSAL would log what it cannot read
            raise NoHttpAnswerError(f"answers {answer.status}, and nothing that can be understood")
        return _Response(answer)


class _Response:
    """An answer as MSAL wants it."""

    def __init__(self, answer: HttpAnswer) -> None:
        self.status_code, self.headers = answer.status, dict(answer.headers)
        self.text = json.dumps(answer.read_object())

    def raise_for_status(self) -> None:
        """Refuse what is no success."""
        if self.status_code >= 400:  # noqa: PLR2004 - errors (RFC 9110, 15.5)
            raise NoHttpAnswerError(f"answers {self.status_code}")


def _msal() -> Any:  # noqa: ANN401 - msal states no types
    try:
        import msal  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise MachineLacks("signing in to Microsoft needs: pip install 'pressgen[microsoft]'") from None
    return msal


def _common(app: MicrosoftApp, client: _Client) -> dict[str, Any]:
    """The settings of every MSAL client; the office's file names the authority, so nobody else is asked about it."""
    return {
        "client_id": app.client,
        "authority": app.authority,
        "http_client": client,
        "instance_discovery": False,
    }


def _credential(app: MicrosoftApp) -> str | dict[str, str] | None:
    if app.secret:
        return app.secret.value
    if not app.certificate:
        return None
    key, certificate = KEY.search(app.certificate.value), CERTIFICATE.search(app.certificate.value)
    if not key or not certificate:
        raise SignInError(
            f"the certificate of the channel “{app.channel}” needs a private key without a password and a certificate"
            " in one file, both in PEM"
        )
    return {"private_key": key[0], "public_certificate": certificate[0]}


def _renewed(public: Any, app: MicrosoftApp, account: dict[str, str], *, anew: bool) -> dict[str, Any]:  # noqa: ANN401 - as above
    return dict(public.acquire_token_silent_with_error(list(app.scopes), account, force_refresh=anew) or {})


def _run(app: MicrosoftApp, client: _Client, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do something by MSAL, whose own errors may quote what they were given; none of them goes on."""
    client.forget()
    service = host_of(app.authority)
    try:
        return act()
    except NoHttpAnswerError as error:
        refused = unreached(service, error)
        raise SignInError(refused.why, permanent=refused.permanent, wait=client.wait) from None
    except (SignInError, PressgenError):
        raise
    except _msal().exceptions.MsalError:
        why = f"{service} answers {client.status}, and signs in nobody"
        raise SignInError(why, permanent=False, wait=client.wait) from None
    except Exception as error:  # noqa: BLE001 - whatever MSAL and the libraries below it raise of what they were given
        why = f"{service} does not know the tenant or answers something else than a sign-in ({client.status})"
        if not client.status:
            why = f"the sign-in of the channel “{app.channel}” cannot be used ({type(error).__name__})"
        raise SignInError(f"{why}; see the channel's oauth, and the manual's chapter mail-login") from None


def _token(app: MicrosoftApp, found: Mapping[str, Any]) -> Secret:
    service = host_of(app.authority)
    if "access_token" in found:
        return check_token(found["access_token"], service)
    secrets = [app.secret] if app.secret else []
    raise refusal(service, found.get("error"), found.get("error_description"), app.channel, secrets)
