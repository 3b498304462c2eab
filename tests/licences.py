"""Write THIRD-PARTY-LICENCES.md, every locked package with its licence: `make lock`, or alone `python -m licences`.

A licence is what the package itself states in its metadata. Of a version that this machine does not install (one for
Windows, say, or another Python), the licence that the file has is kept, and a new one has to be entered by hand.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from typing import TYPE_CHECKING

from locks import read_lock
from machine import ROOT

if TYPE_CHECKING:
    from email.message import Message

FILE = ROOT / "THIRD-PARTY-LICENCES.md"
USES = {"release": "running and building", "test": "tests", "test-java": "tests with Java"}
UNKNOWN = "not known"
ROW = re.compile(r"^\| (\S+) \| [^|]+ \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
SHORT = 60
HEAD = """\
# Licences of the packages that pressgen uses

Made by `make lock`; do not edit. None of these packages is part of pressgen's own files: pip installs them. pressgen
itself is under the MIT licence (`LICENSE`). Its wheel brings typefaces under the SIL Open Font License 1.1, each with
its licence: Source Sans 3, Source Serif 4 and Public Sans in the two houses, and `stamp.ttf`, cut from Source Sans 3
(`src/pressgen/pdf/stamp-origin.md`). The system's libraries Pango, GLib and HarfBuzz are loaded, not brought.

| package | version | licence, as it states it | for |
| --- | --- | --- | --- |
"""


def stated_licence(name: str, version: str) -> str | None:
    """The licence that a package states; None if this version of it is not installed here."""
    try:
        about: Message = metadata(name)  # type: ignore[assignment]  # which it is
    except PackageNotFoundError:
        return None
    if about.get("Version") != version:
        return None
    expression, text = about.get("License-Expression"), " ".join((about.get("License") or "").split())
    classified = [
        each.rpartition(" :: ")[2]
        for each in about.get_all("Classifier") or []
        if each.startswith("License :: ") and not each.endswith(":: OSI Approved")
    ]
    found = expression or " or ".join(sorted(classified)) or (text if 0 < len(text) <= SHORT else UNKNOWN)
    return str(found).replace("|", "/")


def list_licences(kept: str) -> str:
    """The file's text; `kept` is what it was before.

    Raises:
        KeyError: a package is neither installed here nor in `kept`.
    """
    before, rows, versions, uses = dict(ROW.findall(kept)), [], dict[str, list[str]](), dict[str, str]()
    for lock, use in USES.items():
        for each in read_lock(lock):
            uses.setdefault(each.name, use)
            if str(each.version) not in versions.setdefault(each.name, []):
                versions[each.name].append(str(each.version))
    for name in sorted(uses, key=lambda name: (list(USES.values()).index(uses[name]), name)):
        licence = stated_licence(name, versions[name][0]) or before[name]
        rows.append(f"| {name} | {', '.join(versions[name])} | {licence} | {uses[name]} |\n")
    return HEAD + "".join(rows)


if __name__ == "__main__":
    try:
        FILE.write_text(list_licences(FILE.read_text("utf-8") if FILE.exists() else ""), "utf-8")
    except KeyError as missing:
        sys.exit(f"{missing.args[0]} is not installed here: enter its row in {FILE.name} by hand, then run this again")
