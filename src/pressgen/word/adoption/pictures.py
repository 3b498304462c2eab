"""Find pictures of a letterhead without a description, and describe them."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from PIL import Image

from pressgen.pictures.scrub import PictureScrubError, scrub_picture
from pressgen.word.names import (
    COMPATIBILITY,
    DOC_PR,
    DRAWING,
    REL,
    TYPES,
    VML,
    P,
    T,
    W,
    parse_int,
    remove_node,
    serialise_xml,
)
from pressgen.word.package import CONTENT_TYPES, Package
from pressgen.word.picture import set_description

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.word.adoption.draft import LetterheadDraft
    from pressgen.word.names import Element

SHAPES = (VML + "shape", VML + "rect", VML + "roundrect", VML + "oval", VML + "line", VML + "group")
ALTERNATE = f"{{{COMPATIBILITY}}}AlternateContent"
OUTER = (ALTERNATE, W + "drawing", W + "pict", W + "object")
BOX = W + "txbxContent"
DECORATIVE = "{*}decorative"
NO_DESCRIPTION = re.compile(
    r"(?:.*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)|(?:picture|image|bild|grafik|logo)\s*\d*"
    r"|.*\bautom[aá]t.*|(?:[a-z]:\\|\\\\|https?://|file:|/users/|/home/).*)",
    re.IGNORECASE | re.DOTALL,
)
"""Descriptions that describe nothing: names of files, paths, what a program guessed."""
REMOVE = "-"
"""The answer that removes a picture."""
LONGEST_DESCRIPTION = 200
HIGHEST_LOGO = 2_160_000
"""Six centimetres, in EMU."""
LOWEST_BACKGROUND = 6_000_000
LOGOS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}
HEADS = ("first-page header", "header")
MOST_PIXELS = 50_000_000
CONVERTED = frozenset({"BMP", "TIFF"})


@dataclass(frozen=True, slots=True)
class LetterheadPicture:
    """A picture of a letterhead.

    Attributes:
        key: the same for copies of one picture.
        where: Word's name for the part that shows it first.
        file: the last part of its name in the file.
        data: its bytes.
    """

    key: str
    where: str
    file: str
    data: bytes


@dataclass(frozen=True, slots=True)
class LetterheadLogo:
    """A picture that may be the logo of page and PDF.

    Attributes:
        file: a name for it.
        data: its bytes.
        description: what it says.
    """

    file: str
    data: bytes
    description: str


def find_logo(draft: LetterheadDraft) -> LetterheadLogo | None:
    """Return the first described picture no higher than a masthead."""
    names = sorted(draft.roots, key=lambda name: (draft.package.titles[name] not in HEADS, name))
    for name in names:
        for node in draft.roots[name].iter(DOC_PR):
            picture, text = _find_picture(draft, name, node), (node.get("descr") or "").strip()
            ending = next((each for sign, each in LOGOS.items() if picture and picture.data.startswith(sign)), "")
            if picture is not None and text and ending and _measure_height(node) <= HIGHEST_LOGO:
                return LetterheadLogo(f"logo.{ending}", scrub_picture(picture.data), text)
    return None


def find_page_backgrounds(draft: LetterheadDraft) -> list[str]:
    """List the pictures that cover most of a page.

    Text may run into them.
    """
    return [
        f"the picture {picture.file} in the {picture.where}: it covers the page, and the text may run into it; if so,"
        " set the margins in Word (Layout, Margins)"
        for name, root in draft.roots.items()
        for node in root.iter(DOC_PR)
        if _measure_height(node) > LOWEST_BACKGROUND and (picture := _find_picture(draft, name, node)) is not None
    ]


def _measure_height(node: Element) -> int:
    home = node.getparent()
    extent = None if home is None else home.find("{*}extent")
    return parse_int(None if extent is None else extent.get("cy")) or 0


def list_undescribed_pictures(draft: LetterheadDraft) -> list[LetterheadPicture]:
    """List the pictures that have no description, none twice."""
    found: dict[str, LetterheadPicture] = {}
    for name, root in draft.roots.items():
        for node in _list_drawings(root):
            picture = _find_picture(draft, name, node)
            if picture is not None and not _is_described(node):
                found.setdefault(picture.key, picture)
    return list(found.values())


def describe_pictures(draft: LetterheadDraft, answers: Mapping[str, str]) -> None:
    """Describe pictures by their keys.

    All other drawings are described by the words in them.

    An empty answer marks a picture as decoration, and `REMOVE` removes it.
    """
    for name, root in draft.roots.items():
        for node in _list_drawings(root):
            if _is_described(node):
                continue
            picture = _find_picture(draft, name, node)
            if picture is None:
                _describe(node, _read_box(node))
            elif (answer := answers.get(picture.key)) == REMOVE:
                frames = [each for each in node.iterancestors() if each.tag in OUTER]
                remove_node(frames[-1] if frames else node)
                draft.report.removed.append(f"the picture {picture.file} from the {picture.where}")
            elif answer is not None:
                _describe(node, answer)
        _forget_paths(root)


def _forget_paths(root: Element) -> None:
    """Remove from the shapes within drawings descriptions that describe nothing."""
    for node in root.iter("{*}cNvPr", *SHAPES):
        for name in ("descr", "title", "alt"):
            if NO_DESCRIPTION.fullmatch((node.get(name) or "").strip()):
                del node.attrib[name]


def convert_pictures(package: Package) -> tuple[Package, list[str]]:
    """Turn pictures of kinds that no release can have into PNG.

    Return also sentences about them.
    """
    parts, said = dict(package.parts), []
    for name, data in package.parts.items():
        if "/media/" not in name:
            continue
        try:
            scrub_picture(data)
        except PictureScrubError:
            if made := _convert(data):
                parts[name] = made
                said.append(
                    f"the picture {name.rpartition('/')[2]} as PNG, in place of a kind that no release can have"
                )
    return Package(_set_picture_types(package, parts) if said else parts, package.shown), said


def _set_picture_types(package: Package, parts: dict[str, bytes]) -> dict[str, bytes]:
    """Give converted pictures the type of what they are now."""
    types = package.xml(CONTENT_TYPES)
    for name in [name for name in parts if parts[name] != package.parts.get(name)]:
        for node in [each for each in types if each.get("PartName") == f"/{name}"]:
            remove_node(node)
        about = {"PartName": f"/{name}", "ContentType": "image/png"}
        types.append(types.makeelement(TYPES + "Override", about))
    return parts | {CONTENT_TYPES: serialise_xml(types)}


def _convert(data: bytes) -> bytes:
    made = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.format not in CONVERTED or image.width * image.height > MOST_PIXELS:
                return b""
            image.convert("RGBA").save(made, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    return made.getvalue()


def _list_drawings(root: Element) -> Iterator[Element]:
    """Yield what carries the description of each drawing."""
    yield from root.iter(DOC_PR)
    for picture in root.iter(VML + "imagedata"):
        if (shape := picture.getparent()) is not None:
            yield shape


def _is_described(node: Element) -> bool:
    if next(node.iter(DECORATIVE), None) is not None:
        return True
    text = (node.get("descr") if node.tag == DOC_PR else node.get("alt")) or ""
    return bool(text.strip()) and NO_DESCRIPTION.fullmatch(text.strip()) is None


def _find_picture(draft: LetterheadDraft, name: str, node: Element) -> LetterheadPicture | None:
    targets = draft.find_targets(name)
    home = node.getparent() if node.tag == DOC_PR else node
    ids = [
        each.get(f"{{{REL}}}embed") or each.get(f"{{{REL}}}id") or ""
        for each in (() if home is None else home.iter(f"{{{DRAWING}/main}}blip", VML + "imagedata"))
        if next(each.iterancestors("{*}inline", "{*}anchor", *SHAPES)) is home  # and not in its text box
    ]
    files = [targets[each] for each in ids if targets.get(each) in draft.package.parts]
    if not files:
        return None
    data = draft.package.parts[files[0]]
    key = sha256(b"".join(draft.package.parts[each] for each in files)).hexdigest()
    return LetterheadPicture(key, draft.package.titles[name], files[0].rpartition("/")[2], data)


def _describe(node: Element, text: str) -> None:
    """Describe a drawing; without a text, mark it as decoration."""
    if node.tag == DOC_PR:
        for name in ("descr", "title"):
            node.attrib.pop(name, "")
        set_description(node, text)
    else:
        node.set("alt", text)


def _read_box(node: Element) -> str:
    """Return the words in a drawing."""
    home = node.getparent() if node.tag == DOC_PR else node
    if home is None:
        return ""
    lines = ["".join(str(text.text or "") for text in line.iter(T)) for box in home.iter(BOX) for line in box.iter(P)]
    return " ".join(" ".join(lines).split())[:LONGEST_DESCRIPTION]
