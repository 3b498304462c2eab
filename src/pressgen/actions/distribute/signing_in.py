"""How the channels of an office sign in: the secrets and the tokens that they name, and a person's own sign-in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pressgen.actions.workspace.office import state_folder, take_office
from pressgen.channels import credentials
from pressgen.channels.oauth import google, microsoft
from pressgen.channels.oauth.access import SignInError
from pressgen.channels.oauth.store import TokenStore
from pressgen.errors import MachineLacks, WrongUse
from pressgen.model.login import GoogleLogin, MicrosoftLogin
from pressgen.model.office import MailChannel, PostChannel
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.credentials import Secret
    from pressgen.channels.oauth.access import TokenSource

TOKENS: Final = "tokens"
"""The folder of the state in which each channel has a file of tokens."""
LARGEST: Final = 64 * 1024
"""Bytes of a file with a key."""
SMTP_PERSON: Final = "https://outlook.office.com/SMTP.Send"
SMTP_APP: Final = "https://outlook.office365.com/.default"
"""Permissions for SMTP (Microsoft, “Authenticate an IMAP, POP or SMTP connection using OAuth”)."""


@dataclass(frozen=True, slots=True)
class SecretPlace:
    """The place of a secret, as the office's file names it: a variable, a file, or an entry of the keyring."""

    variable: str | None
    file: str | None
    keyring: str | None

    def look_up(self, workspace: Workspace, purpose: str) -> Secret | None:
        """Return the secret; None where no place is named.

        Raises:
            MachineLacks: it is not there.
        """
        if self.variable:
            return credentials.from_environment(self.variable, os.environ, purpose)
        if self.file:
            return credentials.from_file(workspace.root / self.file, purpose)
        return credentials.from_keyring(self.keyring, purpose) if self.keyring else None


def access_of(workspace: Workspace, name: str, channel: PostChannel) -> TokenSource:
    """Return the way of the channel `name`, which has `oauth`, to its tokens.

    Raises:
        MachineLacks: a secret is not to be had, or a library that signs in.
    """
    match channel.oauth:
        case MicrosoftLogin() as login:
            app = _microsoft_app(workspace, name, channel, login)
            own = app.secret or app.certificate
            return (
                microsoft.MicrosoftAppAccess(app)
                if own
                else microsoft.MicrosoftPersonAccess(app, store_of(workspace, name))
            )
        case GoogleLogin() as login:
            whom = _google_app(workspace, name, channel, login)
            return (
                google.GoogleServiceAccess(whom)
                if whom.account
                else google.GooglePersonAccess(whom, store_of(workspace, name))
            )
        case None:
            raise WrongUse(f"the channel “{name}” has no oauth: there is nothing to sign in to")


def store_of(workspace: Workspace, name: str) -> TokenStore:
    """Return the tokens of the channel `name`."""
    return TokenStore(state_folder(workspace) / TOKENS / f"{name}.json", name)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a person's sign-in shows.

    Attributes:
        show_code: is given the address of a page, and the code to type into it.
        show_page: is given the address of a page to open on this machine.
    """

    show_code: Callable[[str, str], None]
    show_page: Callable[[str], None]


def sign_in(workspace: Workspace, name: str, way: SignIn) -> str:
    """Sign a person in for the channel `name`, and return what the service calls them; empty where it does not say.

    Raises:
        WrongUse: it is no channel that a person signs in for.
        MachineLacks: the service refuses, or nobody came in time; or a secret or a library is not to be had.
    """
    access = access_of(workspace, name, _channel_of(workspace, name))
    try:
        if isinstance(access, microsoft.MicrosoftPersonAccess):
            return access.sign_in(way.show_code)
        if isinstance(access, google.GooglePersonAccess):
            return access.sign_in(way.show_page)
    except SignInError as error:
        raise MachineLacks(error.why) from None
    raise WrongUse(
        f"nobody has to sign in for the channel “{name}”: the application does so by itself; see whether it can with:"
        f" pressgen login {name} --check"
    )


def fetch_token(workspace: Workspace, name: str) -> PostChannel:
    """See whether the channel `name` gets a token, and return the channel.

    Raises:
        WrongUse: it is no channel with a sign-in.
        MachineLacks: it gets none.
    """
    channel = _channel_of(workspace, name)
    try:
        access_of(workspace, name, channel).fetch_token()
    except SignInError as error:
        raise MachineLacks(error.why) from None
    return channel


def sign_out(workspace: Workspace, name: str) -> bool:
    """Forget the tokens of the channel `name` on this machine; whether there were any.

    Raises:
        WrongUse: it is no channel with a sign-in.
        MachineLacks: they cannot be removed.
    """
    _channel_of(workspace, name)
    try:
        return store_of(workspace, name).forget()
    except SignInError as error:
        raise MachineLacks(error.why) from None


def _channel_of(workspace: Workspace, name: str) -> PostChannel:
    office = take_office(workspace)
    found = office.channels.get(name)
    if isinstance(found, PostChannel) and found.oauth:
        return found
    office.need("channels")
    ways = [key for key, each in office.channels.items() if isinstance(each, PostChannel) and each.oauth]
    among = (
        near(name, ways)
        or f"; there is {', '.join(ways) or 'no such channel yet: give one “oauth” in releases/pressgen.yaml'}"
    )
    raise WrongUse(f"“{name}” is none of the office's channels with oauth{among}")


def _microsoft_app(
    workspace: Workspace, name: str, channel: PostChannel, login: MicrosoftLogin
) -> microsoft.MicrosoftApp:
    purpose = f"the sign-in of the channel “{name}”"
    secret = SecretPlace(login.secret_env, login.secret_file, login.secret_keyring).look_up(workspace, purpose)
    certificate = _key(workspace, login.certificate_file, purpose)
    return microsoft.MicrosoftApp(
        channel=name,
        authority=f"{login.authority.rstrip('/')}/{login.tenant}",
        client=login.client,
        scopes=_scopes(channel, own=bool(secret or certificate)),
        secret=secret,
        certificate=certificate,
    )


def _scopes(channel: PostChannel, *, own: bool) -> tuple[str, ...]:
    """The permissions that a channel asks for: no more than it uses."""
    if isinstance(channel, MailChannel):
        return (SMTP_APP if own else SMTP_PERSON,)
    parts = urlsplit(channel.endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    if own:
        return (f"{origin}/.default",)
    return (f"{origin}/Mail.Send", *([f"{origin}/Mail.ReadWrite"] if channel.large == "draft" else []))


def _google_app(workspace: Workspace, name: str, channel: PostChannel, login: GoogleLogin) -> google.GoogleApp:
    purpose = f"the sign-in of the channel “{name}”"
    return google.GoogleApp(
        channel=name,
        user=(channel.user or "") if isinstance(channel, MailChannel) else channel.mailbox,
        token_url=login.token_url,
        authorise_url=login.authorise_url,
        client=login.client or "",
        secret=SecretPlace(login.secret_env, login.secret_file, login.secret_keyring).look_up(workspace, purpose),
        account=_key(workspace, login.account_file, purpose),
    )


def _key(workspace: Workspace, file: str | None, purpose: str) -> Secret | None:
    path: Path | None = workspace.root / file if file else None
    return credentials.read_private(path, purpose, LARGEST) if path else None
