"""Signing in as Microsoft 365 wants it, against a service that follows the protocol."""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import jwt
import pytest
import trustme

from channels.cloud import CLIENT, TENANT, Cloud, cloud, reply_graph, reply_json
from pressgen.channels.credentials import Secret
from pressgen.channels.oauth.microsoft import MicrosoftApp, MicrosoftAppAccess, MicrosoftPersonAccess
from pressgen.channels.oauth.tokens import SignInError, TokenStore
from pressgen.errors import EnvironmentFailureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCOPES = ("https://graph.microsoft.com/Mail.Send",)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with cloud(tmp_path) as found:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        yield found


def app(service: Cloud, **more: object) -> MicrosoftApp:
    return MicrosoftApp(channel="mail", authority=f"{service.url}/{TENANT}", client=CLIENT, scopes=SCOPES, **more)  # type: ignore[arg-type]


def person(service: Cloud, folder: Path) -> MicrosoftPersonAccess:
    return MicrosoftPersonAccess(app(service), TokenStore(folder / "tokens" / "mail.json", "mail"))


def signed_in(service: Cloud, folder: Path) -> MicrosoftPersonAccess:
    access = person(service, folder)
    access.sign_in(lambda *_: None)
    return access


def kept(folder: Path) -> str:
    return (folder / "tokens" / "mail.json").read_text()


def test_a_person_signs_in_by_a_code(service: Cloud, tmp_path: Path) -> None:
    shown: list[str] = []
    service.planned = [("/token", reply_json(400, error="authorization_pending"))]
    access = person(service, tmp_path)
    who = access.sign_in(lambda page, code: shown.extend([page, code]))

    assert who == "press@county.example"
    assert shown == [f"{service.url}/device", "ABCD-EFGH"]
    assert {*SCOPES, "offline_access"} <= set(service.paths("devicecode")[0].form["scope"].split())
    assert access.fetch_token().value in service.valid


def test_tokens_are_kept_where_only_their_owner_reads(service: Cloud, tmp_path: Path) -> None:
    signed_in(service, tmp_path)

    assert (tmp_path / "tokens" / "mail.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "tokens").stat().st_mode & 0o077 == 0
    assert sorted(each.name for each in (tmp_path / "tokens").iterdir()) == ["mail.json", "mail.lock"]


def test_a_token_is_used_until_it_ends(service: Cloud, tmp_path: Path) -> None:
    first = signed_in(service, tmp_path).fetch_token()

    assert person(service, tmp_path).fetch_token() == first
    assert len(service.paths("/token")) == 1


def test_a_token_that_ended_is_renewed_and_the_new_refresh_token_is_kept(service: Cloud, tmp_path: Path) -> None:
    service.expires = 1
    first = signed_in(service, tmp_path)
    tokens = [first.fetch_token(), person(service, tmp_path).fetch_token(), person(service, tmp_path).fetch_token()]

    assert len({each.value for each in tokens}) == 3  # each refresh token is good once
    (left,) = service.refresh
    assert left in kept(tmp_path)


def test_a_refused_token_is_renewed_before_its_time(service: Cloud, tmp_path: Path) -> None:
    access = signed_in(service, tmp_path)
    refused = access.fetch_token()
    fresh = access.fetch_token(refused=refused)

    assert fresh != refused
    assert person(service, tmp_path).fetch_token(refused=refused) == fresh  # somebody else has renewed it meanwhile


def test_two_who_renew_at_once_do_not_use_a_refresh_token_twice(service: Cloud, tmp_path: Path) -> None:
    refused = signed_in(service, tmp_path).fetch_token()
    found: list[Secret] = []
    threads = [
        threading.Thread(target=lambda: found.append(person(service, tmp_path).fetch_token(refused=refused)))
        for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert len(found) == 4
    assert len({each.value for each in found}) == 1
    assert len([each for each in service.paths("/token") if each.form["grant_type"] == "refresh_token"]) == 1


@pytest.mark.parametrize(
    "reply",
    [
        reply_json(400, error="invalid_grant", error_description="AADSTS50173: revoked"),
        reply_json(503, error="temporarily_unavailable"),
        (503, {}, b"<html>"),
        (200, {}, b"{]"),
        (200, {}, b"[]"),
        reply_json(200, access_token="a b\r\nc"),  # noqa: S106 - no real one
        reply_json(200, access_token=17),
        (0, {}, b""),
    ],
)
def test_nothing_that_is_kept_is_lost_where_a_renewal_fails(
    reply: tuple[int, dict[str, str], bytes], service: Cloud, tmp_path: Path
) -> None:
    access = signed_in(service, tmp_path)
    refused, before = access.fetch_token(), kept(tmp_path)
    service.planned = [("/token", reply)]

    with pytest.raises(SignInError) as raised:
        access.fetch_token(refused=refused)

    assert kept(tmp_path) == before
    assert raised.value.why.isprintable()
    assert access.fetch_token(refused=refused).value in service.valid


def test_a_sign_in_that_ended_says_what_to_do(service: Cloud, tmp_path: Path) -> None:
    access = signed_in(service, tmp_path)
    refused = access.fetch_token()
    service.refresh.clear()

    with pytest.raises(SignInError, match="AADSTS700082") as raised:
        access.fetch_token(refused=refused)

    assert raised.value.permanent
    assert raised.value.why.endswith("sign in again with: pressgen login mail")


def test_nobody_signed_in_yet(service: Cloud, tmp_path: Path) -> None:
    with pytest.raises(SignInError, match="nobody has signed in .* pressgen login mail"):
        person(service, tmp_path).fetch_token()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"RefreshToken": 7}', "\x00"])
def test_a_damaged_file_of_tokens_says_what_to_do(content: str, service: Cloud, tmp_path: Path) -> None:
    signed_in(service, tmp_path)
    (tmp_path / "tokens" / "mail.json").write_text(content)

    with pytest.raises(SignInError, match="pressgen login mail"):
        person(service, tmp_path).fetch_token()


def test_a_file_of_tokens_that_others_may_read_is_refused(service: Cloud, tmp_path: Path) -> None:
    signed_in(service, tmp_path)
    (tmp_path / "tokens" / "mail.json").chmod(0o640)

    with pytest.raises(SignInError, match="chmod 600"):
        person(service, tmp_path).fetch_token()


@pytest.mark.parametrize("error", ["authorization_declined", "expired_token", "invalid_client"])
def test_a_person_who_declines_is_not_signed_in(error: str, service: Cloud, tmp_path: Path) -> None:
    service.planned = [("/token", reply_json(400, error=error))]

    with pytest.raises(SignInError, match=error):
        person(service, tmp_path).sign_in(lambda *_: None)

    assert not (tmp_path / "tokens" / "mail.json").exists()


def test_the_application_signs_in_by_its_secret(service: Cloud) -> None:
    access = MicrosoftAppAccess(app(service, secret=Secret("geh+eim")))
    first = access.fetch_token()

    assert access.fetch_token() == first  # kept in memory
    assert access.fetch_token(refused=first) != first
    form = service.paths("/token")[0].form
    assert (form["grant_type"], form["client_secret"], form["client_id"]) == ("client_credentials", "geh+eim", CLIENT)


def test_the_application_signs_in_by_its_certificate(service: Cloud) -> None:
    made = trustme.CA().issue_cert("pressgen.county.example", key_type=trustme.KeyType.RSA)
    pem = (made.private_key_pem.bytes() + made.cert_chain_pems[0].bytes()).decode()
    MicrosoftAppAccess(app(service, certificate=Secret(pem))).fetch_token()
    form = service.paths("/token")[0].form

    from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415 - here only

    key = load_pem_x509_certificate(made.cert_chain_pems[0].bytes()).public_key()
    kind = jwt.get_unverified_header(form["client_assertion"])["alg"]
    claims = jwt.decode(form["client_assertion"], key, [kind], audience=f"{service.url}/{TENANT}/oauth2/v2.0/token")  # type: ignore[arg-type]
    assert (claims["iss"], claims["sub"], kind) == (CLIENT, CLIENT, "PS256")
    assert "client_secret" not in form


@pytest.mark.parametrize("pem", ["", "secret words", "-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_certificate_is_told_without_a_word_of_it(pem: str, service: Cloud) -> None:
    with pytest.raises(SignInError, match="“mail”") as raised:
        MicrosoftAppAccess(app(service, certificate=Secret(pem or "x"))).fetch_token()

    assert "secret words" not in raised.value.why


def test_a_key_that_cannot_be_read_is_told_without_a_word_of_it(service: Cloud) -> None:
    made = trustme.CA().issue_cert("pressgen.county.example")
    key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"
    pem = key + made.cert_chain_pems[0].bytes().decode()

    with pytest.raises(SignInError) as raised:
        MicrosoftAppAccess(app(service, certificate=Secret(pem))).fetch_token()

    assert "c2VjcmV0" not in raised.value.why
    assert raised.value.__cause__ is None


def test_a_service_that_says_our_secret_back_does_not_have_it_told(
    service: Cloud, capfd: pytest.CaptureFixture
) -> None:  # type: ignore[type-arg]
    said = {"error": "invalid_client", "error_description": "AADSTS7000215: geheim\r\n is not it"}
    service.planned = [("/token", reply_json(401, **said))]

    with pytest.raises(SignInError, match="AADSTS7000215") as raised:
        MicrosoftAppAccess(app(service, secret=Secret("geheim"))).fetch_token()

    assert "geheim" not in raised.value.why + capfd.readouterr().err
    assert raised.value.why.isprintable()
    assert raised.value.permanent


@pytest.mark.parametrize(
    ("path", "reply", "permanent", "wait"),
    [
        ("openid", reply_json(400, error="invalid_tenant"), True, 0),
        ("openid", (404, {}, b""), False, 0),
        ("openid", reply_json(200, nothing="in it"), True, 0),
        ("openid", (200, {}, b"x" * 3_000_000), False, 0),
        ("token", reply_graph(429, "slow", "down", Retry_After="9"), False, 9),
        ("token", reply_graph(503, "slow", "down", Retry_After="9"), False, 9),
        ("token", (503, {"Retry-After": "9"}, b"<html>"), False, 9),
        ("token", (302, {"Location": "https://else.example"}, b""), False, 0),
        ("token", reply_json(400, error=["x"], error_description={"y": 1}), True, 0),
        ("token", reply_json(200, access_token=None), False, 0),
        ("token", reply_json(200, nothing="in it"), True, 0),
        ("token", (200, {}, json.dumps({"access_token": "a" * 20_000, "token_type": "Bearer"}).encode()), False, 0),
    ],
)
def test_a_hostile_or_busy_service_is_one_line(
    path: str, reply: tuple[int, dict[str, str], bytes], permanent: bool, wait: float, service: Cloud,  # noqa: FBT001
    capfd: pytest.CaptureFixture,  # type: ignore[type-arg]
) -> None:  # fmt: skip
    service.planned = [(path, reply)]

    with pytest.raises(SignInError) as raised:
        MicrosoftAppAccess(app(service, secret=Secret("geheim"))).fetch_token()

    assert (raised.value.permanent, raised.value.wait) == (permanent, wait)
    assert raised.value.why.isprintable()
    assert len(raised.value.why) < 600
    assert capfd.readouterr().err == ""


def test_a_certificate_of_nobody_known_is_told(service: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(SignInError, match="certificate that is not trusted") as raised:
        MicrosoftAppAccess(app(service, secret=Secret("geheim"))).fetch_token()

    assert raised.value.permanent
    assert service.asked == []


def test_many_mails_ask_the_service_and_the_file_once(service: Cloud, tmp_path: Path) -> None:
    access = signed_in(service, tmp_path)
    first = access.fetch_token()
    asked = len(service.asked)
    (tmp_path / "tokens" / "mail.json").unlink()

    assert [access.fetch_token() for _ in range(20)] == [first] * 20
    assert len(service.asked) == asked


def test_a_machine_without_the_library_for_microsoft_says_how_to_install_it(
    service: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "msal", None)

    with pytest.raises(EnvironmentFailureError, match=r"needs: pip install 'pressgen\[microsoft\]'"):
        MicrosoftAppAccess(app(service, secret=Secret("geheim"))).fetch_token()


def test_an_authority_that_is_no_address_is_told_before_anybody_is_asked(service: Cloud) -> None:
    wrong = replace(app(service, secret=Secret("geheim")), authority="https://login.example")

    with pytest.raises(
        SignInError, match="the sign-in of the channel “mail” cannot be used; check the channel's oauth"
    ):
        MicrosoftAppAccess(wrong).fetch_token()
    assert service.asked == []
