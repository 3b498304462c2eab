"""Scrub a JPEG by its segments.

Source: ITU-T T.81, annex B; ICC.1:2022 annex B.4; Exif 2.32.
"""

from __future__ import annotations

from pressgen.pictures.exif import make_orientation_block, read_orientation

START, END, SCAN, APP0, APP1, APP2, APP14, COMMENT = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
LONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length."""
FRAMES = {*range(0xC0, 0xD0)} | {0xDA, 0xDB, 0xDD}
"""Markers that a decoder needs: tables, frames, scans, restarts."""
EXIF, PROFILE, ADOBE, JFIF = b"Exif\x00\x00", b"ICC_PROFILE\x00", b"Adobe", b"JFIF\x00"
JFIF_SIZE = 14
"""Bytes of an APP0 without a thumbnail, from its name on."""


def is_jpeg(data: bytes) -> bool:
    """Return whether the data are a JPEG."""
    return data.startswith(b"\xff\xd8\xff")


def scrub_jpeg(data: bytes) -> bytes:
    """Return a JPEG without metadata.

    It keeps what a decoder needs, the colour profile, the density and the orientation.

    Raises:
        ValueError, IndexError: it is damaged.
    """
    made, at, orientation = [data[:2]], 2, 1
    while True:
        at, marker = _read_marker(data, at)
        if marker == END:
            return b"".join([*made, b"\xff\xd9"])
        if marker in LONE:
            made.append(bytes((0xFF, marker)))
            continue
        size = int.from_bytes(data[at : at + 2])
        body = data[at + 2 : at + size]
        if size < 2 or len(body) != size - 2:
            raise ValueError("a segment has no end")
        at += size
        if marker == APP1 and body.startswith(EXIF) and orientation == 1:
            orientation = read_orientation(body[len(EXIF) :])
            if orientation != 1:
                made.append(_make_segment(APP1, EXIF + make_orientation_block(orientation)))
        elif kept := _keep_segment(marker, body):
            made.append(_make_segment(marker, kept))
        elif marker in FRAMES:
            made.append(_make_segment(marker, body))
        if marker == SCAN:
            end = _find_scan_end(data, at)
            made.append(data[at:end])
            at = end


def _keep_segment(marker: int, body: bytes) -> bytes:
    """Return the part of an application segment to keep, if any."""
    if marker == APP0 and body.startswith(JFIF):
        return body[: JFIF_SIZE - 2] + b"\x00\x00"
    if (marker == APP2 and body.startswith(PROFILE)) or (marker == APP14 and body.startswith(ADOBE)):
        return body
    return b""


def _read_marker(data: bytes, at: int) -> tuple[int, int]:
    """Return where the next marker ends, and the marker."""
    if data[at] != 0xFF:
        raise ValueError("no marker where one must be")
    while data[at] == 0xFF:
        at += 1
    return at + 1, data[at]


def _find_scan_end(data: bytes, at: int) -> int:
    """Return where the packed pixels of a scan end.

    This is the next marker that is not a restart.
    """
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise ValueError("it ends too early")
        if data[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _make_segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body
