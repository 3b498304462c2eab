"""The office that lifts go by: what is sound in its file, else the last reading of it that was.

A lift must not fail because somebody mistyped an address, or because an editor is half-way through saving. So each
sound reading is kept in `.pressgen/`, and lifts go on with it while the file says nothing that they can use.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.actions.workspace.office import FILE, list_reader, state_folder, take_office, write_state
from pressgen.actions.workspace.reading import read_file, read_named
from pressgen.errors import Refused, WrongUse
from pressgen.load.office import read_sound_office
from pressgen.model.office import NEWSROOM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.office import Office

NAMED: Final = re.compile(r"releases/[^:]+?\.(?:yaml|csv)(?=[: ])")
"""The file that a problem of the office begins with."""
KEPT: Final = "office.yaml"
"""The last sound reading, byte for byte; it holds people's addresses, so only its owner reads it."""
TOLD: Final = "office.told"
"""The digest of the file of which the desk was told that it is at fault."""


@dataclass(frozen=True, slots=True)
class OfficeReading:
    """An office for lifts.

    Attributes:
        problems: what is wrong in the file now, a line each; none where it is sound.
        kept: whether `office` is an earlier reading, since nothing of the file can be used.
        digest: of the file as it is now; empty where it cannot be read.
    """

    office: Office
    problems: tuple[str, ...]
    kept: bool
    digest: str

    def replaced(self, problems: tuple[str, ...], digest: str) -> OfficeReading:
        """This reading, gone on with though the file has other problems now."""
        return OfficeReading(self.office, problems, kept=True, digest=digest)

    def lines(self) -> list[str]:
        """What to tell whoever watches, and the desk."""
        if not self.problems:
            return []
        with_what = f"the last sound reading of {FILE}" if self.kept else "what is sound"
        files, verb = name_files(self.problems)
        lead = f"{files} {verb} at fault; lifts go on with {with_what}. Correct that, then start the worker again:"
        return [lead, *self.problems]


def name_files(problems: Iterable[str]) -> tuple[str, str]:
    """Name the files that problems of the office lie in, its own or those of lists, and `is` or `are` for them."""
    names = list(dict.fromkeys(found[0] for each in problems if (found := NAMED.match(each)))) or [FILE]
    return " and ".join(names), "is" if len(names) == 1 else "are"


def read_office_for_lifts(workspace: Workspace) -> OfficeReading:
    """The office that lifts go by.

    Raises:
        Refused, WrongUse: the file cannot be used, and no sound reading of it was ever kept.
        MachineLacks: the state folder cannot be read or written.
    """
    try:
        office = take_office(workspace)
        office.need(NEWSROOM)
    except (Refused, WrongUse) as refusal:
        kept = _kept(workspace)
        if kept is None:
            raise
        return OfficeReading(kept, tuple(refusal.lines()), kept=True, digest=digest_of_file(workspace))
    if not office.problems:
        keep_office(workspace)
    return OfficeReading(office, tuple(map(str, office.problems)), kept=False, digest=digest_of_file(workspace))


def digest_of_file(workspace: Workspace) -> str:
    """The SHA-256 of the office's file as it is now; empty where it cannot be read."""
    try:
        return hashlib.sha256(read_file(workspace.root, workspace.root / FILE, FILE)).hexdigest()
    except Refused:
        return ""


def keep_office(workspace: Workspace) -> None:
    """Keep the office's file as it is now, if it is sound, for the time when it is not.

    Raises:
        MachineLacks: it cannot be written.
    """
    try:
        data = read_file(workspace.root, workspace.root / FILE, FILE)
        if read_sound_office(data, FILE, list_reader(workspace)).problems:
            return
    except Refused:
        return
    write_state(state_folder(workspace) / KEPT, data)


def is_told(workspace: Workspace, digest: str) -> bool:
    """Whether the desk was told already that this file is at fault; from now on it counts as told.

    Raises:
        MachineLacks: that cannot be remembered.
    """
    file = state_folder(workspace) / TOLD
    if file.is_file() and read_named(file, TOLD).decode() == digest:
        return True
    write_state(file, digest.encode())
    return False


def _kept(workspace: Workspace) -> Office | None:
    file = state_folder(workspace) / KEPT
    try:
        office = read_sound_office(read_named(file, KEPT), KEPT, list_reader(workspace))
        office.need(NEWSROOM)
    except Refused:
        return None
    return office
