"""Passwords and keys, read when needed, never kept or printed.

They come from the environment, the keyring, or a file that only its owner can read.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.errors import EnvironmentFailureError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST = 4096
"""The most bytes of a file with a secret."""
SERVICE = "pressgen"
"""The name under which the system's keyring keeps our secrets."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that does not show itself.

    It appears in no print, no message and no traceback.
    """

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "(secret)"


def read_secret_from_environment(name: str, environment: Mapping[str, str], purpose: str) -> Secret:
    """Read a secret from an environment variable.

    Args:
        name: of the variable.
        environment: the variables.
        purpose: its use, such as `the log-in of the channel “mail”`.

    Raises:
        EnvironmentFailureError: it is not set, or empty.
    """
    value = environment.get(name, "")
    if not value:
        raise EnvironmentFailureError(
            f"{name} is not set: it holds the secret for {purpose}; set it in the environment"
        )
    return Secret(value)


def read_secret_from_file(path: Path, purpose: str) -> Secret:
    """Read a secret from the first line of a private file.

    Nobody but its owner may read or write it.

    Raises:
        EnvironmentFailureError: it cannot be read, is empty, or others may read it.
    """
    line = read_private_file(path, purpose, LARGEST).value.partition("\n")[0].rstrip("\r")
    if not line:
        raise EnvironmentFailureError(f"{path}, for {purpose}, is empty: write the secret on its first line")
    return Secret(line)


def read_private_file(path: Path, purpose: str, largest: int) -> Secret:
    """Return the text of a file that only its owner can access.

    Args:
        path: of the file; a link is not followed.
        purpose: its use, such as `the log-in of the channel “mail”`.
        largest: the most bytes that are read.

    Raises:
        EnvironmentFailureError: it cannot be read, is not text, or others may read it.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise EnvironmentFailureError(f"{path}, for {purpose}, is not a file")
            if status.st_mode & OTHERS:
                raise EnvironmentFailureError(
                    f"{path}, for {purpose}, can be read by other users; run: chmod 600 {path}"
                )
            data = file.read(largest)
    except OSError as error:
        raise EnvironmentFailureError(f"{path}, for {purpose}, cannot be read: {error.strerror}") from None
    try:
        return Secret(data.decode())
    except UnicodeDecodeError:
        raise EnvironmentFailureError(f"{path}, for {purpose}, is not text in UTF-8") from None


def read_secret_from_keyring(name: str, purpose: str) -> Secret:
    """Return a secret from the system's keyring.

    It is stored for the service `pressgen` under `name`.

    Raises:
        EnvironmentFailureError: there is no keyring, it is locked, or it holds nothing under that name.
    """
    put = f"put it there with: keyring set {SERVICE} {name}"
    try:
        import keyring
    except ImportError:
        raise EnvironmentFailureError(f"the keyring, for {purpose}, needs: pip install 'pressgen[keyring]'") from None
    try:
        found = keyring.get_password(SERVICE, name)
    except Exception:  # noqa: BLE001 - keyring back ends raise any error, and may quote a secret
        why = "the system's keyring does not open; unlock it"
        raise EnvironmentFailureError(f"{why}, or name another place for the secret for {purpose}") from None
    if not found:
        raise EnvironmentFailureError(f"the system's keyring has no “{name}” of {SERVICE}, for {purpose}; {put}")
    return Secret(found)
