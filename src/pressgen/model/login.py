"""How a channel of the office signs in by OAuth.

Secrets are only named here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints

from pressgen.model.record import Header, Record

Endpoint = Annotated[
    str,
    StringConstraints(pattern=r"^(https://[^\s/@]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)(/[^\s?#]*)?$"),
]
"""The address of a service that receives secrets: https, or http on this machine itself."""

Variable = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class MicrosoftLogin(Record):
    """A sign-in to Microsoft 365.

    With a secret or a certificate it is the application's own, else that of a person.
    """

    provider: Literal["microsoft"]
    tenant: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$")] = Field(
        description="The organisation's id in Microsoft Entra, or its domain."
    )
    client: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+$")] = Field(description="The application's id.")
    secret_env: Variable | None = Field(None, description="The environment variable that holds the client secret.")
    secret_file: Header | None = Field(None, description="Or the file that does, which only its owner may read.")
    secret_keyring: Header | None = Field(None, description="Or its name in the system's keyring.")
    certificate_file: Header | None = Field(
        None, description="The file with private key and certificate, both in PEM, which only its owner may read."
    )
    authority: Endpoint = Field(
        "https://login.microsoftonline.com", description="The service that signs in; another one in national clouds."
    )


class GoogleLogin(Record):
    """A sign-in to Google.

    With `account_file` it is that of a service account, else that of a person.
    """

    provider: Literal["google"]
    account_file: Header | None = Field(
        None, description="The JSON key file of a service account, which only its owner may read."
    )
    client: Header | None = Field(None, description="The id of a desktop application, where a person signs in.")
    secret_env: Variable | None = Field(None, description="The environment variable that holds its client secret.")
    secret_file: Header | None = Field(None, description="Or the file that does, which only its owner may read.")
    secret_keyring: Header | None = Field(None, description="Or its name in the system's keyring.")
    token_url: Endpoint = Field("https://oauth2.googleapis.com/token", description="Where tokens come from.")
    authorise_url: Endpoint = Field(
        "https://accounts.google.com/o/oauth2/v2/auth", description="The page on which a person consents."
    )


Login = Annotated[MicrosoftLogin | GoogleLogin, Discriminator("provider")]
