"""The ways out of an office, from its file to what `deliver` takes; secrets are looked up here, at the last moment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pressgen.deliver import secrets
from pressgen.deliver.letter import Mailbox
from pressgen.deliver.mail import MailServer
from pressgen.deliver.webhook import Hook

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


def _secret(workspace: Workspace, variable: str | None, file: str | None, purpose: str) -> Secret | None:
    if variable:
        return secrets.from_environment(variable, os.environ, purpose)
    return secrets.from_file(workspace.root / file, purpose) if file else None
