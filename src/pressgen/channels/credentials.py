"""Passwords and keys: read when needed from the environment or a file of the owner's, never kept or printed."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.errors import MachineLacks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST = 4096
"""Bytes of a file with a secret."""
SERVICE = "pressgen"
"""Under which the system's keyring keeps our secrets."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that does not show itself: neither printed, nor in a message, nor in a traceback's representation."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "(secret)"


def from_environment(name: str, environment: Mapping[str, str], purpose: str) -> Secret:
    """The secret in the environment variable `name`.

    Args:
        name: of the variable.
        environment: where to look.
        purpose: what it is for, such as `the log-in of the channel “mail”`.

    Raises:
        MachineLacks: it is not set, or empty.
    """
    value = environment.get(name, "")
    if not value:
        raise MachineLacks(f"{name} is not set: it holds the secret for {purpose}; set it in the environment")
    return Secret(value)


def from_file(path: Path, purpose: str) -> Secret:
    """The first line of the file at `path`, which nobody but its owner may read or write.

    Raises:
        MachineLacks: it cannot be read, is empty, or others may read it.
    """
    line = read_private(path, purpose, LARGEST).value.partition("\n")[0].rstrip("\r")
    if not line:
        raise MachineLacks(f"{path}, for {purpose}, is empty: write the secret on its first line")
    return Secret(line)


def read_private(path: Path, purpose: str, largest: int) -> Secret:
    """Return the text of the file at `path`, which nobody but its owner may read or write.

    Args:
        path: of the file; a link is not followed.
        purpose: what it is for, such as `the log-in of the channel “mail”`.
        largest: bytes that are read.

    Raises:
        MachineLacks: it cannot be read, is no text, or others may read it.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise MachineLacks(f"{path}, for {purpose}, is no file")
            if status.st_mode & OTHERS:
                raise MachineLacks(f"{path}, for {purpose}, may be read by others; run: chmod 600 {path}")
            data = file.read(largest)
    except OSError as error:
        raise MachineLacks(f"{path}, for {purpose}, cannot be read: {error.strerror}") from None
    try:
        return Secret(data.decode())
    except UnicodeDecodeError:
        raise MachineLacks(f"{path}, for {purpose}, is not text in UTF-8") from None


def from_keyring(name: str, purpose: str) -> Secret:
    """Return the secret that the system's keyring holds for the service `pressgen` under `name`.

    Raises:
        MachineLacks: there is no keyring, it is locked, or it holds nothing under that name.
    """
    put = f"put it there with: keyring set {SERVICE} {name}"
    try:
        import keyring  # noqa: PLC0415 - an extra
    except ImportError:
        raise MachineLacks(f"the keyring, for {purpose}, needs: pip install 'pressgen[keyring]'") from None
    try:
        found = keyring.get_password(SERVICE, name)
    except Exception as error:  # noqa: BLE001 - a keyring's back end raises what it likes, and may quote a secret
        why = f"the system's keyring does not open ({type(error).__name__}); unlock it"
        raise MachineLacks(f"{why}, or name another place for the secret for {purpose}") from None
    if not found:
        raise MachineLacks(f"the system's keyring has no “{name}” of {SERVICE}, for {purpose}; {put}")
    return Secret(found)
