"""Compressed streams are whole: each ends where it should, and has the sum that its writer gave it (RFC 1950).

Libraries that read a PDF let a wrong sum pass, and hand out what they got. One reader then shows a page that another
does not, and nobody knows which words were meant.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from pikepdf import Name, Stream

from pressgen.pdf.objects import TooMuch, items, key, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import Paper

PART = 1024 * 1024
"""Bytes that are unpacked at a time."""
MOST = 512 * PART
"""Bytes that all streams may unpack to."""


def whole_streams(paper: Paper) -> Iterator[Problem]:
    """Every stream that is packed by Flate unpacks to its end, with the right sum."""
    room = MOST
    for node in paper.pdf.objects:
        if not isinstance(node, Stream) or items(value(node, "/Filter"))[:1] != [Name.FlateDecode]:
            continue
        size, reason = _unpack(node.read_raw_bytes(), room)
        room -= size
        if room <= 0:
            raise TooMuch("what its streams unpack to")
        if reason:
            message = f"is damaged (the packed data of object {key(node)[0]} {reason}); make it again"
            yield paper.fault("V02", message)


def _unpack(data: bytes, room: int) -> tuple[int, str]:
    """How many bytes a stream unpacks to, no more than about `room`, and what is wrong with it."""
    unpacking, size = zlib.decompressobj(), 0
    try:
        while data and not unpacking.eof and size < room:
            size += len(unpacking.decompress(data, PART))
            data = unpacking.unconsumed_tail
        size += len(unpacking.flush(PART)) if size < room else 0
    except zlib.error:
        return size, "are not what they were"
    return size, "" if unpacking.eof or size >= room else "lack their end"


CHECKS = (whole_streams,)
