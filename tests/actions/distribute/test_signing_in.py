"""An office that sends by Microsoft Graph: signed in once, each reader once, and every refusal kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from actions.room import NOON, OFFICE, Room, room
from channels.cloud import CLIENT, TENANT, Cloud, cloud, reply_graph
from channels.servers import certificate, mail_server
from channels.test_google import consent
from channels.test_xoauth2 import token_server
from pressgen.actions.amend.resend_deferred import Resender
from pressgen.actions.distribute.issue import IssueRequest, issue_release
from pressgen.actions.distribute.sign_in import create_token_source
from pressgen.actions.publish.announcements import Announcer
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.cli import login
from pressgen.cli.app import main
from pressgen.errors import UsageError
from pressgen.model.event import Sent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRESS = IssueRequest("national")
BY_SMTP = "  mail: {kind: smtp, host: 127.0.0.1, port: 2525, security: none}\n"


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    (tmp_path / "cloud").mkdir()
    with cloud(tmp_path / "cloud") as found:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cloud" / "authority.pem"))
        monkeypatch.setenv("MAIL_SECRET", "geheim")
        yield found


def by_graph(service: Cloud, place: str = ", secret_env: MAIL_SECRET") -> str:
    login = f"{{provider: microsoft, tenant: {TENANT}, client: {CLIENT}, authority: '{service.url}'{place}}}"
    return f"  mail: {{kind: graph, mailbox: press@county.example, endpoint: '{service.url}/v1.0', oauth: {login}}}\n"


def prepare(tmp_path: Path, channel: str, port: int = 2525) -> Room:
    return room(tmp_path, port, office=OFFICE.replace(BY_SMTP, channel))


@pytest.fixture
def desk(tmp_path: Path, service: Cloud) -> Room:
    return prepare(tmp_path, by_graph(service))


def recipients(service: Cloud) -> list[str]:
    return sorted(re.findall(rb"^To: .*<(.+)>", each, re.MULTILINE)[0].decode() for each in service.sent)


def run(desk: Room, *arguments: str) -> tuple[int, str]:
    found = CliRunner().invoke(main, [*arguments, "--workspace", str(desk.root)])
    return found.exit_code, found.output


def test_a_release_is_issued_by_graph_to_each_reader_once(desk: Room, service: Cloud) -> None:
    sent = issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)
    issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)

    assert [each.outcome for each in sent] == ["ok", "ok"]
    assert recipients(service) == ["desk@daily.example", "news@agency.example"]
    assert len(service.paths("/token")) == 1


def test_a_lost_answer_is_recorded_and_nothing_is_sent_again(desk: Room, service: Cloud) -> None:
    service.planned = [("sendMail", (0, {}, b""))]
    sent = issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)
    issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)

    assert sorted(each.outcome for each in sent) == ["ok", "unknown"]
    assert len(service.paths("sendMail")) == 2


def test_a_time_that_graph_asks_for_is_kept_by_the_worker_too(desk: Room, service: Cloud) -> None:
    service.always = {"sendMail": reply_graph(429, "ApplicationThrottled", "slow", Retry_After="1200")}
    sent = issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)
    service.always = {}
    tried = len(service.paths("sendMail"))
    waiting = Resender(desk.workspace, lambda: desk.now, lambda _: None)
    for minutes in (6, 15, 19):
        desk.now = NOON + timedelta(minutes=minutes)
        waiting.run()

    assert [(each.outcome, each.wait > 1000) for each in sent] == [("deferred", True)] * 2
    assert tried == 1
    assert service.sent == []

    desk.now = NOON + timedelta(minutes=21)
    waiting.run()
    waiting.run()

    assert recipients(service) == ["desk@daily.example", "news@agency.example"]


def test_an_application_that_is_refused_is_one_line_for_each_reader(desk: Room, service: Cloud) -> None:
    service.always = {
        "/token": (401, {}, b'{"error": "invalid_client", "error_description": "AADSTS7000222: expired"}')
    }
    sent = issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)

    assert [each.outcome for each in sent] == ["failed", "failed"]
    assert all("AADSTS7000222" in each.detail and each.detail.isprintable() for each in sent)
    assert len(service.paths("/token")) == 1
    with open_ledger(desk.workspace) as ledger:
        recorded = [each.event for each in ledger.entries("B-1") if isinstance(each.event, Sent)]
    assert "geheim" not in str(recorded)


def test_a_person_signs_in_and_out(tmp_path: Path, service: Cloud) -> None:
    desk = prepare(tmp_path, by_graph(service, ""))

    assert run(desk, "login", "mail", "--check")[0] == 3
    code, shown = run(desk, "login", "mail")
    assert (code, f"Open {service.url}/device" in shown, "ABCD-EFGH" in shown) == (0, True, True)
    assert "Signed in for “mail” as press@county.example." in shown
    assert run(desk, "login", "mail", "--check")[0] == 0
    issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)
    assert len(service.sent) == 2
    assert run(desk, "login", "mail", "--forget") == (0, "The tokens of “mail” are removed from this machine.\n")
    assert run(desk, "login", "mail", "--forget") == (0, "There were no tokens to remove.\n")
    code, shown = run(desk, "login", "mail", "--check")
    assert (code, "next: pressgen login mail" in shown) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["mail"], 2, "nobody needs to sign in"),
        (["mail", "--check"], 0, "gets a token"),
        (["mial"], 2, "did you mean “mail”?"),
        (["wire"], 2, "is not a channel with oauth in releases/pressgen.yaml; there is mail"),
        (["mail", "--check", "--forget"], 2, "do not go together"),
    ],
)
def test_a_command_that_means_nothing_says_why(arguments: list[str], code: int, words: str, desk: Room) -> None:
    found = run(desk, "login", *arguments)

    assert found[0] == code
    assert words in found[1]


def test_an_office_without_oauth_is_told_where_to_add_it(tmp_path: Path) -> None:
    found = run(prepare(tmp_path, BY_SMTP), "login", "wire")

    assert found[0] == 2
    assert "there is none yet: add oauth to a channel there\n" in found[1]


def test_the_desk_hears_by_the_next_channel_where_one_cannot_sign_in(tmp_path: Path, service: Cloud) -> None:
    with mail_server() as postbox:
        tell(prepare(tmp_path, by_graph(service, "") + BY_SMTP.replace("mail:", "other:"), postbox.port))

    assert len(postbox.letters) == 2
    assert service.sent == []


def test_the_desk_hears_by_the_next_channel_where_a_secret_is_missing(
    tmp_path: Path, service: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAIL_SECRET")
    with mail_server() as postbox:
        tell(prepare(tmp_path, by_graph(service) + BY_SMTP.replace("mail:", "other:"), postbox.port))

    assert len(postbox.letters) == 2


def tell(desk: Room) -> None:
    with open_ledger(desk.workspace) as ledger:
        outcomes = Announcer(desk.workspace, load_office(desk.workspace), ledger, lambda: NOON).mail_office(
            "Failed", "It.", "k"
        )
    assert [each.word for each in outcomes] == ["ok", "ok"]


def test_the_doctor_says_what_was_tested_and_what_was_not(desk: Room) -> None:
    code, shown = run(desk, "doctor")

    assert code == 0
    assert "msal" in shown
    assert "tested against the protocol, not against Microsoft), for mail" in shown


@pytest.mark.parametrize("good", [True, False])
def test_the_check_logs_in_to_a_mail_server_and_sends_nothing(
    good: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
    service: Cloud,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "mail").mkdir()
    context, _ = certificate(tmp_path / "mail")
    both = tmp_path / "both.pem"
    both.write_text("".join((tmp_path / each / "authority.pem").read_text() for each in ("cloud", "mail")))
    monkeypatch.setenv("SSL_CERT_FILE", str(both))
    with token_server(context) as postbox:
        postbox.good = service.valid if good else set()  # type: ignore[attr-defined]
        login = f"{{provider: microsoft, tenant: {TENANT}, client: {CLIENT}, authority: '{service.url}'"
        channel = f"{{kind: smtp, host: localhost, port: {postbox.port}, security: tls, user: press@county.example"
        desk = prepare(tmp_path, f"  mail: {channel}, oauth: {login}, secret_env: MAIL_SECRET}}}}\n")
        code, shown = run(desk, "login", "mail", "--check")

    assert postbox.letters == []
    assert (code, shown.count("\n")) == ((0, 1) if good else (3, 1))
    assert ("accepts the log-in of" if good else "refuses the log-in of “press@county.example” (535)") in shown


def test_a_person_signs_in_to_google_in_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def show(text: str) -> None:
        echoed.append(text)
        if "\n" in text:
            consent(text.splitlines()[1])

    echoed: list[str] = []
    monkeypatch.setattr(login, "echo", show)
    monkeypatch.setenv("MAIL_SECRET", "geheim")
    with cloud() as google:
        oauth = (
            "{provider: google, client: client.apps.example, secret_env: MAIL_SECRET,"
            f" token_url: '{google.url}/token', authorise_url: '{google.url}/auth'}}"
        )
        smtp = (
            f"{{kind: smtp, host: 127.0.0.1, port: 2525, security: none, user: press@county.example, oauth: {oauth}}}"
        )
        run(prepare(tmp_path, f"  mail: {smtp}\n"), "login", "mail")

    assert echoed[0].startswith(
        "Open this page in a browser on this machine, and sign in. Waiting …\nhttp://localhost:"
    )
    assert echoed[1].startswith("Signed in for “mail”")


def test_a_channel_with_a_password_has_nobody_to_sign_in(tmp_path: Path) -> None:
    desk = room(tmp_path, 25)

    with pytest.raises(UsageError, match="the channel “mail” has no oauth: there is nothing to sign in to"):
        create_token_source(desk.workspace, "mail", load_office(desk.workspace).channels["mail"])  # type: ignore[arg-type]
