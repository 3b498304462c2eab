"""Convert a document to .docx by LibreOffice, without a window.

The program gets a profile and a folder of its own, runs no macro and follows no link.
"""

from __future__ import annotations

import shutil

from pressgen.errors import InputError, Place, Problem
from pressgen.files.bounded_program import HERE, ProgramLateError, convert_file

PATIENCE = 60
"""Seconds for one file; it takes about two, and the first one more for the profile."""
NAMES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--convert-to",
           "docx:MS Word 2007 XML")  # fmt: skip
SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
SETTINGS = {
    "MacroSecurityLevel": "3",
    "DisableMacrosExecution": "true",
    "DisableActiveContent": "true",
    "BlockUntrustedRefererLinks": "true",
}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema">'
)


def convert_to_docx(data: bytes, ending: str, shown: str) -> bytes:
    """Convert a document that LibreOffice knows to a Word file.

    Args:
        data: the document.
        ending: of its kind, such as `.odt`.
        shown: its name in messages.

    Raises:
        InputError: LibreOffice is missing, cannot open it, or needs too long.
    """
    program = find_libreoffice()
    if program is None:
        message = (
            f"is a {ending} file, which LibreOffice has to open, and that is not on this machine: install it"
            " (apt-get install libreoffice-writer), or save the file in Word as “Word Document (.docx)”"
        )
        raise InputError([Problem(code="I13", message=message, place=Place(shown))])
    source = f"source{ending}"
    command = [program, "-env:UserInstallation=file://{folder}/profile", *OPTIONS, "--outdir", HERE, f"{HERE}/{source}"]
    late = False
    try:
        files = {source: data, "profile/user/registrymodifications.xcu": _format_settings()}
        if made := convert_file(files, command, "source.docx", PATIENCE):
            return made
    except ProgramLateError:
        late = True
    reason = f"needs more than {PATIENCE} seconds in LibreOffice" if late else "cannot be opened by LibreOffice"
    message = f"{reason}: it may be damaged or have a password; open it in Word and save it as “Word Document (.docx)”"
    raise InputError([Problem(code="I14", message=message, place=Place(shown))])


def find_libreoffice() -> str | None:
    """Return the path of LibreOffice; None where it is missing."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _format_settings() -> bytes:
    """Return the settings of the profile: no macros, no links."""
    items = "".join(
        f'<item oor:path="{SECURITY}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in SETTINGS.items()
    )
    return f"{HEAD}{items}</oor:items>\n".encode()
