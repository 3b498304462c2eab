"""The programs and libraries of this machine, present or missing."""

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
class Dependency:
    """A library, font or program that pressgen or its tests use.

    Attributes:
        purpose: what it is for.
        there: whether this machine has it.
        needed: whether builds fail without it.
        install: the command that installs it on Debian and Ubuntu, or its source.
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
        "opens .doc, .rtf and .odt for `pressgen import`; the tests open every Word file in it",
        "libreoffice-writer",
    ),
    "OCRmyPDF": ("ocrmypdf", "reads scanned pages for `pressgen import`", "ocrmypdf"),
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
"""By extra: the package, its purpose, and the channels that need it."""


def check_dependencies(workspace: Workspace | None = None) -> list[Dependency]:
    """List every library, font and program, the required ones first.

    The fonts are those that the houses name.

    Raises:
        InputError: a house is at fault, or the office's file as a whole.
    """
    libraries = [
        Dependency(name, purpose, _can_load(file), needed=True, install=f"apt-get install {package}")
        for name, (file, purpose, package) in LIBRARIES.items()
    ]
    programs = [
        Dependency(name, purpose, shutil.which(program) is not None, needed=False, install=f"apt-get install {package}")
        for name, (program, purpose, package) in PROGRAMS.items()
    ]
    fast = [_check_fast_path()] if all(each.there for each in libraries) else []
    own = [*_list_fonts(workspace), *_list_sign_in_packages(workspace)] if workspace else []
    return [*libraries, *fast, *own, *programs]


def _check_fast_path() -> Dependency:
    """Check the patches of WeasyPrint, which make PDF files faster."""
    from pressgen.actions.setup.fast import find_fast_path_obstacle

    hindered = find_fast_path_obstacle()
    purpose = "sets PDF files in less time, with the same bytes"
    return Dependency("WeasyPrint’s fast path", purpose, not hindered, needed=False, install=hindered)


def _list_fonts(workspace: Workspace) -> Iterator[Dependency]:
    """Yield the fonts from packages that a house names.

    Only releases with their letters need them.
    """
    from pressgen.actions.workspace.folder import load_house
    from pressgen.actions.workspace.fonts import find_machine_font

    houses = [load_house(workspace, name, Place(str(workspace.root)))[0].house for name in workspace.houses]
    for face in {face.file: face for house in houses for face in house.faces}.values():
        purpose = f"sets {', '.join(each.capitalize() for each in face.letters)} letters of PDF files"
        there = find_machine_font(face.file) is not None
        yield Dependency(face.file, purpose, there, needed=False, install=f"apt-get install {face.package}")


def _list_sign_in_packages(workspace: Workspace) -> Iterator[Dependency]:
    """Yield the packages for signing in and for reading the keyring."""
    from pressgen.actions.workspace.office import has_office, load_office
    from pressgen.model.office import PostChannel

    office = load_office(workspace) if has_office(workspace) else None
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
        yield Dependency(package, f"{purpose} {', '.join(names)}", there, needed=False, install=install)


def _can_load(file: str) -> bool:
    try:
        CDLL(file)
    except OSError:
        return False
    return True
