"""The office settings that lifts use.

They are the sound parts of its file, else of the last sound version of it.

A lift must not fail because somebody mistyped an address, or because an editor is half-way through saving. So each
sound version is kept in `.pressgen/`, and lifts use it while the file has nothing that they can use.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.actions.workspace.office import (
    FILE,
    create_list_reader,
    load_office,
    prepare_state_folder,
    write_state_file,
)
from pressgen.actions.workspace.read_files import read_file, read_file_argument
from pressgen.errors import InputError, UsageError
from pressgen.load.office import read_valid_office
from pressgen.model.office import NEWSROOM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.office import Office

NAMED: Final = re.compile(r"releases/[^:]+?\.(?:yaml|csv)(?=[: ])")
"""The file at the start of an office problem."""
KEPT: Final = "office.yaml"
"""The last sound version, byte for byte; it holds people's addresses, so only its owner can read it."""
TOLD: Final = "office.told"
"""The digest of the faulty file that was last reported to the office."""


@dataclass(frozen=True, slots=True)
class OfficeSnapshot:
    """The office that lifts use, and the problems in its file now.

    Attributes:
        problems: the file's present problems, a line each; none if it is sound.
        kept: whether `office` is an earlier version, since nothing of the file can be used.
        digest: of the present file; empty where it cannot be read.
    """

    office: Office
    problems: tuple[str, ...]
    kept: bool
    digest: str

    def replaced(self, problems: tuple[str, ...], digest: str) -> OfficeSnapshot:
        """Return this version of the office with other problems."""
        return OfficeSnapshot(self.office, problems, kept=True, digest=digest)

    def lines(self) -> list[str]:
        """Return the lines to print, and to mail to the office."""
        if not self.problems:
            return []
        with_what = f"the last valid version of {FILE}" if self.kept else "the valid parts"
        files, verb = name_faulty_files(self.problems)
        lead = f"{files} {verb} not valid; lifts go on with {with_what}. Correct that, then start the worker again:"
        return [lead, *self.problems]


def name_faulty_files(problems: Iterable[str]) -> tuple[str, str]:
    """Return the names of the faulty office files, and `is` or `are`."""
    names = list(dict.fromkeys(found[0] for each in problems if (found := NAMED.match(each)))) or [FILE]
    return " and ".join(names), "is" if len(names) == 1 else "are"


def read_office_for_lifts(workspace: Workspace) -> OfficeSnapshot:
    """Read the office that lifts use.

    Where its file cannot be used, it is the last sound version.

    Raises:
        InputError, UsageError: the file cannot be used, and no sound version of it was ever kept.
        EnvironmentFailureError: the state folder cannot be read or written.
    """
    try:
        office = load_office(workspace)
        office.need(NEWSROOM)
    except (InputError, UsageError) as refusal:
        kept = _read_snapshot(workspace)
        if kept is None:
            raise
        return OfficeSnapshot(kept, tuple(refusal.lines()), kept=True, digest=hash_office_file(workspace))
    if not office.problems:
        save_office_snapshot(workspace)
    return OfficeSnapshot(office, tuple(map(str, office.problems)), kept=False, digest=hash_office_file(workspace))


def hash_office_file(workspace: Workspace) -> str:
    """Return the SHA-256 of the office's file; empty where it is unreadable."""
    try:
        return hashlib.sha256(read_file(workspace.root, workspace.root / FILE, FILE)).hexdigest()
    except InputError:
        return ""


def save_office_snapshot(workspace: Workspace) -> None:
    """Save a copy of the office's file, if it is sound.

    Lifts use it while the file is not sound.

    Raises:
        EnvironmentFailureError: it cannot be written.
    """
    try:
        data = read_file(workspace.root, workspace.root / FILE, FILE)
        if read_valid_office(data, FILE, create_list_reader(workspace)).problems:
            return
    except InputError:
        return
    write_state_file(prepare_state_folder(workspace) / KEPT, data)


def is_fault_reported(workspace: Workspace, digest: str) -> bool:
    """Return whether this fault of the office's file was reported before.

    From now on it counts as reported.

    Raises:
        EnvironmentFailureError: the state folder cannot be written.
    """
    file = prepare_state_folder(workspace) / TOLD
    if file.is_file() and read_file_argument(file, TOLD).decode() == digest:
        return True
    write_state_file(file, digest.encode())
    return False


def _read_snapshot(workspace: Workspace) -> Office | None:
    file = prepare_state_folder(workspace) / KEPT
    try:
        office = read_valid_office(read_file_argument(file, KEPT), KEPT, create_list_reader(workspace))
        office.need(NEWSROOM)
    except InputError:
        return None
    return office
