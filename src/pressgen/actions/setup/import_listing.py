"""List the files to import, and all others with the reason."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pressgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

ENDINGS: Final = frozenset(
    """.txt .text .md .markdown .mdown .docx .docm .dotx .dotm .doc .dot .rtf .odt .ott .fodt .sxw .wpd .html .htm
    .xhtml .eml .mht .mhtml .pdf""".split()
)
KINDS: Final = {
    "a picture": ".jpg .jpeg .png .gif .tif .tiff .bmp .webp .heic .svg .psd .ai .eps .wmf .emf .raw .ico",
    "a film or a sound": ".mp3 .mp4 .m4a .m4v .mov .avi .wav .mkv .webm .ogg .wmv .aac",
    "a table; copy its text into a Word file": ".xls .xlsx .xlsm .ods .csv .tsv .numbers",
    "a presentation; copy its text into a Word file": ".ppt .pptx .pps .ppsx .odp .key",
    "an archive; unpack it, and import what is in it": ".zip .7z .rar .tar .gz .tgz .bz2 .xz",
    "a Pages document; export it from Pages as Word": ".pages",
    "an Outlook message; save it as “Text only” or as .eml": ".msg .oft",
    "a page of a layout program; export it as PDF": ".indd .idml .qxd .qxp .pub .sla",
    "a contact; mailing lists are read by `pressgen lists import`": ".vcf .vcard",
    "a file of the computer, not of a person": ".db .ini .lnk .url .webloc .tmp .bak .dat .log .plist .ds_store",
}
REASONS: Final = {ending: f"is {kind}" for kind, endings in KINDS.items() for ending in endings.split()}
BUNDLES: Final = (".pages", ".numbers", ".key", ".app")
"""Endings of folders that macOS shows as one file."""


@dataclass(slots=True)
class ImportListing:
    """The files that were named, and those in named folders.

    Attributes:
        files: those to import, in order.
        left_out: each other one with the reason.
    """

    files: list[Path] = field(default_factory=list)
    left_out: list[tuple[Path, str]] = field(default_factory=list)


def list_import_files(paths: Iterable[Path]) -> ImportListing:
    """List the files to import: those named, and those in folders.

    Folders are searched at any depth for files of a readable kind.

    Raises:
        UsageError: a path is not there.
    """
    found = ImportListing()
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} is not there")
        within = _list_folder(path) if path.is_dir() else ImportListing([path])
        found.files += sorted(within.files)
        found.left_out += sorted(within.left_out)
    found.files, found.left_out = list(dict.fromkeys(found.files)), list(dict.fromkeys(found.left_out))
    return found


def _list_folder(top: Path) -> ImportListing:
    found, waiting = ImportListing(), [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            found.left_out.append((folder, f"cannot be opened: {error.strerror}"))
            continue
        for entry in entries:
            path = Path(entry.path)
            if reason := _find_reason(entry):
                found.left_out.append((path, reason))
            elif entry.is_dir():
                waiting.append(path)
            else:
                found.files.append(path)
    return found


def _find_reason(entry: os.DirEntry[str]) -> str:
    """Return why an entry is not read; empty if it is."""
    name, ending = entry.name, os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 - a name, not a path
    if name.startswith(("~$", ".~lock.")):
        return "is a lock file: the document is open in Word or LibreOffice, or was"
    if name.startswith("."):
        return "is a hidden folder" if entry.is_dir() else "is a hidden file"
    if entry.is_dir():
        if entry.is_symlink():
            return "is a link to a folder, which is not followed; name that folder itself"
        return REASONS.get(ending, "is a program") if ending in BUNDLES else ""
    if not entry.is_file():
        return "is a link to nothing" if entry.is_symlink() else "is no regular file"
    if ending in ENDINGS:
        return ""
    return REASONS.get(ending) or (
        f"is of a kind that is not read ({ending})" if ending else "has no ending, such as .txt"
    )
