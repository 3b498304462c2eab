"""Check that there is enough memory to make a PDF.

This is asked before, because Pango and its libraries end a process without a word. It was measured with the smallest
release: with less than the amounts below, Pango cannot always start its threads, and now and then reads unallocated
memory. A larger release needs more; what it lacks is reported when it is met.
"""

from __future__ import annotations

import ctypes
import os
import resource
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pressgen.errors import EnvironmentFailureError

if TYPE_CHECKING:
    from collections.abc import Iterator

MB = 1024 * 1024
ADDRESSES, DATA, GROUP = 288 * MB, 56 * MB, 24 * MB
"""Bytes that making a PDF needs in addition to what the process has: of addresses, of data, and of real memory."""
GIVE_MORE = "give the command more memory, or fewer releases at a time; no file is damaged"
GROUPS = (("memory.max", "memory.current", "unified"), ("memory.limit_in_bytes", "memory.usage_in_bytes", "memory"))
"""The files of a control group and their folder: of version 2, of version 1 (man 7 cgroups)."""
FILE_CACHE = ("inactive_file", "active_file")
GLIB, FATAL = "libglib-2.0.so.0", 0b110
"""GLib, and the flags of the messages for which it ends a process: fatal, and error."""


def require_memory() -> None:
    """Check that the memory limits allow making a PDF.

    These are the limits of the process and of its control group.

    Raises:
        EnvironmentFailureError: they do not; the message says which limit, and what it leaves.
    """
    for limit, needed, left in _read_limits():
        if left < needed:
            raise EnvironmentFailureError(
                f"not enough memory to make a PDF: {limit} leaves {max(left, 0) // MB} MB, but at least"
                f" {needed // MB} MB are needed; {GIVE_MORE}"
            )


def _read_limits() -> Iterator[tuple[str, int, int]]:
    """Yield each limit: its name, need and rest in bytes."""
    status = _read_numbers(Path("/proc/self/status"))
    for kind, name, needed, limit in (
        (resource.RLIMIT_AS, "VmSize", ADDRESSES, "the limit of its addresses (ulimit -v)"),
        (resource.RLIMIT_DATA, "VmData", DATA, "the limit of its data (ulimit -d)"),
    ):
        most, _ = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY and name in status:
            yield limit, needed, most - status[name] * 1024
    if not _read_numbers(Path("/proc/meminfo")).get("SwapTotal"):  # memory that goes to a disk is not limited
        yield from (("the container or control group", GROUP, left) for left in _read_group_limits())


def _read_group_limits() -> Iterator[int]:
    """Yield the bytes that each control group leaves.

    Memory that caches files counts as free.
    """
    with suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines():
            _, kinds, path = line.split(":", 2)
            if kinds not in {"", "memory"}:
                continue
            own = Path(path.lstrip("/"))
            for most, used, folder in GROUPS:
                for group in (own, *own.parents):
                    for root in (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup") / folder):
                        yield from _read_group_limit(root / group, most, used)


def _read_group_limit(group: Path, most: str, used: str) -> Iterator[int]:
    with suppress(OSError, ValueError):  # no such group, or `max`: no limit
        limit = int((group / most).read_text("ascii"))
        cached = _read_numbers(group / "memory.stat")
        yield limit - int((group / used).read_text("ascii")) + sum(cached.get(each, 0) for each in FILE_CACHE)


def _read_numbers(file: Path) -> dict[str, int]:
    """Return the numbers in a file of the kernel by name."""
    found: dict[str, int] = {}
    with suppress(OSError):
        for line in file.read_text("ascii", "replace").splitlines():
            name, *rest = line.replace(":", " ").split()[:2] or [""]
            if rest and rest[0].isdecimal():
                found[name] = int(rest[0])
    return found


class _LogField(ctypes.Structure):
    """A field of an entry in GLib's log (GLogField)."""

    _fields_ = (("key", ctypes.c_char_p), ("value", ctypes.c_void_p), ("length", ctypes.c_ssize_t))


_Writer = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.POINTER(_LogField), ctypes.c_size_t, ctypes.c_void_p)


def _write_log(level: int, fields: ctypes.Array[_LogField], count: int, _: object) -> int:
    """Handle an entry of GLib's log.

    Explain the last one of a process in plain words, and leave others to GLib.
    """
    if level & FATAL:
        said = next((fields[at] for at in range(count) if fields[at].key == b"MESSAGE"), None)
        _end_process(ctypes.string_at(said.value, said.length) if said and said.value else b"")
    handled: int = ctypes.CDLL(GLIB).g_log_writer_default(level, fields, ctypes.c_size_t(count), None)
    return handled


_WRITER = _Writer(_write_log)
"""Kept for as long as GLib may call it."""


def _end_process(said: bytes) -> NoReturn:
    reason = " ".join(said.decode("utf-8", "replace").split())[:200]
    line = f"not enough memory to make a PDF ({reason}); {GIVE_MORE}\n"
    os.write(2, line.encode())
    os._exit(EnvironmentFailureError.exit_code)


def explain_glib_aborts() -> None:
    """Make GLib explain in plain words why it ends the process."""
    with suppress(OSError, AttributeError):  # without a GLib of that name, its messages stay unchanged
        ctypes.CDLL(GLIB).g_log_set_writer_func(_WRITER, None, None)
