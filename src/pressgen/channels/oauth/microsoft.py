"""Sign in to Microsoft 365 by MSAL.

A person uses a device code, an application a client secret or a certificate.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from pressgen.channels.https import HttpAnswer, HttpRequest, NoHttpAnswerError, get_host, send_request
from pressgen.channels.oauth.tokens import SignInError, TokenMemory, check_token, explain_no_answer, explain_refusal
from pressgen.channels.outcome import clean_reply
from pressgen.errors import EnvironmentFailureError, PressgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pressgen.channels.credentials import Secret
    from pressgen.channels.oauth.tokens import TokenStore

KEY: Final = re.compile(r"-----BEGIN (?P<kind>(?:RSA )?PRIVATE KEY)-----.+?-----END (?P=kind)-----", re.DOTALL)
CERTIFICATE: Final = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
TOO_MANY: Final = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftApp:
    """An application that is registered in Microsoft Entra.

    Attributes:
        channel: the channel that signs in.
        authority: the sign-in service, with the tenant: `https://login.microsoftonline.com/TENANT`.
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
    """A source of tokens for the application, kept in memory only."""

    def __init__(self, app: MicrosoftApp) -> None:
        _msal()
        self._app, self._client = app, _MsalClient()
        self._known: Any = None

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """Return a token; see `TokenSource`."""
        known = self._known if refused is None else None  # a new client has no stored tokens

        def fetch() -> dict[str, Any]:
            self._known = known or _msal().ConfidentialClientApplication(
                client_credential=_credential(self._app), **_common_settings(self._app, self._client)
            )
            return dict(self._known.acquire_token_for_client(list(self._app.scopes)) or {})

        return _token(self._app, _run_safely(self._app, self._client, fetch))


class MicrosoftPersonAccess:
    """A source of tokens for a person who signed in once.

    The tokens are kept in a file and renewed there.
    """

    def __init__(self, app: MicrosoftApp, store: TokenStore) -> None:
        _msal()
        self._app, self._store, self._client = app, store, _MsalClient()
        self._memory = TokenMemory()

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """Return a token; see `TokenSource`."""
        if remembered := self._memory.recall(refused):
            return remembered
        with self._store.hold():
            cache = self._read_cache()

            def fetch() -> dict[str, Any]:
                public = _msal().PublicClientApplication(token_cache=cache, **_common_settings(self._app, self._client))
                accounts = public.get_accounts()
                if not accounts:
                    return {}
                found = _renew(public, self._app, accounts[0], anew=False)
                if refused is not None and found.get("access_token") == refused.value:
                    found = _renew(public, self._app, accounts[0], anew=True)
                return found

            found = _run_safely(self._app, self._client, fetch)
            if not found:
                raise SignInError(
                    f"nobody has signed in for the channel “{self._app.channel}” on this machine;"
                    f" next: pressgen login {self._app.channel}"
                )
            token = _token(self._app, found)
            if cache.has_state_changed:  # after a refusal nothing is written, so that valid tokens are kept
                self._store.write(cache.serialize())
            return self._memory.keep(token, found.get("expires_in"))

    def sign_in(self, show: Callable[[str, str], None]) -> str:
        """Sign a person in by a device code; return who signed in.

        The person types the code into a page, on any machine.

        Args:
            show: is given the page's address and the code, before the wait for the person begins.

        Raises:
            SignInError: the service refuses, or nobody typed the code in time.
        """
        msal, cache = _msal(), _msal().SerializableTokenCache()

        def flow() -> dict[str, Any]:
            public = msal.PublicClientApplication(token_cache=cache, **_common_settings(self._app, self._client))
            begun = public.initiate_device_flow(list(self._app.scopes))
            if "user_code" not in begun:
                return dict(begun)
            show(clean_reply(str(begun["verification_uri"])), clean_reply(str(begun["user_code"])))
            return dict(public.acquire_token_by_device_flow(begun))

        found = _run_safely(self._app, self._client, flow)
        _token(self._app, found)
        with self._store.hold():
            self._store.write(cache.serialize())
        claims = found.get("id_token_claims")
        return clean_reply(str(claims.get("preferred_username", ""))) if isinstance(claims, dict) else ""

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


class _MsalClient:
    """The HTTP client that MSAL uses, with limits on its requests.

    It only accepts JSON.
    """

    def __init__(self) -> None:
        self.last: HttpAnswer | None = None

    def get(
        self, url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None, **_: object
    ) -> _MsalResponse:
        return self._ask("GET", url, params, headers, b"")

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> _MsalResponse:
        form = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._ask("POST", url, params, form, urlencode(data or {}).encode())

    def forget(self) -> None:
        """Forget the last answer."""
        self.last = None

    @property
    def status(self) -> int:
        """The status of the last answer; 0 where there was none."""
        return self.last.status if self.last else 0

    @property
    def wait(self) -> float:
        """Seconds that the last answer asks us to wait."""
        return self.last.wait if self.last else 0.0

    def close(self) -> None:
        """Do nothing: there is no open connection."""

    def _ask(
        self, method: str, url: str, params: Mapping[str, str] | None, headers: Mapping[str, str] | None, body: bytes
    ) -> _MsalResponse:
        whole = f"{url}?{urlencode(params)}" if params else url
        answer = send_request(HttpRequest(method, whole, {k: v for k, v in (headers or {}).items() if v}, body))
        self.last = answer
        if answer.status == TOO_MANY or not answer.read_object():  # MSAL would log what it cannot read
            raise NoHttpAnswerError(f"answers {answer.status}, and nothing that can be understood")
        return _MsalResponse(answer)


class _MsalResponse:
    """An answer in the form that MSAL expects."""

    def __init__(self, answer: HttpAnswer) -> None:
        self.status_code, self.headers = answer.status, dict(answer.headers)
        self.text = json.dumps(answer.read_object())

    def raise_for_status(self) -> None:
        """Raise an error for a status that is not a success."""
        if self.status_code >= 400:  # noqa: PLR2004 - errors (RFC 9110, 15.5)
            raise NoHttpAnswerError(f"answers {self.status_code}")


def _msal() -> Any:  # noqa: ANN401 - msal states no types
    try:
        import msal
    except ImportError:
        raise EnvironmentFailureError("signing in to Microsoft needs: pip install 'pressgen[microsoft]'") from None
    return msal


def _common_settings(app: MicrosoftApp, client: _MsalClient) -> dict[str, Any]:
    """Return the settings of every MSAL client.

    The office's file names the authority, so no other service is asked about it.
    """
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


def _renew(public: Any, app: MicrosoftApp, account: dict[str, str], *, anew: bool) -> dict[str, Any]:  # noqa: ANN401 - as above
    return dict(public.acquire_token_silent_with_error(list(app.scopes), account, force_refresh=anew) or {})


def _run_safely(app: MicrosoftApp, client: _MsalClient, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run an MSAL call, and replace errors that may hold secrets."""
    client.forget()
    service = get_host(app.authority)
    try:
        return act()
    except NoHttpAnswerError as error:
        refused = explain_no_answer(service, error)
        raise SignInError(refused.why, permanent=refused.permanent, wait=client.wait) from None
    except (SignInError, PressgenError):
        raise
    except _msal().exceptions.MsalError:
        why = f"{service} answers {client.status}, so nobody is signed in"
        raise SignInError(why, permanent=False, wait=client.wait) from None
    except Exception:  # noqa: BLE001 - whatever MSAL and the libraries below it raise of what they were given
        why = f"{service} does not know the tenant or answers something else than a sign-in ({client.status})"
        if not client.status:
            why = f"the sign-in of the channel “{app.channel}” cannot be used"
        raise SignInError(f"{why}; check the channel's oauth; see: pressgen manual mail-login") from None


def _token(app: MicrosoftApp, found: Mapping[str, Any]) -> Secret:
    service = get_host(app.authority)
    if "access_token" in found:
        return check_token(found["access_token"], service)
    secrets = [app.secret] if app.secret else []
    raise explain_refusal(service, found.get("error"), found.get("error_description"), app.channel, secrets)
