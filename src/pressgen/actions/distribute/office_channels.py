"""The office's channels, ready for use.

They are created from the office file; secrets are looked up here, at the last moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from pressgen.actions.distribute.sign_in import SecretLocation, check_channel_token, create_token_source
from pressgen.channels.bounces import make_return_path
from pressgen.channels.graph.send_mail import GraphSender
from pressgen.channels.graph.service import Mailbox365
from pressgen.channels.imap import ImapServer
from pressgen.channels.letter import Mailbox
from pressgen.channels.smtp import MailServer, SmtpSender
from pressgen.channels.webhook import Webhook
from pressgen.errors import EnvironmentFailureError
from pressgen.model.address import to_ascii_domain
from pressgen.model.office import MailChannel

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.checked_mail import MailSender
    from pressgen.channels.credentials import Secret
    from pressgen.model.office import BounceMailbox, FolderChannel, Office, OfficeDetails, PostChannel, WebhookChannel


def resolve_channel_folder(workspace: Workspace, channel: FolderChannel) -> Path:
    """Return the path of a channel's folder within the workspace."""
    return workspace.root / channel.path


def create_mail_server(workspace: Workspace, name: str, channel: MailChannel) -> MailServer:
    """Return the channel's mail server, with its password or token.

    Raises:
        EnvironmentFailureError: the password or a library for signing in is missing.
    """
    password, access = None, None
    if channel.user and channel.oauth:
        access = create_token_source(workspace, name, channel)
    elif channel.user:
        named = SecretLocation(channel.password_env, channel.password_file, channel.password_keyring)
        password = named.look_up(workspace, f"the log-in of the channel “{name}”")
    return MailServer(channel.host, channel.port, channel.security, channel.user or "", password, access)


def create_mail_sender(workspace: Workspace, name: str, channel: PostChannel) -> MailSender:
    """Return the object that sends mail by the channel `name`.

    Raises:
        EnvironmentFailureError: a secret or a library for signing in is missing.
    """
    if isinstance(channel, MailChannel):
        return SmtpSender(create_mail_server(workspace, name, channel))
    access = create_token_source(workspace, name, channel)
    return GraphSender(Mailbox365(channel.endpoint, channel.mailbox, access, drafts=channel.large == "draft"))


def create_webhook(workspace: Workspace, name: str, channel: WebhookChannel) -> Webhook:
    """Return the web hook of the channel `name`, with its signing key.

    Raises:
        EnvironmentFailureError: the key is missing.
    """
    purpose = f"the signature of the channel “{name}”"
    named = SecretLocation(channel.secret_env, channel.secret_file, channel.secret_keyring)
    return Webhook(channel.url, named.look_up(workspace, purpose))


def check_login(workspace: Workspace, name: str) -> str:
    """Check that the channel `name` can sign in, without sending mail.

    Return the result as one line.

    Raises:
        UsageError: the channel has no sign-in.
        EnvironmentFailureError: it gets no token, or the mail server rejects it; or a secret or a library is missing.
    """
    channel = check_channel_token(workspace, name)
    if not isinstance(channel, MailChannel):
        return f"“{name}” gets a token; send a mail to yourself to see whether {channel.mailbox} may send"
    with SmtpSender(create_mail_server(workspace, name, channel)) as post:
        outcome = post.check()
    if not outcome.ok:
        raise EnvironmentFailureError(outcome.detail)
    return f"“{name}” gets a token, and {outcome.detail}"


def get_sender_mailbox(office: OfficeDetails) -> Mailbox:
    """Return the name and address that the office's mails come from."""
    return Mailbox(office.name, office.sender)


@dataclass(frozen=True, slots=True)
class UnsubscribeOptions:
    """The addresses by which a reader leaves the lists (RFC 8058).

    `one_click` says that the page accepts a POST.
    """

    addresses: tuple[str, ...]
    one_click: bool


def build_unsubscribe_options(office: OfficeDetails, reader: str, key: str) -> UnsubscribeOptions:
    """Return how `reader` leaves the lists by the mail named `key`.

    One click requests a page, and its address says who wants to leave (RFC 8058, 3.1).
    """
    page = office.unsubscribe_page or ""
    named = page.replace("{address}", quote(reader, safe="")).replace("{key}", key)
    mail = f"mailto:{quote(to_ascii_domain(office.unsubscribe_mail), safe='@')}" if office.unsubscribe_mail else ""
    return UnsubscribeOptions(tuple(filter(None, (named, mail))), one_click=named != page)


def create_bounce_key(office: Office) -> str:
    """Create an unguessable key for the envelope of one mail.

    Return an empty text where the office does not read returned mails.
    """
    return token_hex(10) if office.bounces else ""


def get_office_return_path(office: Office, bounce_key: str) -> str:
    """Return the envelope sender of the mail with this key.

    It is empty where the office's own address is used.
    """
    return make_return_path(office.bounces.address, bounce_key) if office.bounces and bounce_key else ""


def create_imap_server(workspace: Workspace, mailbox: BounceMailbox) -> ImapServer:
    """Return the mailbox of returned mails, with its password.

    Raises:
        EnvironmentFailureError: the password is missing.
    """
    purpose = "the log-in of the mailbox of returned mails"
    named = SecretLocation(mailbox.password_env, mailbox.password_file, mailbox.password_keyring)
    password = cast("Secret", named.look_up(workspace, purpose))  # `load.channel_secrets` wants one to be named
    return ImapServer(mailbox.host, mailbox.port, mailbox.security, mailbox.user, password, mailbox.folder)
