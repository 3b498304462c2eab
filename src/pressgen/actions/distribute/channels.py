"""The ways out of an office, from its file to what `deliver` takes; secrets are looked up here, at the last moment."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING
from urllib.parse import quote

from pressgen.actions.distribute.signing_in import SecretPlace, access_of, fetch_token
from pressgen.channels.bounces import return_path
from pressgen.channels.graph.post import GraphPost
from pressgen.channels.graph.service import Mailbox365
from pressgen.channels.imap import ImapServer
from pressgen.channels.letter import Mailbox
from pressgen.channels.mail import MailServer, Post
from pressgen.channels.webhook import Hook
from pressgen.errors import MachineLacks
from pressgen.model.address import to_ascii_domain
from pressgen.model.office import MailChannel

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.ready import MailSender
    from pressgen.model.office import About, BounceMailbox, FolderChannel, Office, PostChannel, WebhookChannel


def folder_of(workspace: Workspace, channel: FolderChannel) -> Path:
    """The folder of a channel."""
    return workspace.root / channel.path


def server_of(workspace: Workspace, name: str, channel: MailChannel) -> MailServer:
    """The mail server of the channel `name`, with the password or the way to a token if somebody logs in.

    Raises:
        MachineLacks: the password is not to be had, or a library that signs in.
    """
    password, access = None, None
    if channel.user and channel.oauth:
        access = access_of(workspace, name, channel)
    elif channel.user:
        named = SecretPlace(channel.password_env, channel.password_file, channel.password_keyring)
        password = named.look_up(workspace, f"the log-in of the channel “{name}”")
    return MailServer(channel.host, channel.port, channel.security, channel.user or "", password, access)


def post_of(workspace: Workspace, name: str, channel: PostChannel) -> MailSender:
    """Return the way for mails of the channel `name`.

    Raises:
        MachineLacks: a secret is not to be had, or a library that signs in.
    """
    if isinstance(channel, MailChannel):
        return Post(server_of(workspace, name, channel))
    access = access_of(workspace, name, channel)
    return GraphPost(Mailbox365(channel.endpoint, channel.mailbox, access, drafts=channel.large == "draft"))


def hook_of(workspace: Workspace, name: str, channel: WebhookChannel) -> Hook:
    """The web hook of the channel `name`, with the key to sign with.

    Raises:
        MachineLacks: the key is not to be had.
    """
    purpose = f"the signature of the channel “{name}”"
    named = SecretPlace(channel.secret_env, channel.secret_file, channel.secret_keyring)
    return Hook(channel.url, named.look_up(workspace, purpose))


def check_login(workspace: Workspace, name: str) -> str:
    """See whether the channel `name` gets in, without sending a mail; return what is known by that, as one line.

    Raises:
        WrongUse: it is no channel with a sign-in.
        MachineLacks: it gets no token, or the mail server does not take it; or a secret or a library is missing.
    """
    channel = fetch_token(workspace, name)
    if not isinstance(channel, MailChannel):
        return f"“{name}” gets a token; whether {channel.mailbox} may send, the first mail shows: send one to yourself"
    with Post(server_of(workspace, name, channel)) as post:
        outcome = post.check()
    if not outcome.ok:
        raise MachineLacks(outcome.detail)
    return f"“{name}” gets a token, and {outcome.detail}"


def sender_of(office: About) -> Mailbox:
    """How the office's mails name their sender."""
    return Mailbox(office.name, office.sender)


@dataclass(frozen=True, slots=True)
class WayOut:
    """How a reader leaves the lists: the addresses, and whether the page takes a POST for an answer (RFC 8058)."""

    addresses: tuple[str, ...]
    one_click: bool


def unsubscribe_of(office: About, reader: str, key: str) -> WayOut:
    """Return how the reader with the address `reader` leaves the lists by the mail that is called `key`.

    One click asks for a page whose address says who wants to leave (RFC 8058, 3.1).
    """
    page = office.unsubscribe_page or ""
    named = page.replace("{address}", quote(reader, safe="")).replace("{key}", key)
    mail = f"mailto:{quote(to_ascii_domain(office.unsubscribe_mail), safe='@')}" if office.unsubscribe_mail else ""
    return WayOut(tuple(filter(None, (named, mail))), one_click=named != page)


def new_bounce_key(office: Office) -> str:
    """A key for the envelope of one mail, which nobody can guess; empty where the office reads no returned mails."""
    return token_hex(10) if office.bounces else ""


def return_path_of(office: Office, bounce_key: str) -> str:
    """The envelope sender of the mail with this key; empty for the office's own address."""
    return return_path(office.bounces.address, bounce_key) if office.bounces and bounce_key else ""


def imap_server_of(workspace: Workspace, mailbox: BounceMailbox) -> ImapServer:
    """The mailbox of returned mails, with its password.

    Raises:
        MachineLacks: the password is not to be had.
    """
    purpose = "the log-in of the mailbox of returned mails"
    named = SecretPlace(mailbox.password_env, mailbox.password_file, mailbox.password_keyring)
    password = named.look_up(workspace, purpose)
    if password is None:
        raise MachineLacks("bounces.mailbox names no password: add password_env or password_file")
    return ImapServer(mailbox.host, mailbox.port, mailbox.security, mailbox.user, password, mailbox.folder)
