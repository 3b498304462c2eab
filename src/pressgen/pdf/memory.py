"""Whether there is memory enough to set a PDF: asked before, for Pango and its libraries end a process without a word.

Measured with the smallest release: with less than the amounts below, Pango cannot always start its threads, and now and
then reads where nothing is. A larger release needs more, and what it lacks is told when it is met.
"""

from __future__ import annotations

import ctypes
import os
import resource
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pressgen.errors import MachineLacks

if TYPE_CHECKING:
    from collections.abc import Iterator

MB = 1024 * 1024
ADDRESSES, DATA, GROUP = 288 * MB, 56 * MB, 24 * MB
"""Bytes that setting a PDF needs beside what the process has: of addresses, of data, and of real memory."""
GIVE_MORE = "give the command more, or fewer releases at a time; every file is whole"
GROUPS = (("memory.max", "memory.current", "unified"), ("memory.limit_in_bytes", "memory.usage_in_bytes", "memory"))
"""The files of a control group and the folder where they may lie: of version 2, of version 1 (man 7 cgroups)."""
FILE_CACHE = ("inactive_file", "active_file")
GLIB, FATAL = "libglib-2.0.so.0", 0b110
"""GLib, and its flags of what it ends a process for: what is fatal, and what is an error."""


def refuse_too_little() -> None:
    """See that a limit of the process or of its control group leaves memory enough to set a PDF.

    Raises:
        MachineLacks: it does not; the message says which limit, and what it leaves.
    """
    for limit, needed, left in _limits():
        if left < needed:
            raise MachineLacks(
                f"not enough memory to make a PDF: {limit} leaves {max(left, 0) // MB} MB, and at least"
                f" {needed // MB} MB are needed; {GIVE_MORE}"
            )


def _limits() -> Iterator[tuple[str, int, int]]:
    """What each limit is called, what must be left of it, and what is left, in bytes."""
    held = _numbers(Path("/proc/self/status"))
    for kind, name, needed, limit in (
        (resource.RLIMIT_AS, "VmSize", ADDRESSES, "the limit of its addresses (ulimit -v)"),
        (resource.RLIMIT_DATA, "VmData", DATA, "the limit of its data (ulimit -d)"),
    ):
        most, _ = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY and name in held:
            yield limit, needed, most - held[name] * 1024
    if not _numbers(Path("/proc/meminfo")).get("SwapTotal"):  # what goes out to a disk needs no memory
        yield from (("the container or control group", GROUP, left) for left in _left_of_groups())


def _left_of_groups() -> Iterator[int]:
    """The bytes that the control group of this process, and each above it, leave; what caches files can be had."""
    with suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines():
            _, kinds, path = line.split(":", 2)
            if kinds not in {"", "memory"}:
                continue
            own = Path(path.lstrip("/"))
            for most, used, folder in GROUPS:
                for group in (own, *own.parents):
                    for root in (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup") / folder):
                        yield from _left(root / group, most, used)


def _left(group: Path, most: str, used: str) -> Iterator[int]:
    with suppress(OSError, ValueError):  # no such group, or `max`: no limit
        limit = int((group / most).read_text("ascii"))
        cached = _numbers(group / "memory.stat")
        yield limit - int((group / used).read_text("ascii")) + sum(cached.get(each, 0) for each in FILE_CACHE)


def _numbers(file: Path) -> dict[str, int]:
    """The lines `name: number` or `name number` of one of the kernel's files; none where it is not there."""
    found: dict[str, int] = {}
    with suppress(OSError):
        for line in file.read_text("ascii", "replace").splitlines():
            name, *rest = line.replace(":", " ").split()[:2] or [""]
            if rest and rest[0].isdecimal():
                found[name] = int(rest[0])
    return found


class _Field(ctypes.Structure):
    """A field of an entry in GLib's log (GLogField)."""

    _fields_ = (("key", ctypes.c_char_p), ("value", ctypes.c_void_p), ("length", ctypes.c_ssize_t))


_Writer = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.POINTER(_Field), ctypes.c_size_t, ctypes.c_void_p)


def _write(level: int, fields: ctypes.Array[_Field], count: int, _: object) -> int:
    """Take an entry of GLib's log: say the last one of a process in plain words, and leave others to GLib."""
    if level & FATAL:
        said = next((fields[at] for at in range(count) if fields[at].key == b"MESSAGE"), None)
        _end(ctypes.string_at(said.value, said.length) if said and said.value else b"")
    handled: int = ctypes.CDLL(GLIB).g_log_writer_default(level, fields, ctypes.c_size_t(count), None)
    return handled


_WRITER = _Writer(_write)
"""For as long as GLib may call it."""


def _end(said: bytes) -> NoReturn:
    reason = " ".join(said.decode("utf-8", "replace").split())[:200]
    line = f"not enough memory to make a PDF ({reason}); {GIVE_MORE}\n"
    os.write(2, line.encode())
    os._exit(MachineLacks.exit_code)


def tell_last_words() -> None:
    """Have GLib, which Pango is built on, say in plain words why it ends the process: no memory, or no thread."""
    with suppress(OSError, AttributeError):  # no GLib of that name; then it says what it says
        ctypes.CDLL(GLIB).g_log_set_writer_func(_WRITER, None, None)
