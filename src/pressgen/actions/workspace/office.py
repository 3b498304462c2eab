"""The office's file, its ledger, and a release's standing in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.read_files import LARGEST, read_file
from pressgen.errors import EnvironmentFailureError, StateError, UsageError, describe_write_error
from pressgen.files.atomic import close_on_exit, make_folder, open_folder, set_folder_mode, write_into
from pressgen.files.within import read_within

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing

FILE = "releases/pressgen.yaml"
STATE = ".pressgen"
LEDGER = "ledger.sqlite"
DATABASE = "PRESSGEN_DATABASE"


def load_office(workspace: Workspace) -> Office:
    """Load the office of a workspace, without faulty parts of its file.

    Say with `need` which parts must be sound.

    Raises:
        InputError: its file is at fault as a whole.
        UsageError: it has none.
    """
    from pressgen.load.office import read_valid_office

    file = workspace.root / FILE
    if not file.is_file():
        raise UsageError(f"{FILE} is missing: list the people of the office there; see: pressgen manual office")
    return read_valid_office(read_file(workspace.root, file, FILE), FILE, create_list_reader(workspace))


def create_list_reader(workspace: Workspace) -> Callable[[str], bytes]:
    """Return a function that reads the files of mailing lists.

    They are under releases/, and no link leads out of the workspace.
    """

    def read(name: str) -> bytes:
        file, shown = workspace.root / "releases" / name, f"releases/{name}"
        return read_file(workspace.root, file, shown)

    return read


def prepare_state_folder(workspace: Workspace) -> Path:
    """Return the state folder of a workspace, and make it if missing.

    Only its owner may open it; if a set-group-id bit shares the workspace, its group may as well.

    Raises:
        EnvironmentFailureError: it cannot be made.
    """
    folder = workspace.root / STATE
    try:
        make_folder(folder, own=True)
        if not (folder / LEDGER).exists():  # others may have made it, for more people
            with close_on_exit(open_folder(workspace.root)) as root, close_on_exit(open_folder(folder)) as own:
                if os.fstat(own).st_uid == os.geteuid():  # else another account of the office made it
                    set_folder_mode(own, os.fstat(root), own=True)
    except OSError as error:
        raise EnvironmentFailureError(f"{STATE} in the workspace {describe_write_error(error)}") from None
    return folder


def has_office(workspace: Workspace) -> bool:
    """Return whether the workspace has an office file."""
    return (workspace.root / FILE).is_file()


def has_ledger(workspace: Workspace) -> bool:
    """Return whether the workspace has a ledger, without creating one."""
    return bool(os.environ.get(DATABASE)) or (workspace.root / STATE / LEDGER).is_file()


def open_ledger(workspace: Workspace) -> Ledger:
    """Open the ledger of a workspace; close it after use.

    It is in `.pressgen/`, or in the PostgreSQL that PRESSGEN_DATABASE names.

    Raises:
        EnvironmentFailureError: its database does not answer.
        UsageError: PRESSGEN_DATABASE is not an address.
    """
    from pressgen.ledger.ledger import Ledger

    return Ledger.open(os.environ.get(DATABASE) or f"sqlite:///{prepare_state_folder(workspace) / LEDGER}")


def require_standing(ledger: Ledger, path: Path) -> Standing:
    """Return the standing of a release, or raise an error without one.

    `path` is its folder, its `release.yaml`, or its reference. The folder's name is enough, so that a release can be
    moved or withdrawn even if its file is missing or broken.

    Raises:
        StateError: nothing has happened to it yet.
    """
    found = find_standing(ledger, path)
    if found is None:
        raise StateError(f"{path} has not been submitted; next: pressgen submit {path}")
    return found


def find_standing(ledger: Ledger, path: Path) -> Standing | None:
    """Return the standing of a release; None if it has none."""
    folder = path.parent if path.name == RELEASE else path
    return ledger.named(folder.resolve().name) or ledger.named(str(path))


def write_state_file(file: Path, data: bytes) -> None:
    """Write a file of the state folder, completely or not at all.

    A file that has this content already is not written again.

    Raises:
        EnvironmentFailureError: it cannot be written.
    """
    try:
        if not (file.is_file() and read_within(file.parent, file, LARGEST) == data):
            write_into(file.parent, {file.name: data}, sync=True)
    except OSError as error:
        raise EnvironmentFailureError(f".pressgen/{file.name} {describe_write_error(error)}") from None
