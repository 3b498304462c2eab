"""The programs and libraries that decide the bytes of made files, named without loading any of them."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import sys
import zlib
import zoneinfo
from functools import cache
from hashlib import sha256
from pathlib import Path

from pressgen import HOME, __version__
from pressgen.actions.workspace.fonts import FOLDERS

PACKAGES = frozenset(
    "babel brotli cffi cssselect2 fonttools jinja2 lxml markdown_it_py markupsafe pikepdf pillow pydantic "
    "pydantic_core pydyf pyphen pypdfium2 pyyaml tinycss2 tinyhtml5 tzdata weasyprint zopfli".split()
)
"""What parses, sets, draws, compresses and judges, as the folders of `site-packages` name it."""
NATIVE = {
    "pango": ("libpango-1.0.so.0", "pango_version_string", ctypes.c_char_p),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string", ctypes.c_char_p),
    "fontconfig": ("libfontconfig.so.1", "FcGetVersion", ctypes.c_int),
}
"""Name → library, the function that gives its version, and what that returns."""
DISTRIBUTION = re.compile(r"([A-Za-z0-9_.]+)-([^-]+)\.(?:dist|egg)-info")


@cache
def makers() -> dict[str, str]:
    """Name → version of everything beside a release and its house that decides what files come out."""
    found = {"pressgen": f"{__version__} ({_own_code()})", "python": platform.python_version()}
    found |= {"zlib": zlib.ZLIB_RUNTIME_VERSION, "time zones": _zones()}
    return found | _packages() | {name: _version(*each) for name, each in NATIVE.items()}


@cache
def machine_fonts() -> str:
    """A sum of the fonts that this machine has; a house that brings none lives on them."""
    return _sum_of([path for folder in FOLDERS for path in _files(folder.expanduser())])


def _own_code() -> str:
    """A sum that changes with any file of this program, for whoever works on it."""
    return _sum_of(_files(HOME))


def _files(folder: Path) -> list[str]:
    return [
        os.path.join(parent, name)  # noqa: PTH118 - hundreds at each start
        for parent, _, names in os.walk(folder)
        if not parent.endswith("__pycache__")
        for name in names
    ]


def _sum_of(files: list[str]) -> str:
    """A sum of files by name, size and time."""
    listed = [(path, each.st_size, each.st_mtime_ns) for path in sorted(files) for each in [os.lstat(path)]]
    return sha256(repr(listed).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _packages() -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in map(Path, sys.path):
        for name in os.listdir(folder) if folder.is_dir() else ():  # noqa: PTH208 - names are all that is wanted
            match = DISTRIBUTION.fullmatch(name)
            if match and (package := match[1].lower().replace(".", "_")) in PACKAGES:
                found.setdefault(package, match[2])
    return found


def _version(library: str, function: str, kind: type) -> str:
    try:
        ask = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return "none"
    ask.restype = kind
    told = ask()
    return told.decode() if isinstance(told, bytes) else str(told)


def _zones() -> str:
    """The edition of the machine's time zones, which Python prefers to those of the package `tzdata`."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "tzdata.zi").is_file():
            with (folder / "tzdata.zi").open() as file:
                return file.readline().strip("# \n")
    return "of the package"
