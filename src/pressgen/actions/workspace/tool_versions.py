"""The tools that decide the bytes of built files.

Their versions are found without loading any of them.
"""

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
"""Packages that parse, set, draw, compress and verify, by their folders in `site-packages`."""
NATIVE = {
    "pango": ("libpango-1.0.so.0", "pango_version_string", ctypes.c_char_p),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string", ctypes.c_char_p),
    "fontconfig": ("libfontconfig.so.1", "FcGetVersion", ctypes.c_int),
}
"""By name: the library, the function that returns its version, and the type of that."""
DISTRIBUTION = re.compile(r"([A-Za-z0-9_.]+)-([^-]+)\.(?:dist|egg)-info")


@cache
def list_tool_versions() -> dict[str, str]:
    """List the version of each tool that affects built files.

    No library is loaded to find its version.
    """
    found = {"pressgen": f"{__version__} ({_hash_own_code()})", "python": platform.python_version()}
    found |= {"zlib": zlib.ZLIB_RUNTIME_VERSION, "time zones": _read_time_zone_edition()}
    return found | _list_package_versions() | {name: _read_library_version(*each) for name, each in NATIVE.items()}


@cache
def hash_machine_fonts() -> str:
    """Compute a checksum of the fonts that this machine has.

    It matters to a house that brings no fonts of its own.
    """
    return _hash_file_stats([path for folder in FOLDERS for path in _list_files(folder.expanduser())])


def _hash_own_code() -> str:
    """Compute a checksum of pressgen's own source files."""
    return _hash_file_stats(_list_files(HOME))


def _list_files(folder: Path) -> list[str]:
    """List all files under a folder, except compiled Python."""
    return [
        os.path.join(parent, name)  # noqa: PTH118 - hundreds at each start
        for parent, _, names in os.walk(folder)
        if not parent.endswith("__pycache__")
        for name in names
    ]


def _hash_file_stats(files: list[str]) -> str:
    """Compute a checksum of files by name, size and time."""
    listed = [(path, each.st_size, each.st_mtime_ns) for path in sorted(files) for each in [os.lstat(path)]]
    return sha256(repr(listed).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _list_package_versions() -> dict[str, str]:
    """List the versions of the installed packages that affect built files."""
    found: dict[str, str] = {}
    for folder in map(Path, sys.path):
        for name in os.listdir(folder) if folder.is_dir() else ():  # noqa: PTH208 - names are all that is wanted
            match = DISTRIBUTION.fullmatch(name)
            if match and (package := match[1].lower().replace(".", "_")) in PACKAGES:
                found.setdefault(package, match[2])
    return found


def _read_library_version(library: str, function: str, kind: type) -> str:
    """Read the version of a native library."""
    try:
        ask = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return "none"
    ask.restype = kind
    version = ask()
    return version.decode() if isinstance(version, bytes) else str(version)


def _read_time_zone_edition() -> str:
    """Read the edition of the machine's time zone data.

    Python prefers that data to the package `tzdata`.
    """
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "tzdata.zi").is_file():
            with (folder / "tzdata.zi").open() as file:
                return file.readline().strip("# \n")
    return "of the package"
