"""One person's copy of the files that go out: the approved bytes, or those bytes with a mark, and locked if asked."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.errors import WrongUse
from pressgen.model.mark import mark_of, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.channels.credentials import Secret

LOCKED = "locked with a password, so no PDF/A"
MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Copying:
    """How copies are made.

    Attributes:
        marked: whether each is somebody's own: a line on every page, a mark within.
        password: opens the PDF; then nothing else goes along, since it would lie there open. None for no lock.
    """

    marked: bool = False
    password: Secret | None = None

    @property
    def remark(self) -> str:
        """What the ledger says of such a copy; empty for the approved files themselves."""
        return ", ".join([MARKED] * (self.marked or self.password is not None) + [LOCKED] * (self.password is not None))


def key_of(*parts: str) -> str:
    """The name of one sending, the same whenever it is tried again, and not to be guessed from outside."""
    return sha256("\0".join(parts).encode()).hexdigest()


def copy_of(files: Mapping[str, bytes], key: str, holder: str, copying: Copying) -> dict[str, bytes]:
    """The files of the sending `key`, for `holder`.

    Args:
        files: the approved bytes by name.
        key: of the sending; its mark is put on what is marked.
        holder: who gets them, as printed.
        copying: how.

    Raises:
        Refused: a Word file is none.
    """
    from pressgen.pdf import stamp as paper  # noqa: PLC0415
    from pressgen.word import personal_copy as word  # noqa: PLC0415 - lxml and pikepdf are slow to import

    if not copying.remark:
        return dict(files)
    mark, made = mark_of(key), {}
    for name, content in files.items():
        match name.rpartition(".")[2]:
            case "pdf":
                secret = copying.password.value if copying.password else ""
                made[name] = paper.stamp(content, mark, holder, secret)
            case _ if copying.password:
                continue
            case "docx":
                made[name] = word.stamp(content, mark, holder)
            case _:
                made[name] = content
    return made


def line_of(key: str, holder: str) -> str:
    """The visible line of the sending `key`, for a text that goes with the files."""
    return visible(mark_of(key), holder)


def check_password(secret: Secret) -> Secret:
    """The password, if a PDF can take it.

    Raises:
        WrongUse: it is too long, or has characters that other programs type otherwise.
    """
    from pressgen.pdf.stamp import LONGEST_PASSWORD  # noqa: PLC0415 - as above

    if len(secret.value.encode()) > LONGEST_PASSWORD or not secret.value.isprintable():
        raise WrongUse(f"a password for a PDF has at most {LONGEST_PASSWORD} bytes, and no control characters")
    return secret
