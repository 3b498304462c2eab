"""Good files of our own, and how to make bad ones of them."""

from __future__ import annotations

import io
import warnings
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
from lxml import etree

from pressgen.render import pdf
from pressgen.validate.file import validate_file
from render.documents import MEDIA, sample
from render.folders import locate, real
from render.word_files import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressgen.model.document import Document

BODY, STYLES, SETTINGS, NUMBERING = "word/document.xml", "word/styles.xml", "word/settings.xml", "word/numbering.xml"
RELS, CORE, TYPES = "word/_rels/document.xml.rels", "docProps/core.xml", "[Content_Types].xml"


@cache
def paper(document: Document | None = None, house: str = "inspectorate") -> bytes:
    """The PDF of a document, else of the sample."""
    return pdf.render(document or sample(), real(house), MEDIA, locate).content


@cache
def word(document: Document | None = None, house: str = "inspectorate") -> bytes:
    """The Word file of a document, else of the sample."""
    return made(document, house)


def codes(data: bytes) -> set[str]:
    """The codes of what is wrong with a file."""
    return {problem.code for problem in validate_file(data, "file")}


def spoilt(change: Callable[[pikepdf.Pdf], object], **saving: Any) -> bytes:  # noqa: ANN401 - any option of pikepdf
    """The good PDF after a change."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf warns of a field that is in no form: a fault made on purpose
        change(opened)
        opened.save(out, fix_metadata_version=False, **saving)
    return out.getvalue()


def elements(opened: pikepdf.Pdf, kind: str = "") -> Iterator[Any]:
    """The elements of the structure of one kind, else all, in reading order."""
    waiting = [opened.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)[::-1]
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if not kind or str(node.S) == f"/{kind}":
                yield node
            waiting.append(node.get("/K"))


def first(opened: pikepdf.Pdf, kind: str) -> Any:  # noqa: ANN401 - pikepdf's objects are of any kind
    """The first element of one kind."""
    return next(elements(opened, kind))


def redrawn(opened: pikepdf.Pdf, before: bytes = b"", after: bytes = b"", page: int = 0) -> None:
    """Draw something before and after what stands on a page."""
    sheet = opened.pages[page]
    drawn = b"q\n" + sheet.Contents.read_bytes() + b"\nQ\n"
    sheet.Contents = opened.make_stream(before + b"\n" + drawn + after)


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: dict[str, bytes]) -> bytes:
    """A zip of `content`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


def edited(part: str, old: str, new: str) -> bytes:
    """The good Word file with the first `old` of a part made `new`."""
    content = parts(word())
    assert old.encode() in content[part], f"{part} has no {old}"
    content[part] = content[part].replace(old.encode(), new.encode(), 1)
    return zipped(content)


def related(kind: str, target: str, *, outside: bool = False, part: bytes | None = None, rels: str = RELS) -> bytes:
    """The good Word file with one more relationship, and the part that it leads to."""
    content = parts(word())
    root = etree.fromstring(content[rels])
    node = etree.SubElement(root, root[0].tag, Id="more", Target=target, Type=f"http://example.org/{kind}")
    if outside:
        node.set("TargetMode", "External")
    content[rels] = etree.tostring(root)
    if part is not None:
        content[f"word/{target}"] = part
    return zipped(content)
