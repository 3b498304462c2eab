"""Read and write a .docx as a zip archive.

It is read with care, and written in a fixed order with a fixed date, each part deflated once.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place
from pressgen.word.faults import FaultCode, make_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 64 * 1024 * 1024
"""The most bytes of all parts unpacked: enough for a template with photographs, too little for a zip bomb."""
MOST = 2000
"""The most parts of a file."""
FIRST = ("[Content_Types].xml", "_rels/.rels")
PICTURES = (".png", ".jpg", ".jpeg", ".gif")
DATE = 1 << 5 | 1
"""1 January 1980, the first day that a zip knows."""
LOCAL_ENTRY, END_OF_LIST = b"PK\x03\x04", b"PK\x05\x06"
UNIX, OWNER_MAY_READ_AND_WRITE, VERSION, UTF8, STORED, DEFLATED = 3, 0o600, 20, 0x800, 0, 8


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A file of a zip archive, packed and ready to be written."""

    crc: int
    size: int
    method: int
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, data: bytes) -> ZipEntry:
        """Deflate a part."""
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        return cls(zlib.crc32(data), len(data), DEFLATED, packer.compress(data) + packer.flush())

    @classmethod
    def of_part(cls, name: str, data: bytes) -> ZipEntry:
        """Pack a part as its name asks: pictures are stored."""
        return cls.as_it_is(data) if name.lower().endswith(PICTURES) else cls.of(data)

    @classmethod
    def as_it_is(cls, data: bytes) -> ZipEntry:
        """Store a part that would not get smaller, such as a photograph."""
        return cls(zlib.crc32(data), len(data), STORED, data)


OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def read_zip(data: bytes, shown: str) -> dict[str, bytes]:
    """Return the parts of a .docx by name.

    `shown` is what messages call the file.

    Raises:
        InputError: it is not a zip, its parts are doubled or protected by a password, or it unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            if objection := _describe_objection(entries):
                raise InputError([make_problem(FaultCode.BROKEN, objection, Place(shown))])
            parts = {entry.filename: _unpack(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error) as error:
        raise InputError([make_problem(FaultCode.NOT_WORD, _describe_unreadable(data), Place(shown))]) from error
    if parts.get("mimetype", b"").startswith(OPEN_DOCUMENT):
        message = "is an OpenDocument file (.odt, .ott); in LibreOffice, save it as “Word 2010–365 Document (.docx)”"
        raise InputError([make_problem(FaultCode.NOT_WORD, message, Place(shown))])
    return parts


def _describe_unreadable(data: bytes) -> str:
    """Return why bytes are not a readable .docx, and what to do."""
    if not data.startswith(LOCAL_ENTRY):
        return "is not a .docx; open it in Word and save it as “Word Document (.docx)” without a password"
    if END_OF_LIST not in data:
        return "is not a whole .docx: its end is missing, as when a copy or download stops early; copy it again"
    return "is not a whole .docx: parts of it are damaged; copy it again, or ask for it once more"


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a part, and no more of it than the zip states.

    A part with a false size is broken, not a bomb.
    """
    with archive.open(entry) as part:
        return part.read(entry.file_size)


def _describe_objection(entries: list[zipfile.ZipInfo]) -> str:
    """Return why a zip archive must not be unpacked, or nothing."""
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names):
        return "contains a part twice; save it again in Word"
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        return "is compressed in a way that Word does not use; save it again in Word"
    if len(entries) > MOST or sum(entry.file_size for entry in entries) > LARGEST:
        return f"unpacks to more than {LARGEST // 1024 // 1024} MB or {MOST} parts; make its pictures smaller"
    return ""


def write_zip(entries: Mapping[str, ZipEntry]) -> bytes:
    """Return a .docx with the given entries.

    The same entries give the same bytes on every day and every machine.
    """
    local: list[bytes] = []
    central: list[bytes] = []
    at = 0
    for name in sorted(entries, key=lambda name: (name not in FIRST, name)):
        entry, label = entries[name], name.encode()
        sizes = (entry.crc, len(entry.packed), entry.size, len(label), 0)
        fields = (VERSION, UTF8, entry.method, 0, DATE, *sizes)
        head = struct.pack("<I5H3I2H", 0x04034B50, *fields) + label
        mode = OWNER_MAY_READ_AND_WRITE << 16
        central.append(struct.pack("<I6H3I5H2I", 0x02014B50, UNIX << 8 | VERSION, *fields, 0, 0, 0, mode, at) + label)
        local += [head, entry.packed]
        at += len(head) + len(entry.packed)
    index = b"".join(central)
    end = struct.pack("<I4H2IH", 0x06054B50, 0, 0, len(entries), len(entries), len(index), at, 0)
    return b"".join([*local, index, end])
