"""The office of a workspace: its people, mailing lists and channels.

This is the content of `releases/pressgen.yaml`. Secrets are only named: the environment, or a file of mode 0600, holds
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, PrivateAttr, StringConstraints

from pressgen.errors import InputError, Problem
from pressgen.model.address import check_address
from pressgen.model.login import Endpoint, Login, MicrosoftLogin, Variable
from pressgen.model.record import Email, Header, Id, Language, Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/@]+(/\S*)?$")]
"""The address of a page, without a user or a password in it."""

Mailable = Annotated[Email, AfterValidator(check_address)]
"""An address that mails go to."""

UnsubscribePage = Annotated[
    str,
    StringConstraints(
        pattern=r"^https://[A-Za-z0-9.-]+(:\d+)?([/?]([!#-;=?-z~]|\{address\}|\{key\})*)?$", max_length=400
    ),
]
"""A page to leave lists by, in ASCII; `{address}` and `{key}` in it stand for a reader's address and a mail's key."""

LONGEST_NOTE = 2000
"""Characters of a covering note."""
Notes = dict[Language, Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NOTE)]]
"""A covering note by language."""

Port = Annotated[int, Field(ge=1, le=65535)]
Role = Literal["writer", "approver", "head", "reviewer"]


class OfficeDetails(Record):
    """The name, sender address and settings of the office itself."""

    name: Header = Field(description="How mails name their sender.")
    sender: Mailable = Field(
        alias="from", description="The address that mails come from, and that failures are told to."
    )
    newsroom: Address = Field(description="The address under which the newsroom folder is served.")
    reply_to: Mailable | None = Field(None, description="The address that answers go to; absent: `from`.")
    unsubscribe_page: UnsubscribePage | None = Field(
        None,
        description="The page by which a reader leaves the lists; `{address}` and `{key}` in it name the reader.",
    )
    unsubscribe_mail: Mailable | None = Field(
        None, description="The address that readers write to who want to leave the lists."
    )
    note: Notes = Field(
        default_factory=dict, description="What stands above a release in the mails that bring it, by language."
    )
    clearance: Literal["advised", "required"] = Field(
        "advised", description="Whether a release may be approved while words that a speaker has not cleared are in it."
    )


class Member(Record):
    """A person who works in the office.

    `--as ID` or PRESSGEN_AS says who acts.
    """

    name: Header = Field(description="The name, or the post.")
    email: Mailable = Field(description="E-mail address.")
    roles: tuple[Role, ...] = Field(
        min_length=1,
        description="`writer` submits, `approver` approves what somebody else submitted, `head` issues and schedules,"
        " `reviewer` gets copies to review, such as a lawyer.",
    )


class Recipient(Record):
    """A person who gets copies."""

    id: Id = Field(description="By which the ledger names the recipient.")
    name: Header = Field(description="The person, or the desk.")
    outlet: Header | None = Field(None, description="The newspaper, agency, broadcaster or body.")
    email: Mailable = Field(description="E-mail address; the whole of it, and only one.")


class MailingList(Record):
    """A list of people who get copies under embargo.

    They are in the office's file, or in a file of their own.

    Whoever reads an office finds them in `recipients` either way.
    """

    audience: Literal["press", "named"] = Field(
        description="`press` for journalists, who get what is for the press; `named` for people whom a release names."
    )
    recipients: tuple[Recipient, ...] = Field((), min_length=1, description="Who is on it.")
    note: Notes = Field(default_factory=dict, description="What stands above a release instead of the office's note.")
    file: Header | None = Field(
        None, description="Or the file that says so, from releases/ on, such as `lists/national.csv`."
    )


class FolderChannel(Record):
    """A folder that files go to.

    At the lift, it is the newsroom that a web server serves.
    """

    kind: Literal["folder"]
    path: Header = Field(description="The folder, from the workspace on or from the root of the machine.")


class MailChannel(Record):
    """One mail to each recipient, over SMTP."""

    kind: Literal["smtp"]
    host: Header = Field(description="The mail server.")
    port: Port = Field(587, description="Its port.")
    security: Literal["none", "starttls", "tls"] = Field("starttls", description="How the connection is protected.")
    plaintext: Literal["accepted"] | None = Field(
        None, description="With `security: none`: that anybody on the way to the mail server may read the mails."
    )
    user: Header | None = Field(None, description="The name to log in with; absent: no log-in.")
    password_env: Variable | None = Field(None, description="The environment variable that holds the password.")
    password_file: Header | None = Field(None, description="Or the file that does, which only its owner may read.")
    password_keyring: Header | None = Field(None, description="Or its name in the system's keyring.")
    oauth: Login | None = Field(None, description="Instead of a password: how a token is come by (XOAUTH2).")


class GraphChannel(Record):
    """One mail to each recipient, by Microsoft Graph."""

    kind: Literal["graph"]
    mailbox: Mailable = Field(description="The mailbox of Microsoft 365 that mails are sent from.")
    oauth: MicrosoftLogin = Field(description="How a token is come by.")
    large: Literal["refused", "draft"] = Field(
        "refused",
        description="Whether a mail of more than 3 MB goes by a draft, which wants the permission Mail.ReadWrite.",
    )
    endpoint: Endpoint = Field(
        "https://graph.microsoft.com/v1.0", description="The service; another one in national clouds."
    )


class WebhookChannel(Record):
    """A signed message to another program."""

    kind: Literal["webhook"]
    url: Address = Field(description="Where it is sent.")
    secret_env: Variable | None = Field(None, description="The environment variable that holds the key to sign with.")
    secret_file: Header | None = Field(None, description="Or the file that does, which only its owner may read.")
    secret_keyring: Header | None = Field(None, description="Or its name in the system's keyring.")


PostChannel = MailChannel | GraphChannel
"""The channels that carry mails."""

Channel = Annotated[FolderChannel | MailChannel | GraphChannel | WebhookChannel, Discriminator("kind")]


NEWSROOM = "newsroom"
"""The part of an office that says where the newsroom's folder is."""


BouncePattern = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9._+-]*KEY[A-Za-z0-9._+-]*@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+$", max_length=200),
]
"""An address in which `KEY` stands for the key of a mail."""


class BounceMailbox(Record):
    """The mailbox that returned mails come to, over IMAP."""

    host: Header = Field(description="The mail server.")
    port: Port = Field(993, description="Its port.")
    security: Literal["none", "starttls", "tls"] = Field("tls", description="How the connection is protected.")
    user: Header = Field(description="The name to log in with.")
    password_env: Variable | None = Field(None, description="The environment variable that holds the password.")
    password_file: Header | None = Field(None, description="Or the file that does, which only its owner may read.")
    password_keyring: Header | None = Field(None, description="Or its name in the system's keyring.")
    folder: Header = Field("INBOX", description="The folder on the server.")


class Bounces(Record):
    """The settings for recognising and reading returned mails."""

    address: BouncePattern = Field(
        description="The envelope sender of each mail, such as `bounces+KEY@county.example`; `KEY` tells the mail."
    )
    mailbox: BounceMailbox | None = Field(None, description="The mailbox that mails to this address come to.")
    folder: Header | None = Field(None, description="Or the folder in which they lie, as .eml files.")


class Office(Record):
    """The sound parts of `releases/pressgen.yaml`.

    Whoever wants a part of it says so with `need`.
    """

    office: OfficeDetails = Field(description="The office itself.")
    people: dict[Id, Member] = Field(min_length=1, description="Who works in it, by id.")
    lists: dict[Id, MailingList] = Field(default_factory=dict, description="Who gets copies under embargo, by id.")
    channels: dict[Id, Channel] = Field(default_factory=dict, description="The ways out, by id.")
    bounces: Bounces | None = Field(None, description="How mails that come back are known, and where they are read.")
    at_issue: tuple[Id, ...] = Field((), description="The channels by which a list gets its copies under embargo.")
    at_lift: tuple[Id, ...] = Field(
        (),
        description="The channels at the lift, the newsroom first; and lists, whose people get the public files then if"
        " they had no embargoed copy.",
    )
    _faults: tuple[tuple[str, Problem], ...] = PrivateAttr(())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the file, in parts that were left out."""
        return tuple(dict.fromkeys(problem for _, problem in self._faults))

    @property
    def lift_channels(self) -> tuple[str, ...]:
        """The channels at the lift."""
        return tuple(each for each in self.at_lift if each in self.channels)

    @property
    def lift_lists(self) -> tuple[str, ...]:
        """The lists whose people get the public files at the lift."""
        return tuple(each for each in self.at_lift if each not in self.channels)

    def need(self, *parts: str) -> None:
        """Check that these parts of the file have no fault.

        Args:
            parts: as `lists.national`, `people.moss`, `at_issue` with its channels, or `NEWSROOM`.

        Raises:
            InputError: one has a fault; with its problems.
        """
        if found := [problem for path, problem in self._faults if any(_is_concerned(path, part) for part in parts)]:
            raise InputError(found)

    def without(self, faults: Iterable[tuple[str, Problem]]) -> Self:
        """Return this office without the faulty parts."""
        made = self.model_copy()
        made._faults = tuple(faults)  # noqa: SLF001 - our own
        return made


def _is_concerned(path: str, part: str) -> bool:
    """Return whether a fault at `path` concerns a part.

    The path is inside the part, or the part is inside the path.
    """
    return path == part or path.startswith((f"{part}.", f"{part}[")) or part.startswith(f"{path}.")
