"""Find what a picture reveals besides what it shows.

Examples are an author, a position, a camera, a program, remarks. It is judged by what may be there, segment by segment,
and not by the code that cleans pictures: the file may be anybody's.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from typing import TYPE_CHECKING

from lxml import etree
from PIL import Image, ImageSequence, JpegImagePlugin

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNKS = frozenset(
    "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT".split()
)
SEGMENTS = {"APP0": (b"JFIF\x00",), "APP2": (b"ICC_PROFILE\x00",), "APP14": (b"Adobe",)}
TURN, POSITION = 0x0112, 0x8825
NAMES = {0x010F: "camera", 0x0110: "camera", 0x0131: "program", 0x013B: "artist", 0x8298: "copyright", 0x9C9D: "author",
    POSITION: "position", 0x010E: "description", 0x0132: "date", 0x8769: "camera settings"}  # fmt: skip
SVG = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace")
PATH = re.compile(
    r"(?<![A-Za-z])[A-Za-z]:[\\/]\w|\\\\[\w.-]+\\[\w$]|(?:^|\s)/(?:home|Users|mnt|media|Volumes)/\w|file:/+\w"
)
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)

warnings.filterwarnings("ignore", module=r"PIL\.")  # what is wrong with a picture is said here, or Pillow raises it


def find_picture_metadata(data: bytes) -> list[str] | None:
    """List the hidden data of a picture in words.

    Return None for an unknown format.

    Args:
        data: the picture; its content decides its kind.
    """
    try:
        return _find_metadata(data)
    except (OSError, ValueError, SyntaxError, LookupError, TypeError, struct.error, Image.DecompressionBombError):
        return ["data that cannot be read, because it is damaged"]


def _find_metadata(data: bytes) -> list[str] | None:
    if data.startswith(b"\xff\xd8\xff"):
        return list(dict.fromkeys(_find_in_jpeg(data)))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return list(dict.fromkeys(_find_in_png(data)))
    if data.startswith(b"GIF8"):
        with Image.open(io.BytesIO(data), formats=("GIF",)) as image:
            has_comment = any("comment" in frame.info for frame in ImageSequence.Iterator(image))
        return ["a comment"] if has_comment else []
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        with Image.open(io.BytesIO(data), formats=("WEBP",)) as image:
            return [each.upper() for each in ("exif", "xmp") if image.info.get(each)]
    if b"<svg" in data[:4096] or b":svg" in data[:4096]:
        return list(dict.fromkeys(_find_in_svg(data)))
    return None


def _find_in_jpeg(data: bytes) -> Iterator[str]:
    with Image.open(io.BytesIO(data), formats=("JPEG", "MPO")) as image:
        if not isinstance(image, JpegImagePlugin.JpegImageFile):
            return
        yield from _find_in_exif(image.getexif())
        for name, body in image.applist:
            if name == "COM":
                yield "a comment"
            elif name == "APP1" and body.startswith(b"Exif\x00"):
                continue
            elif not body.startswith(SEGMENTS.get(name, ())):
                yield f"data of a program ({body[:24].split(bytes(1))[0].decode('ascii', 'replace')})"
        if image.tell() == 0 and getattr(image, "n_frames", 1) > 1:
            yield "a second picture"
    if data[data.find(b"\xff\xd9", _find_first_scan(data)) + 2 :].strip(b"\x00"):
        yield "data after its end"


def _find_first_scan(data: bytes) -> int:
    """Return where the first scan of a JPEG begins."""
    at = 2
    while data[at + 1] != 0xDA:
        at += 2 + int.from_bytes(data[at + 2 : at + 4]) if data[at + 1] != 0xFF else 1
    return at


def _find_in_png(data: bytes) -> Iterator[str]:
    at = 8
    while at + 12 <= len(data):
        (size,), name = struct.unpack_from(">I", data, at), data[at + 4 : at + 8].decode("ascii", "replace")
        if name == "eXIf":
            exif = Image.Exif()
            exif.load(data[at + 8 : at + 8 + size])
            yield from _find_in_exif(exif)
        elif name not in CHUNKS:
            yield f"text of a program ({name})"
        at += size + 12
        if name == "IEND":
            break
    if data[at:]:
        yield "data after its end"


def _find_in_exif(exif: Image.Exif) -> Iterator[str]:
    kept = [tag for tag in exif if tag != TURN]
    if kept:
        what = ", ".join(dict.fromkeys(NAMES[tag] for tag in kept if tag in NAMES))
        yield f"data of a camera ({what})" if what else "data of a camera (Exif)"


def _find_in_svg(data: bytes) -> Iterator[str]:
    root = etree.fromstring(data, PARSER)
    for node in [root, *root.iterdescendants()]:
        if not isinstance(node.tag, str):
            yield "a remark"
            continue
        space = etree.QName(node).namespace
        if space not in SVG or etree.QName(node).localname == "metadata":
            yield f"data of a program ({etree.QName(node).localname})"
        if any(name.startswith("{") and name[1:].partition("}")[0] not in SVG for name in map(str, node.attrib)):
            yield "data of a program"
        if any(PATH.search(str(each)) for each in [*node.attrib.values(), node.text or ""]):
            yield "a path"
