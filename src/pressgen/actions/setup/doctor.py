"""What this machine has and lacks."""

from __future__ import annotations

import shutil
from ctypes import CDLL
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pressgen.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.actions.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that pressgen or its tests use.

    Attributes:
        purpose: what it is for.
        there: whether this machine has it.
        needed: whether builds fail without it.
        install: the command that installs it on Debian and Ubuntu, or where it comes from.
    """

    name: str
    purpose: str
    there: bool
    needed: bool
    install: str


LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "sets the text of PDF files", "libpango-1.0-0"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "finds the fonts of PDF files", "libpangoft2-1.0-0"),
    "HarfBuzz subset": ("libharfbuzz-subset.so.0", "embeds the fonts of PDF files quickly", "libharfbuzz-subset0"),
}
PROGRAMS = {
    "LibreOffice": (
        "soffice",
        "shows a Word file; the tests open every one in it",
        "libreoffice-writer",
    ),
    "Poppler": ("pdftoppm", "turns PDF pages into pictures", "poppler-utils"),
    "Chromium": ("chromium", "lets the tests look at the page", "chromium"),
    "Java": ("java", "runs veraPDF in the tests", "default-jre-headless"),
    "Node": ("node", "runs Microsoft's Open XML SDK in the tests", "nodejs npm"),
}

PACKAGES = {
    "microsoft": ("msal", "signs in to Microsoft (tested against the protocol, not against Microsoft), for"),
    "google": ("jwt", "signs in to Google (tested against the protocol, not against Google), for"),
    "keyring": ("keyring", "reads secrets from the system's keyring, for"),
}
"""For an extra: the package, and what it does for the channels whose names follow."""


def examine(workspace: Workspace | None = None) -> list[Finding]:
    """Every library, type face and program, the needed ones first; the faces are those that the houses name.

    Raises:
        Refused: a house is at fault, or the office's file as a whole.
    """
    libraries = [
        Finding(name, purpose, _loads(file), needed=True, install=f"apt-get install {package}")
        for name, (file, purpose, package) in LIBRARIES.items()
    ]
    programs = [
        Finding(name, purpose, shutil.which(program) is not None, needed=False, install=f"apt-get install {package}")
        for name, (program, purpose, package) in PROGRAMS.items()
    ]
    fast = [_fast()] if all(each.there for each in libraries) else []
    own = [*_faces(workspace), *_sign_ins(workspace)] if workspace else []
    return [*libraries, *fast, *own, *programs]


def _fast() -> Finding:
    """The patches of WeasyPrint; without them, PDF files take longer."""
    from pressgen.actions.setup.fast import hindrance  # noqa: PLC0415 - starts processes

    hindered = hindrance()
    purpose = "sets PDF files in less time, with the same bytes"
    return Finding("WeasyPrint’s fast path", purpose, not hindered, needed=False, install=hindered)


def _faces(workspace: Workspace) -> Iterator[Finding]:
    """The faces of packages that a house names; only releases with their letters want them."""
    from pressgen.actions.workspace.folder import take_house  # noqa: PLC0415
    from pressgen.actions.workspace.fonts import on_machine  # noqa: PLC0415 - only a workspace has houses

    houses = [take_house(workspace, name, Place(str(workspace.root)))[0].house for name in workspace.houses]
    for face in {face.file: face for house in houses for face in house.faces}.values():
        purpose = f"sets {', '.join(each.capitalize() for each in face.letters)} letters of PDF files"
        there = on_machine(face.file) is not None
        yield Finding(face.file, purpose, there, needed=False, install=f"apt-get install {face.package}")


def _sign_ins(workspace: Workspace) -> Iterator[Finding]:
    """The packages by which channels of the office sign in, and read the system's keyring."""
    from pressgen.actions.workspace.office import has_office, take_office  # noqa: PLC0415 - only a workspace has an office
    from pressgen.model.office import PostChannel  # noqa: PLC0415 - pydantic is slow to import

    office = take_office(workspace) if has_office(workspace) else None
    wanted: dict[str, list[str]] = {}
    for name, channel in office.channels.items() if office else ():
        login = channel.oauth if isinstance(channel, PostChannel) else None
        if login:
            wanted.setdefault(login.provider, []).append(name)
        if any(each.endswith("_keyring") for part in (channel, login) if part for each in part.model_fields_set):
            wanted.setdefault("keyring", []).append(name)
    for extra, names in wanted.items():
        package, purpose = PACKAGES[extra]
        there, install = find_spec(package) is not None, f"pip install 'pressgen[{extra}]'"
        yield Finding(package, f"{purpose} {', '.join(names)}", there, needed=False, install=install)


def _loads(file: str) -> bool:
    try:
        CDLL(file)
    except OSError:
        return False
    return True
