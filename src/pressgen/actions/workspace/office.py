"""What an office works with: its file, its ledger, and a release's place in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.reading import LARGEST, read_file
from pressgen.errors import MachineLacks, StateForbids, WrongUse
from pressgen.files.modes import closing_fd, make_folder, open_folder, set_folder_mode
from pressgen.files.within import read_within
from pressgen.files.writing import write_into

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


def take_office(workspace: Workspace) -> Office:
    """The office of a workspace, without the parts of its file that are at fault; say with `need` what must be sound.

    Raises:
        Refused: its file is at fault as a whole.
        WrongUse: it has none.
    """
    from pressgen.load.office import read_sound_office  # noqa: PLC0415 - pydantic is slow to import

    file = workspace.root / FILE
    if not file.is_file():
        raise WrongUse(f"{FILE} is missing: who works in the office stands there; see: pressgen manual desk")
    return read_sound_office(read_file(workspace.root, file, FILE), FILE, list_reader(workspace))


def list_reader(workspace: Workspace) -> Callable[[str], bytes]:
    """What gives the files of lists, which lie under releases/ and are no links out of the workspace."""

    def read(name: str) -> bytes:
        file, shown = workspace.root / "releases" / name, f"releases/{name}"
        return read_file(workspace.root, file, shown)

    return read


def state_folder(workspace: Workspace) -> Path:
    """The folder of what pressgen remembers of a workspace, made if need be.

    Only its owner may open it; in a workspace that is shared by a set-group-id bit, the group as well.

    Raises:
        MachineLacks: it cannot be made.
    """
    folder = workspace.root / STATE
    try:
        make_folder(folder, own=True)
        if not (folder / LEDGER).exists():  # others may have made it, for more people
            with closing_fd(open_folder(workspace.root)) as root, closing_fd(open_folder(folder)) as own:
                if os.fstat(own).st_uid == os.geteuid():  # else another account of the office made it
                    set_folder_mode(own, os.fstat(root), own=True)
    except OSError as error:
        raise MachineLacks(f"{STATE} cannot be made in the workspace: {error.strerror}") from None
    return folder


def has_office(workspace: Workspace) -> bool:
    """Whether there is an office's file."""
    return (workspace.root / FILE).is_file()


def has_ledger(workspace: Workspace) -> bool:
    """Whether there is a ledger; looking makes none."""
    return bool(os.environ.get(DATABASE)) or (workspace.root / STATE / LEDGER).is_file()


def open_ledger(workspace: Workspace) -> Ledger:
    """The ledger of a workspace: in `.pressgen/`, or in the PostgreSQL that PRESSGEN_DATABASE names. Close it.

    Raises:
        MachineLacks: its database does not answer.
        WrongUse: PRESSGEN_DATABASE names none.
    """
    from pressgen.ledger.ledger import Ledger  # noqa: PLC0415 - SQLAlchemy is slow to import

    return Ledger.open(os.environ.get(DATABASE) or f"sqlite:///{state_folder(workspace) / LEDGER}")


def stands(ledger: Ledger, path: Path) -> Standing:
    """Where the release at `path` stands: its folder, its `release.yaml`, or its reference.

    The folder's name is enough, so that what is out can be moved or withdrawn though its file has gone or is broken.

    Raises:
        StateForbids: nothing has happened to it yet.
    """
    found = known(ledger, path)
    if found is None:
        raise StateForbids(f"{path} has not been submitted; do so with: pressgen submit {path}")
    return found


def known(ledger: Ledger, path: Path) -> Standing | None:
    """As `stands`, None where nothing has happened to it yet."""
    folder = path.parent if path.name == RELEASE else path
    return ledger.named(folder.resolve().name) or ledger.named(str(path))


def write_state(file: Path, data: bytes) -> None:
    """Write a file of the state folder, whole or not at all; what it holds already is not written again.

    Raises:
        MachineLacks: it cannot be written.
    """
    try:
        if not (file.is_file() and read_within(file.parent, file, LARGEST) == data):
            write_into(file.parent, {file.name: data}, sync=True)
    except OSError as error:
        raise MachineLacks(f".pressgen/{file.name} cannot be written: {error.strerror}") from None
