"""Sign-in for the channels of an office.

It has the secrets and tokens that they name, and a person's own sign-in.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pressgen.actions.workspace.office import load_office, prepare_state_folder
from pressgen.channels import credentials
from pressgen.channels.oauth import google, microsoft
from pressgen.channels.oauth.tokens import SignInError, TokenStore
from pressgen.errors import EnvironmentFailureError, UsageError
from pressgen.model.login import GoogleLogin, MicrosoftLogin
from pressgen.model.office import MailChannel, PostChannel
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.credentials import Secret
    from pressgen.channels.oauth.tokens import TokenSource

TOKENS: Final = "tokens"
"""The subfolder of the state folder in which each channel has a file of tokens."""
LARGEST: Final = 64 * 1024
"""The most bytes of a key file."""
SMTP_PERSON: Final = "https://outlook.office.com/SMTP.Send"
SMTP_APP: Final = "https://outlook.office365.com/.default"
"""Permissions for SMTP (Microsoft, “Authenticate an IMAP, POP or SMTP connection using OAuth”)."""


@dataclass(frozen=True, slots=True)
class SecretLocation:
    """The location of a secret: a variable, a file or the keyring."""

    variable: str | None
    file: str | None
    keyring: str | None

    def look_up(self, workspace: Workspace, purpose: str) -> Secret | None:
        """Return the secret; None where no place is named.

        Raises:
            EnvironmentFailureError: the secret is missing.
        """
        if self.variable:
            return credentials.read_secret_from_environment(self.variable, os.environ, purpose)
        if self.file:
            return credentials.read_secret_from_file(workspace.root / self.file, purpose)
        return credentials.read_secret_from_keyring(self.keyring, purpose) if self.keyring else None


def create_token_source(workspace: Workspace, name: str, channel: PostChannel) -> TokenSource:
    """Return the source of access tokens for the channel `name`.

    The channel has `oauth`.

    Raises:
        EnvironmentFailureError: a secret or a library for signing in is missing.
    """
    match channel.oauth:
        case MicrosoftLogin() as login:
            app = _create_microsoft_app(workspace, name, channel, login)
            own = app.secret or app.certificate
            return (
                microsoft.MicrosoftAppAccess(app)
                if own
                else microsoft.MicrosoftPersonAccess(app, get_token_store(workspace, name))
            )
        case GoogleLogin() as login:
            whom = _create_google_app(workspace, name, channel, login)
            return (
                google.GoogleServiceAccess(whom)
                if whom.account
                else google.GooglePersonAccess(whom, get_token_store(workspace, name))
            )
        case None:
            raise UsageError(f"the channel “{name}” has no oauth: there is nothing to sign in to")


def get_token_store(workspace: Workspace, name: str) -> TokenStore:
    """Return the store of the channel's tokens."""
    return TokenStore(prepare_state_folder(workspace) / TOKENS / f"{name}.json", name)


@dataclass(frozen=True, slots=True)
class SignInPrompts:
    """The callbacks that show a person how to sign in.

    Attributes:
        show_code: is given the address of a page, and the code to type into it.
        show_page: is given the address of a page to open on this machine.
    """

    show_code: Callable[[str, str], None]
    show_page: Callable[[str], None]


def sign_in(workspace: Workspace, name: str, way: SignInPrompts) -> str:
    """Sign a person in for the channel `name`; return their account name.

    It is empty where the service does not say.

    Raises:
        UsageError: a person cannot sign in for this channel.
        EnvironmentFailureError: the service refuses, or nobody came in time; or a secret or a library is missing.
    """
    access = create_token_source(workspace, name, _find_sign_in_channel(workspace, name))
    try:
        if isinstance(access, microsoft.MicrosoftPersonAccess):
            return access.sign_in(way.show_code)
        if isinstance(access, google.GooglePersonAccess):
            return access.sign_in(way.show_page)
    except SignInError as error:
        raise EnvironmentFailureError(error.why) from None
    raise UsageError(
        f"nobody needs to sign in for the channel “{name}”: the application signs in by itself; to test that:"
        f" pressgen login {name} --check"
    )


def check_channel_token(workspace: Workspace, name: str) -> PostChannel:
    """Check that the channel `name` gets a token, and return the channel.

    Raises:
        UsageError: the channel has no sign-in.
        EnvironmentFailureError: it gets none.
    """
    channel = _find_sign_in_channel(workspace, name)
    try:
        create_token_source(workspace, name, channel).fetch_token()
    except SignInError as error:
        raise EnvironmentFailureError(error.why) from None
    return channel


def sign_out(workspace: Workspace, name: str) -> bool:
    """Forget the channel's tokens on this machine; return whether there were any.

    Raises:
        UsageError: the channel has no sign-in.
        EnvironmentFailureError: they cannot be removed.
    """
    _find_sign_in_channel(workspace, name)
    try:
        return get_token_store(workspace, name).forget()
    except SignInError as error:
        raise EnvironmentFailureError(error.why) from None


def _find_sign_in_channel(workspace: Workspace, name: str) -> PostChannel:
    office = load_office(workspace)
    found = office.channels.get(name)
    if isinstance(found, PostChannel) and found.oauth:
        return found
    office.need("channels")
    ways = [key for key, each in office.channels.items() if isinstance(each, PostChannel) and each.oauth]
    among = suggest_name(name, ways) or f"; there is {', '.join(ways) or 'none yet: add oauth to a channel there'}"
    raise UsageError(f"“{name}” is not a channel with oauth in releases/pressgen.yaml{among}")


def _create_microsoft_app(
    workspace: Workspace, name: str, channel: PostChannel, login: MicrosoftLogin
) -> microsoft.MicrosoftApp:
    purpose = f"the sign-in of the channel “{name}”"
    secret = SecretLocation(login.secret_env, login.secret_file, login.secret_keyring).look_up(workspace, purpose)
    certificate = _read_key(workspace, login.certificate_file, purpose)
    return microsoft.MicrosoftApp(
        channel=name,
        authority=f"{login.authority.rstrip('/')}/{login.tenant}",
        client=login.client,
        scopes=_list_scopes(channel, own=bool(secret or certificate)),
        secret=secret,
        certificate=certificate,
    )


def _list_scopes(channel: PostChannel, *, own: bool) -> tuple[str, ...]:
    """List the permissions that a channel needs, and no more."""
    if isinstance(channel, MailChannel):
        return (SMTP_APP if own else SMTP_PERSON,)
    parts = urlsplit(channel.endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    if own:
        return (f"{origin}/.default",)
    return (f"{origin}/Mail.Send", *([f"{origin}/Mail.ReadWrite"] if channel.large == "draft" else []))


def _create_google_app(workspace: Workspace, name: str, channel: PostChannel, login: GoogleLogin) -> google.GoogleApp:
    purpose = f"the sign-in of the channel “{name}”"
    return google.GoogleApp(
        channel=name,
        user=(channel.user or "") if isinstance(channel, MailChannel) else channel.mailbox,
        token_url=login.token_url,
        authorise_url=login.authorise_url,
        client=login.client or "",
        secret=SecretLocation(login.secret_env, login.secret_file, login.secret_keyring).look_up(workspace, purpose),
        account=_read_key(workspace, login.account_file, purpose),
    )


def _read_key(workspace: Workspace, file: str | None, purpose: str) -> Secret | None:
    path: Path | None = workspace.root / file if file else None
    return credentials.read_private_file(path, purpose, LARGEST) if path else None
