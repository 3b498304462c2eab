"""The ways out of an office, from its file to what `deliver` takes; secrets are looked up here, at the last moment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pressgen.deliver import secrets
from pressgen.deliver.letter import Mailbox
from pressgen.deliver.mail import MailServer
from pressgen.deliver.webhook import Hook
from pressgen.model.address import to_ascii_domain

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.deliver.secrets import Secret
    from pressgen.desk.workspace.folder import Workspace
    from pressgen.model.office import About, FolderChannel, MailChannel, WebhookChannel


def folder_of(workspace: Workspace, channel: FolderChannel) -> Path:
    """The folder of a channel."""
    return workspace.root / channel.path


def server_of(workspace: Workspace, name: str, channel: MailChannel) -> MailServer:
    """The mail server of the channel `name`, with the password if somebody logs in.

    Raises:
        MachineLacks: the password is not to be had.
    """
    password = None
    if channel.user:
        purpose = f"the log-in of the channel “{name}”"
        password = _secret(workspace, channel.password_env, channel.password_file, purpose)
    return MailServer(channel.host, channel.port, channel.security, channel.user or "", password)


def hook_of(workspace: Workspace, name: str, channel: WebhookChannel) -> Hook:
    """The web hook of the channel `name`, with the key to sign with.

    Raises:
        MachineLacks: the key is not to be had.
    """
    purpose = f"the signature of the channel “{name}”"
    return Hook(channel.url, _secret(workspace, channel.secret_env, channel.secret_file, purpose))


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


def _secret(workspace: Workspace, variable: str | None, file: str | None, purpose: str) -> Secret | None:
    if variable:
        return secrets.from_environment(variable, os.environ, purpose)
    return secrets.from_file(workspace.root / file, purpose) if file else None
