"""Check that compressed streams are complete, with correct checksums (RFC 1950).

Libraries that read a PDF accept a wrong checksum, and return what they got. One reader then shows a page that another
does not, and nobody knows which words were meant.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from pikepdf import Name, Stream

from pressgen.pdf.objects import PdfTooLargeError, get_object_key, get_value, list_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import PdfFile

PART = 1024 * 1024
"""Bytes that are unpacked at a time."""
MOST = 512 * PART
"""The most bytes that all streams may unpack to."""


def check_streams(paper: PdfFile) -> Iterator[Problem]:
    """Check that every compressed stream is complete, with the right checksum."""
    room = MOST
    for node in paper.pdf.objects:
        if not isinstance(node, Stream) or list_items(get_value(node, "/Filter"))[:1] != [Name.FlateDecode]:
            continue
        size, reason = _unpack(node.read_raw_bytes(), room)
        room -= size
        if room <= 0:
            raise PdfTooLargeError("the size of its unpacked streams")
        if reason:
            message = f"is damaged (the packed data of object {get_object_key(node)[0]} {reason}); build it again"
            yield paper.fault("V02", message)


def _unpack(data: bytes, room: int) -> tuple[int, str]:
    """Return the unpacked size of a stream, and its fault.

    Unpacking stops at about `room` bytes.
    """
    unpacking, size = zlib.decompressobj(), 0
    try:
        while data and not unpacking.eof and size < room:
            size += len(unpacking.decompress(data, PART))
            data = unpacking.unconsumed_tail
        size += len(unpacking.flush(PART)) if size < room else 0
    except zlib.error:
        return size, "are damaged"
    return size, "" if unpacking.eof or size >= room else "are incomplete"


CHECKS = (check_streams,)
