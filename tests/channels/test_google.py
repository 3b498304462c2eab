"""Signing in as Google wants it, against a service that follows the protocol."""

from __future__ import annotations

import base64
import json
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from channels.cloud import Cloud, Reply, cloud, reply_json
from pressgen.channels.credentials import Secret
from pressgen.channels.oauth import browser, tokens
from pressgen.channels.oauth.google import GoogleApp, GooglePersonAccess, GoogleServiceAccess
from pressgen.channels.oauth.tokens import SignInError, TokenStore
from pressgen.errors import EnvironmentFailureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
ACCOUNT = {
    "type": "service_account",
    "client_email": "robot@project.example",
    "private_key_id": "k1",
    "private_key": PEM,
}


def decode(part: str) -> bytes:
    """A part of a JSON Web Token (RFC 7515, 2)."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.fixture
def service() -> Iterator[Cloud]:
    with cloud() as found:
        yield found


def app(service: Cloud, account: object = ACCOUNT) -> GoogleApp:
    return GoogleApp(
        channel="mail",
        user="press@county.example",
        token_url=f"{service.url}/token",
        authorise_url=f"{service.url}/auth",
        account=Secret(account if isinstance(account, str) else json.dumps(account)),
    )


def person(service: Cloud, folder: Path, clock: float = 1000.0) -> GooglePersonAccess:
    whom = replace(app(service), account=None, client="client.apps.example", secret=Secret("geheim"))
    return GooglePersonAccess(whom, TokenStore(folder / "tokens" / "mail.json", "mail"), lambda: clock)


def consent(page: str, **more: str) -> None:
    """Do what a browser does after consent, in a thread of its own."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
    given = {"code": "code.1", "state": asked["state"], **more}
    threading.Thread(target=lambda: httpx.get(asked["redirect_uri"], params=given)).start()


def test_a_service_account_asserts_for_whom_it_acts(service: Cloud) -> None:
    access = GoogleServiceAccess(app(service), lambda: 1_796_000_000.7)
    token = access.fetch_token()

    form = service.asked[0].form
    head, body, signature = form["assertion"].split(".")
    KEY.public_key().verify(decode(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
    claims = json.loads(decode(body))
    assert claims["aud"] == f"{service.url}/token"
    assert json.loads(decode(head)) == {"alg": "RS256", "kid": "k1", "typ": "JWT"}
    assert token.value in service.valid
    assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    assert (claims["iss"], claims["sub"]) == ("robot@project.example", "press@county.example")
    assert (claims["scope"], claims["exp"] - claims["iat"]) == ("https://mail.google.com/", 3600)


def test_a_service_accounts_token_is_used_until_shortly_before_its_end(service: Cloud) -> None:
    now = [1000.0]
    access = GoogleServiceAccess(app(service), lambda: now[0])
    first = access.fetch_token()
    now[0] += 3200
    assert access.fetch_token() == first
    now[0] += 200
    assert access.fetch_token() != first
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    "account", ["", "{", "[]", "7", "{}", {**ACCOUNT, "private_key": "geheim"}, {**ACCOUNT, "private_key": 7}]
)
def test_what_is_no_key_of_a_service_account_is_told_without_a_word_of_it(account: object, service: Cloud) -> None:
    with pytest.raises(SignInError, match="not the JSON key file") as raised:
        GoogleServiceAccess(app(service, account)).fetch_token()

    assert "geheim" not in raised.value.why
    assert service.asked == []


def test_a_person_signs_in_by_a_page(service: Cloud, tmp_path: Path) -> None:
    pages: list[str] = []
    access = person(service, tmp_path)

    access.sign_in(lambda page: (pages.append(page), consent(page))[0])
    asked = parse_qs(urlsplit(pages[0]).query)
    form = service.asked[0].form

    assert asked["scope"] == ["https://mail.google.com/"]
    assert asked["code_challenge_method"] == ["S256"]
    assert (form["code"], form["client_id"], form["client_secret"]) == ("code.1", "client.apps.example", "geheim")
    assert form["redirect_uri"] == asked["redirect_uri"][0]
    assert access.fetch_token().value in service.valid
    assert (tmp_path / "tokens" / "mail.json").stat().st_mode & 0o777 == 0o600


def test_what_somebody_else_brings_to_the_port_is_not_taken(service: Cloud, tmp_path: Path) -> None:
    def show(page: str) -> None:
        def visit() -> None:
            where = parse_qs(urlsplit(page).query)["redirect_uri"][0]
            assert httpx.get(where, params={"code": "evil", "state": "guessed"}).status_code == 404
            assert httpx.get(where).status_code == 404
            consent(page)

        threading.Thread(target=visit).start()

    person(service, tmp_path).sign_in(show)

    assert service.asked[0].form["code"] == "code.1"


def test_a_person_who_refuses_is_not_signed_in(service: Cloud, tmp_path: Path) -> None:
    def refuse(page: str) -> None:
        asked = parse_qs(urlsplit(page).query)
        given = {"error": "access_denied", "state": asked["state"][0]}
        threading.Thread(target=lambda: httpx.get(asked["redirect_uri"][0], params=given)).start()

    with pytest.raises(SignInError, match="access_denied"):
        person(service, tmp_path).sign_in(refuse)

    assert service.asked == []


def test_a_token_is_renewed_and_the_refresh_token_kept(service: Cloud, tmp_path: Path) -> None:
    person(service, tmp_path).sign_in(consent)
    first = person(service, tmp_path).fetch_token()
    second = person(service, tmp_path).fetch_token(refused=first)
    service.planned = [("/token", reply_json(200, access_token=service.new_token(), expires_in=3600))]  # no new one
    kept = json.loads((tmp_path / "tokens" / "mail.json").read_text())["refresh_token"]
    third = person(service, tmp_path, clock=9000.0).fetch_token()

    assert len({first.value, second.value, third.value}) == 3
    assert json.loads((tmp_path / "tokens" / "mail.json").read_text())["refresh_token"] == kept


@pytest.mark.parametrize(
    ("reply", "permanent", "words"),
    [
        (
            reply_json(400, error="invalid_grant", error_description="Token has been revoked."),
            True,
            "pressgen login mail",
        ),
        (reply_json(401, error="unauthorized_client", error_description="geheim"), True, "mail-login"),
        ((429, {"Retry-After": "5"}, b"{}"), False, "answers 429"),
        ((503, {"Retry-After": "5"}, b"<html>"), False, "answers 503"),
        ((200, {}, b"{"), False, "gave no token"),
        ((200, {}, b"x" * 3_000_000), False, "never ends"),
        ((0, {}, b""), False, "cannot be reached"),
        ((302, {"Location": "http://else.example"}, b""), False, "answers 302"),
    ],
)
def test_nothing_is_lost_where_a_renewal_fails(
    reply: Reply,
    permanent: bool,  # noqa: FBT001 - a parameter
    words: str,
    service: Cloud,
    tmp_path: Path,
) -> None:
    person(service, tmp_path).sign_in(consent)
    before = (tmp_path / "tokens" / "mail.json").read_text()
    service.planned = [("/token", reply)]

    with pytest.raises(SignInError, match=words) as raised:
        person(service, tmp_path, clock=9000.0).fetch_token()

    assert (raised.value.permanent, raised.value.why.isprintable()) == (permanent, True)
    assert raised.value.wait == (5 if "Retry-After" in reply[1] else 0)
    assert "geheim" not in raised.value.why
    assert (tmp_path / "tokens" / "mail.json").read_text() == before


def test_tokens_of_another_client_are_not_used(service: Cloud, tmp_path: Path) -> None:
    person(service, tmp_path).sign_in(consent)
    file = tmp_path / "tokens" / "mail.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "client": "another"}))

    with pytest.raises(SignInError, match="pressgen login mail"):
        person(service, tmp_path).fetch_token()


def test_a_person_who_never_signed_in_is_told_how(service: Cloud, tmp_path: Path) -> None:
    with pytest.raises(SignInError) as refusal:
        person(service, tmp_path).fetch_token()

    assert str(refusal.value) == (
        "nobody has signed in for the channel “mail” on this machine; next: pressgen login mail"
    )


def test_a_sign_in_that_another_program_has_not_ended_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "TURN", 0.0)
    store = TokenStore(tmp_path / "mail.json", "mail")

    with store.hold(), pytest.raises(SignInError) as refusal, store.hold():
        pass

    assert str(refusal.value).startswith("another program is signing in the channel “mail” at the moment; try again")
    assert not refusal.value.permanent


def test_a_sign_in_that_gives_no_refresh_token_is_refused(service: Cloud, tmp_path: Path) -> None:
    service.planned = [("/token", reply_json(200, access_token="token.1", expires_in=3600))]  # noqa: S106 - a test's

    with pytest.raises(SignInError, match="gives no refresh token; sign in again"):
        person(service, tmp_path).sign_in(consent)


def test_a_machine_without_the_library_for_google_says_how_to_install_it(
    service: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jwt", None)

    with pytest.raises(EnvironmentFailureError, match=r"signing in to Google needs: pip install 'pressgen\[google\]'"):
        GoogleServiceAccess(app(service)).fetch_token()


def test_who_comes_back_without_a_code_in_time_is_told_so(
    service: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "PATIENCE", 0)

    with pytest.raises(SignInError, match="nobody signed in: the time to sign in is over; try again"):
        person(service, tmp_path).sign_in(lambda _: None)


@pytest.mark.parametrize("act", ["hold", "write", "forget"])
def test_tokens_that_cannot_be_kept_or_removed_are_told(act: str, tmp_path: Path) -> None:
    store = TokenStore(tmp_path / "tokens" / "mail.json", "mail")
    blocked = {"hold": store.path.with_suffix(".lock"), "write": store.path.with_suffix(".part"), "forget": store.path}
    blocked[act].mkdir(parents=True)
    say = {"hold": "tokens cannot be written", "write": "mail.json cannot be written", "forget": "cannot be removed"}

    with pytest.raises(SignInError, match=f"{say[act]}: Is a directory"):
        {"hold": lambda: store.hold().__enter__(), "write": lambda: store.write("{}"), "forget": store.forget}[act]()
