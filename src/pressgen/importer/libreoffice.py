"""Convert a document to .docx by LibreOffice, without a window.

The program gets a profile and a folder of its own, no network where Linux allows that, and bounds of time, memory and
file size. It runs no macro and follows no link. Its whole process group ends with the call.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pressgen.errors import InputError, Place, Problem

PATIENCE = 60
"""Seconds for one file; it takes about two, and the first one more for the profile."""
MEMORY, LARGEST_BLOCKS = 4_000_000, 400_000
"""The most memory in kB, and the most blocks of 512 bytes in a file that it writes."""
NAMES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
OPTIONS = "--headless --norestore --nologo --nodefault --nolockcheck"
BOUNDED = f'ulimit -v {MEMORY}; ulimit -t {PATIENCE}; ulimit -f {LARGEST_BLOCKS}; exec "$@"'
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
    with TemporaryDirectory(prefix="pressgen-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / f"source{ending}").write_bytes(data)
        late = _run([*_list_isolation(), program, *_list_options(folder), str(folder / f"source{ending}")], folder)
        made = folder / "source.docx"
        if made.is_file() and not late:
            return made.read_bytes()
    reason = f"needs more than {PATIENCE} seconds in LibreOffice" if late else "cannot be opened by LibreOffice"
    message = f"{reason}: it may be damaged or have a password; open it in Word and save it as “Word Document (.docx)”"
    raise InputError([Problem(code="I14", message=message, place=Place(shown))])


def find_libreoffice() -> str | None:
    """Return the path of LibreOffice; None where it is missing."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _list_options(folder: Path) -> list[str]:
    profile = f"-env:UserInstallation={Path(_make_profile().name).as_uri()}"
    return [profile, *OPTIONS.split(), "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder)]


@cache
def _make_profile() -> TemporaryDirectory[str]:
    """Make a profile for this process; it is removed at its end."""
    made = TemporaryDirectory(prefix="pressgen-office-", ignore_cleanup_errors=True)
    items = "".join(
        f'<item oor:path="{SECURITY}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in SETTINGS.items()
    )
    user = Path(made.name) / "user"
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(f"{HEAD}{items}</oor:items>\n", encoding="utf-8")
    return made


@cache
def _list_isolation() -> list[str]:
    """Return the command that takes the network away, where it works."""
    command = ["unshare", "--map-root-user", "--net"]
    with suppress(OSError, subprocess.SubprocessError):
        if subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False).returncode == 0:  # noqa: S603
            return command
    return []


def _run(command: list[str], folder: Path) -> bool:
    """Run a program in bounds; return whether it was stopped as late."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    started = subprocess.Popen(  # noqa: S603 - a list; the shell gets no text from outside
        ["sh", "-c", BOUNDED, "sh", *command],  # noqa: S607 - whichever shell the system has
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        started.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return True
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
    return False
