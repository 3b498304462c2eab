"""The office file: what it cannot be is said in plain words, and no secret is repeated."""

from __future__ import annotations

import pytest

from machine import need_shared
from offices import NO_LIST_FILES, read_office
from pressgen.errors import InputError
from pressgen.load.office import read_valid_office
from pressgen.model.office import NEWSROOM, FolderChannel, MailChannel, Office, WebhookChannel

OFFICE = """\
office: {name: Press office, from: press@county.example, newsroom: "https://news.county.example"}
people:
  moss: {name: Ada Moss, email: moss@county.example, roles: [writer]}
  reed: {name: Jo Reed, email: reed@county.example, roles: [approver, head]}
lists:
  county:
    audience: press
    recipients:
      - {id: echo, name: News desk, outlet: The Echo, email: news@echo.example}
channels:
  newsroom: {kind: folder, path: public}
  mail: {kind: smtp, host: mail.county.example, user: press, password_env: SMTP_PASSWORD}
  wire: {kind: webhook, url: "https://wire.example/in", secret_file: /etc/wire}
at_issue: [mail]
at_lift: [newsroom, mail, wire]
"""


def read(text: str) -> Office:
    return read_office(text.encode(), "releases/pressgen.yaml")


def changed(old: str, new: str) -> str:
    assert old in OFFICE
    return OFFICE.replace(old, new)


def test_a_whole_office_is_read() -> None:
    office = read(OFFICE)

    assert office.office.sender == "press@county.example"
    assert office.people["reed"].roles == ("approver", "head")
    assert office.lists["county"].recipients[0].outlet == "The Echo"
    assert [type(each) for each in office.channels.values()] == [FolderChannel, MailChannel, WebhookChannel]
    assert office.channels["mail"].port == 587
    assert office.office.clearance == "advised"


def test_the_office_of_the_seed_is_read() -> None:
    file = need_shared("seeds", "example-office", "pressgen.yaml")

    assert read_office(file.read_bytes(), "pressgen.yaml").at_lift == ("newsroom", "mail", "wire")


CASES = {
    "unknown field": (
        changed('newsroom: "https', 'clearence: required, newsroom: "https'),
        "1:58: O01 no field “clearence” here; did you mean “clearance”?",
    ),
    "missing sender": (
        changed("from: press@county.example, ", ""),
        "1:1: O02 “from” is missing: the address that mails come from, and that failures are told to",
    ),
    "no people": ("office: {name: A, from: a@b.example, newsroom: https://a.example}\npeople: {}\n",
                  "2:9: O05 “people” needs at least 1 entry"),
    "channel without kind": (changed("kind: folder, ", ""), "11:13: O02 “kind” is missing: which of its kinds"
                             " “newsroom” is"),
    "channel of no kind": (changed("kind: folder", "kind: floder"), "11:20: O04 “newsroom” cannot be of the kind"
                           " “floder”; did you mean “folder”?"),
    "channel as text": (changed("{kind: folder, path: public}", "public"), "11:13: O03 “newsroom” expects fields,"
                        " found text"),
    "role": (changed("[writer]", "[boss]"), "3:62: O04 an entry of “roles” cannot be “boss”; write writer or approver"
             " or head or reviewer"),
    "address with a line break": (
        changed("news@echo.example", '"news@echo.example\\r\\nBcc: all@echo.example"'),
        "9:63: O04 “news@echo.example Bcc: all@echo.example” is not an e-mail address;"
        " write one such as press@example.org",
    ),
    "name with a line break": (
        changed("name: News desk", 'name: "News\\ndesk"'),
        "9:27: O04 “News desk” is not a single line; delete the line break or the invisible character",
    ),
    "port": (changed("host: mail.county.example", "host: mail.county.example, port: 70000"), "12:55: O04 “70000” is not"
             " a port; write a number from 1 to 65535"),
    "unknown channel": (changed("at_issue: [mail]", "at_issue: [mali]"), "14:12: O06 “mali” is not one of the channels;"
                        " did you mean “mail”?"),
    "a list and a channel of one name at the lift": (
        changed("  county:", "  mail:"),
        "15:21: O15 “mail” is the name of a channel and of a list; rename one of them",
    ),
    "a list at the lift that nothing mails": (
        changed("at_issue: [mail]\nat_lift: [newsroom, mail, wire]", "at_lift: [newsroom, county]"),
        "14:21: O16 the people of “county” get mail, but there is no mail channel in at_lift or at_issue; add one",
    ),
    "neither channel nor list at the lift": (
        changed("[newsroom, mail, wire]", "[newsroom, conty]"),
        "15:21: O06 “conty” is not one of the channels or lists; did you mean “county”?",
    ),
    "log-in without a password": (
        changed(", password_env: SMTP_PASSWORD", ""),
        "12:3: O07 no password is named; add “password_env”, the variable that holds it, or “password_file”",
    ),
    "oauth beside a password": (
        changed("password_env: SMTP_PASSWORD", "password_env: A, oauth: {provider: microsoft, tenant: t, client: c}"),
        "12:79: O07 “password_env” and “oauth” both give the same secret; delete one",
    ),
    "oauth for nobody": (
        changed("user: press, password_env: SMTP_PASSWORD", "oauth: {provider: microsoft, tenant: t, client: c}"),
        "12:49: O07 “oauth” needs “user”, the address that logs in with the token",
    ),
    "two secrets of an application": (
        changed("password_env: SMTP_PASSWORD", "oauth: {provider: microsoft, tenant: t, client: c, secret_env: A,"
                " certificate_file: b}"),
        "12:128: O07 “secret_env” and “certificate_file” both give the same secret; delete one",
    ),
    "a service account beside a person": (
        changed("password_env: SMTP_PASSWORD", "oauth: {provider: google, account_file: a, client: c, secret_env: A}"),
        "12:105: O07 “account_file” is for a service account and “client” is for a person; delete one",
    ),
    "google for nobody": (
        changed("password_env: SMTP_PASSWORD", "oauth: {provider: google}"),
        "12:62: O07 no sign-in is named; add “account_file” for a service account, or “client” for a person",
    ),
    "an authority that anybody reads": (
        changed("password_env: SMTP_PASSWORD", "oauth: {provider: microsoft, tenant: t, client: c,"
                ' authority: "http://login.example"}'),
        "12:125: O04 “http://login.example” is not an address that is safe for secrets; write it in full, with https://",
    ),
    "a newsroom with a password": (
        changed("https://news.county.example", "https://me:pass@news.county.example"),
        "1:69: O04 the value of “newsroom” is not an address to publish under; write it in full, with https://,"
        " without a user or a password",
    ),
    "a tenant with a blank": (
        changed("password_env: SMTP_PASSWORD", "oauth: {provider: microsoft, tenant: our office, client: c}"),
        "12:99: O04 “our office” is not a tenant; write the organisation's id in Microsoft Entra, or its domain",
    ),
    "a provider that is none": (
        changed("password_env: SMTP_PASSWORD", "oauth: {provider: yahoo}"),
        "12:69: O04 “oauth” cannot be of the kind “yahoo”; write microsoft or google",
    ),
    "unsigned webhook": (
        changed(", secret_file: /etc/wire", ""),
        "13:3: O07 no secret is named; add “secret_env”, the variable that holds it, or “secret_file”",
    ),
    "two places of a secret": (
        changed("secret_file:", "secret_env: WIRE, secret_file:"),
        "13:75: O07 “secret_env” and “secret_file” both give the same secret; delete one",
    ),
    "the same address twice": (
        changed("channels:\n", "      - {id: dusk, name: Night desk, email: News@Echo.example}\nchannels:\n"),
        "10:45: O08 “News@Echo.example” is on this list already, in line 9",
    ),
    "the same recipient twice": (
        changed("channels:\n", "      - {id: echo, name: Night desk, email: night@echo.example}\nchannels:\n"),
        "10:14: O08 “echo” is on this list already, in line 9",
    ),
    "mails that anybody can read": (
        changed("host: mail.county.example", "host: mail.county.example, security: none"),
        "12:59: O10 mails to “mail.county.example” could be read by anybody on the way, embargoed"
        " releases too; write security: starttls or tls, or accept that risk with plaintext: accepted",
    ),
    "embargoed files in the newsroom": (
        changed("at_issue: [mail]", "at_issue: [press]").replace(
            "channels:\n", "channels:\n  press: {kind: folder, path: ./public/../public/press}\n"
        ),
        "15:12: O09 the folder “public/press” would show embargoed files: the newsroom is “public”; use another",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line"), CASES.values(), ids=CASES)
def test_what_an_office_cannot_be_is_said_in_plain_words(text: str, line: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(text)

    assert refusal.value.lines() == [f"releases/pressgen.yaml:{line}"]


@pytest.mark.parametrize(
    "channel",
    ["localhost", "127.0.0.9", '"::1"', "mail.county.example, plaintext: accepted"],
)
def test_mails_stay_unencrypted_on_this_machine_and_where_the_office_accepts_that(channel: str) -> None:
    read(changed("host: mail.county.example", f"host: {channel}, security: none"))


@pytest.mark.parametrize("host", ["127.0.0.1.county.example", "localhost.county.example", "10.0.0.1"])
def test_a_host_that_only_looks_like_this_machine_is_another_machine(host: str) -> None:
    with pytest.raises(InputError, match="O10"):
        read(changed("host: mail.county.example", f"host: {host}, security: none"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("password_env: SMTP_PASSWORD", "password: hunter-2"),
        ("password_env: SMTP_PASSWORD", "password_env: hunter-2"),
        ("https://wire.example/in", "https://press:hunter-2@wire.example/in"),
    ],
)
def test_a_secret_in_the_wrong_place_is_not_repeated(old: str, new: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(changed(old, new))

    assert "hunter" not in str(refusal.value)


@pytest.mark.parametrize(
    "page", ["http://county.example/leave", "https://county.example/a b", "https://county.example/<x>",
             "https://county.example/{reader}", "https://county.example/é"]
)  # fmt: skip
def test_a_page_to_leave_by_is_one_that_a_header_can_hold(page: str) -> None:
    with pytest.raises(InputError, match="O04"):
        read(changed("from: press@county.example", f'from: press@county.example, unsubscribe_page: "{page}"'))


def test_a_note_stands_by_language() -> None:
    office = read(
        changed("from: press@county.example", 'from: press@county.example, note: {en: "Dear all", cy: Annwyl}')
    )

    assert office.office.note == {"en": "Dear all", "cy": "Annwyl"}


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ('{"e!": x}', "O04 “e!” is not a language"),
        ("Dear all", "O03 “note” expects fields"),
        ('{en: ""}', "O05 “en” is empty"),
        (f"{{en: {'x' * 2001}}}", "is longer than 2000 characters"),
    ],
)
def test_a_note_in_no_language_or_without_words_is_refused(note: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(changed("from: press@county.example", f"from: press@county.example, note: {note}"))


def test_a_list_at_the_lift_is_told_from_the_channels() -> None:
    office = read_office(OFFICE.replace("mail, wire]", "county, wire]").encode(), "pressgen.yaml")
    assert (office.lift_channels, office.lift_lists) == (("newsroom", "wire"), ("county",))


def test_a_faulty_list_at_the_lift_is_left_out_and_the_newsroom_is_sound() -> None:
    text = OFFICE.replace("mail, wire]", "county, wire]").replace("news@echo.example", "news@")
    office = read_valid_office(text.encode(), "pressgen.yaml", NO_LIST_FILES)
    office.need(NEWSROOM)
    assert office.at_lift == ("newsroom", "wire")
    with pytest.raises(InputError, match="O04"):
        office.need("at_lift")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "from: press@county.example",
            "from: press@county.example, unsubscribe_mail: leave",
            "“leave” is not an e-mail address; write one such as leave@example.org",
        ),
        (
            "at_issue: [mail]",
            "at_issue: [mail]\nbounces: {address: bounces@county.example}",
            "“bounces@county.example” is not an address with KEY in it; write one such as bounces+KEY@county.example",
        ),
        (
            "secret_file: /etc/wire",
            "secret_env: hunter-2",
            "“secret_env” is not the name of a variable; do not write the key itself in this file",
        ),
        (
            "password_env: SMTP_PASSWORD",
            "oauth: {provider: microsoft, tenant: t, client: the app}",
            "“the app” is not the id of an application; copy it from the application's page",
        ),
    ],
)
def test_a_value_of_another_form_is_refused_with_an_example(old: str, new: str, told: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(changed(old, new))

    assert told in "\n".join(refusal.value.lines())
