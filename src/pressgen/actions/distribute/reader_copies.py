"""One person's copy of the files that go out.

It has the approved bytes, or those bytes with a mark, and is locked if asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.errors import UsageError
from pressgen.model.mark import format_mark_line, make_mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.channels.credentials import Secret

LOCKED = "locked with a password, so no PDF/A"
MARKED = "marked"


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """How copies are made: marked, locked with a password, or neither.

    Attributes:
        marked: whether each copy names its reader: in a line on every page, and in a hidden mark.
        password: opens the PDF; then nothing else is attached, since it would be readable without it. None for no
            lock.
    """

    marked: bool = False
    password: Secret | None = None

    @property
    def remark(self) -> str:
        """The ledger's remark on such a copy; empty for approved files."""
        return ", ".join([MARKED] * (self.marked or self.password is not None) + [LOCKED] * (self.password is not None))


def compute_delivery_key(*parts: str) -> str:
    """Return the key of one delivery.

    It is the same at every attempt, and nobody outside can guess it.
    """
    return sha256("\0".join(parts).encode()).hexdigest()


def create_reader_copy(files: Mapping[str, bytes], key: str, holder: str, copying: CopyOptions) -> dict[str, bytes]:
    """Return the files of the delivery `key`, made for `holder`.

    Args:
        files: the approved bytes by name.
        key: of the delivery; marked files get its mark.
        holder: who gets them, as printed.
        copying: how.

    Raises:
        InputError: a file is not a Word file though its name says so.
    """
    from pressgen.pdf import stamp as paper
    from pressgen.word import personal_copy as word

    if not copying.remark:
        return dict(files)
    mark, made = make_mark(key), {}
    for name, content in files.items():
        match name.rpartition(".")[2]:
            case "pdf":
                secret = copying.password.value if copying.password else ""
                made[name] = paper.make_personal_copy(content, mark, holder, secret)
            case _ if copying.password:
                continue
            case "docx":
                made[name] = word.make_personal_copy(content, mark, holder)
            case _:
                made[name] = content
    return made


def format_visible_line(key: str, holder: str) -> str:
    """Return the visible line of a marked copy, for the mail's text."""
    return format_mark_line(make_mark(key), holder)


def check_password(secret: Secret) -> Secret:
    """Return the password if a PDF accepts it.

    Raises:
        UsageError: it is too long, or has characters that other programs may encode differently.
    """
    from pressgen.pdf.stamp import LONGEST_PASSWORD

    if len(secret.value.encode()) > LONGEST_PASSWORD or not secret.value.isprintable():
        raise UsageError(f"a password for a PDF has at most {LONGEST_PASSWORD} bytes, and no control characters")
    return secret
