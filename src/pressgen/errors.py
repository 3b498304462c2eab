"""The errors of pressgen, and how it reports them.

PressgenError
 ├─ InputError               exit 1: the data or a file is at fault; carries every problem found
 ├─ UsageError               exit 2: the command was called in a way that makes no sense
 ├─ EnvironmentFailureError  exit 3: a program, library, font or service is missing on this machine
 └─ StateError               exit 4: the release or the hour does not allow it: not approved, too early, already issued

A `Problem` is data: what is wrong, where, and the way out. Anything that is not a `PressgenError` is a bug of ours and
may crash loudly.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Severity(StrEnum):
    """The severity of a problem.

    An error blocks, a warning must be answered, a style note is only advice.
    """

    ERROR = "error"
    WARNING = "warning"
    STYLE = "style"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """The place of a problem, as shown to the user.

    Attributes:
        file: the file as the user knows it, relative to the workspace where that is shorter.
        line: counted from 1; 0 where the file has no lines (a Word file).
        column: counted from 1, in characters; 0 with line 0.
        inside: a place within a file that has no lines, such as `body, paragraph 14 (under “Notes”)`.
    """

    file: str
    line: int = 0
    column: int = 0
    inside: str = ""

    @classmethod
    def of(cls, file: str, text: str, offset: int) -> Place:
        """Return the place of an offset in `text`, the whole file."""
        return cls(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

    def __str__(self) -> str:
        if self.inside:
            return f"{self.file}: {self.inside}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


Locate = Callable[[str, int], Place]
"""The place of a character of the data: its path (`house.…` for the house's data) and its offset in the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem: what is wrong, where, and what to do.

    Attributes:
        code: the short name of the rule, such as `R07`.
        message: what is wrong and what to do, one sentence, no final stop.
        place: where.
        path: the path of the data, such as `body[3].quote.by`, or empty.
        severity: an error unless said otherwise.
        extent: how many characters it is about, from `place` on; 0 where that is not said.
        seen: the fingerprint of the words at `path`, for whoever accepts it; empty where there is none.
    """

    code: str
    message: str
    place: Place
    path: str = ""
    severity: Severity = Severity.ERROR
    extent: int = 0
    seen: str = ""

    def __str__(self) -> str:
        kind = "" if self.severity is Severity.ERROR else f"{self.severity.value}: "
        return f"{self.place}: {self.code} {kind}{self.message}"


class PressgenError(Exception):
    """The base class of pressgen's own errors.

    `lines` is what the terminal prints, `exit_code` what the command returns.
    """

    exit_code: int = 1

    def lines(self) -> list[str]:
        """Return the error as printed, a line each."""
        return str(self).splitlines()


class InputError(PressgenError):
    """The data or a file is at fault.

    It has every problem found, sorted by place, none twice. If nothing but the machine is at fault, which does not let
    a file be written, it ends as `EnvironmentFailureError`.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(dict.fromkeys(problems), key=lambda each: (each.place, each.code, each.message)))
        super().__init__("\n".join(map(str, self.problems)))
        if self.problems and all(each.code in UNWRITABLE for each in self.problems):
            self.exit_code = EnvironmentFailureError.exit_code


UNWRITABLE = frozenset({"K02", "I05"})
"""The codes for a file or folder that cannot be written."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def describe_write_error(error: OSError) -> str:
    """Say why something cannot be written, and what to do."""
    if error.errno == errno.EXDEV:
        return f"cannot be written: {error.strerror}"  # `OutsideFolderError` says what to do
    way_out = "make room on the disk" if error.errno in FULL else "let the user who runs pressgen write there"
    return f"cannot be written: {error.strerror}; {way_out}"


def build_write_problem(error: OSError, shown: str) -> Problem:
    """Return the problem of a file or folder that cannot be written.

    It is `K06` where a link leads out of the folder that it must stay in, which is no fault of the machine.
    """
    code = "K06" if error.errno == errno.EXDEV else "K02"
    return Problem(code=code, message=describe_write_error(error), place=Place(shown))


DEBUG = "PRESSGEN_DEBUG"
"""The environment variable that lets unexpected errors through, with their traceback."""


def describe_fault(error: BaseException) -> str:
    """Describe an error that nobody foresaw, without names of Python.

    It has a short code, the same for the same fault at the same place, and the first words of the error. With
    `PRESSGEN_DEBUG` set, the error's class is named.
    """
    name, at = type(error).__name__, error.__traceback__
    said = " ".join(str(error).split())[:200]
    if os.environ.get(DEBUG):
        return f"{name}: {said}"
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f"{os.path.basename(at.tb_frame.f_code.co_filename)} {at.tb_frame.f_code.co_name}" if at else ""  # noqa: PTH119
    code = sha256(f"{name} {where}".encode()).hexdigest()[:4]
    return f"unexpected fault {code}: {said}" if said else f"unexpected fault {code}"


@contextmanager
def guard_file(shown: str) -> Iterator[None]:
    """Turn unexpected errors of a parser into an `InputError`.

    Readers report the faults that they expect, each by its own code. This is for the rest, so that one file of many
    does not end a command. With `PRESSGEN_DEBUG` set, as in the tests, the original error is raised.

    Args:
        shown: what messages call the file.

    Raises:
        InputError: reading failed.
        PressgenError, MemoryError, OSError: as raised inside; an `OSError` only if the machine caused it.
    """
    try:
        yield
    except (PressgenError, MemoryError):
        raise
    except Exception as error:
        machine = isinstance(error, OSError) and error.errno is not None
        if machine or os.environ.get(DEBUG):
            raise
        message = (
            f"could not be read ({describe_fault(error)}); the file is damaged, or pressgen is at fault:"
            f" please report it with the file, and with what {DEBUG}=1 shows"
        )
        raise InputError([Problem(code="K05", message=message, place=Place(shown))]) from error


NO_ROOM = re.compile(r"failed to map segment|cannot (?:map|allocate)|out of memory", re.IGNORECASE)
"""Messages of the library loader when memory runs out (glibc, dl-load.c)."""


@contextmanager
def guard_writing(shown: str) -> Iterator[None]:
    """Turn a failure to write a file into an `InputError`.

    Args:
        shown: what messages call the file.

    Raises:
        InputError: the system refused to write it.
    """
    try:
        yield
    except OSError as error:
        raise InputError([build_write_problem(error, shown)]) from None


def is_short_of_memory(error: BaseException) -> bool:
    """Return whether an error says that memory ran out.

    Its type says so, or the words of the library loader.
    """
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return True
    return isinstance(error, MemoryError) or (
        isinstance(error, ImportError | OSError) and bool(NO_ROOM.search(str(error)))
    )


class UsageError(PressgenError):
    """The command was called in a way that makes no sense."""

    exit_code = 2


class EnvironmentFailureError(PressgenError):
    """Something that this machine or its services should provide is missing.

    It is a program, a library, a font, a secret, a database or a mail server. The message says what to do.
    """

    exit_code = 3


class StateError(PressgenError):
    """The release's state or the hour does not allow it.

    The message says which state, since when, and what to do first.
    """

    exit_code = 4
