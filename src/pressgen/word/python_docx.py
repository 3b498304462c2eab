"""Open a Word file in python-docx, and take the changed parts back.

python-docx knows sections, headers, footers and comments. It is neither the reader of strange files nor the writer: it
accepts a package with a part twice, and what it saves depends on the day. So it is given parts that `Package` has
checked, and its own are written by `archive.write_zip`.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast

from docx.exceptions import PythonDocxError
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.exceptions import XmlchemyError
from docx.package import Package as DocxPackage
from docx.parts.comments import CommentsPart
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart
from docx.section import Section
from lxml import etree

from pressgen.errors import InputError, Place
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.names import RELATIONSHIP, TYPES, P, W, serialise_xml
from pressgen.word.package import CONTENT_TYPES, NO_RELS, NO_TYPES, get_rels_name, resolve_target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from docx.document import Document
    from docx.section import _Footer, _Header

    from pressgen.word.names import Element
    from pressgen.word.package import Package

CLASSES: dict[str, type[XmlPart]] = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT: DocumentPart,
    RELATIONSHIP_TYPE.HEADER: HeaderPart,
    RELATIONSHIP_TYPE.FOOTER: FooterPart,
    RELATIONSHIP_TYPE.SETTINGS: SettingsPart,
    RELATIONSHIP_TYPE.STYLES: StylesPart,
    RELATIONSHIP_TYPE.COMMENTS: CommentsPart,
}
"""The kinds of parts that python-docx may change; all others stay as they are."""
A4_TEXT, LEAST_TEXT = 9026, 1440
"""The width of the text on a page whose section says nothing, and the least that can hold a line."""
KINDS_OF_PAGES = ("", "first_page_", "even_page_")
"""The beginnings of python-docx's names for the headers and footers of a section."""
FRACTION = re.compile(r"-?\d+\.\d+")


@contextmanager
def edit_document(package: Package) -> Iterator[Document]:
    """Yield python-docx's view of a package.

    It has the body and all parts that the body relates to.

    Raises:
        InputError: a part is not XML, or says something that python-docx does not understand.
    """
    with _explain_faults("a section, header or footer", package.shown):
        yield _open_document(package)


def open_comments(root: Element) -> CommentsPart:
    """Return python-docx's view of a copy of a comments part."""
    whole = DocxPackage()
    name, content = PackURI("/word/comments.xml"), serialise_xml(root)
    part: CommentsPart = CommentsPart.load(name, CONTENT_TYPE.WML_COMMENTS, content, whole)
    return part


def add_comment(part: CommentsPart, text: str, author: str, date: str, shown: str) -> Element:
    """Add a comment, and return its element.

    Args:
        part: the comments of the file.
        text: of the comment; each line becomes a paragraph.
        author: their name, which gives the initials too.
        date: when it was made, ISO 8601 in UTC.
        shown: what messages call the file.

    Raises:
        InputError: an earlier comment has an id that is not a number.
    """
    initials = "".join(word[0] for word in author.split())[:3]
    with _explain_faults("a comment", shown):
        part.comments.add_comment(text, author, initials)
    comment: Element = part.element[-1]
    comment.set(W + "date", date)  # python-docx takes the present moment
    return comment


@contextmanager
def _explain_faults(what: str, shown: str) -> Iterator[None]:
    try:
        yield
    except (PythonDocxError, XmlchemyError, KeyError, ValueError) as error:
        message = f"has {what} that cannot be read ({error}); save the file again in Word"
        raise InputError([make_problem(FaultCode.BROKEN, message, Place(shown))]) from error


def _open_document(package: Package) -> Document:
    whole, types = DocxPackage(), _list_content_types(package)
    parts: dict[str, Part] = {}

    def load_part(name: str, kind: str) -> Part:
        if name not in parts:
            made_by = CLASSES.get(kind, Part)
            if made_by is not Part:
                package.xml(name)  # refuse what is no XML or has a document type, before python-docx parses it
            content = package.parts.get(name, b"")
            parts[name] = made_by.load(PackURI(f"/{name}"), types.get(name, ""), content, whole)
        return parts[name]

    body = load_part(package.body, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    whole.load_rel(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, body, "rId1")
    for rel in package.xml(get_rels_name(package.body), NO_RELS).iter(RELATIONSHIP):
        kind, target = rel.get("Type") or "", resolve_target(rel, package.body)
        loaded = load_part(target, kind) if target else rel.get("Target") or ""
        body.load_rel(kind, loaded, rel.get("Id") or "", is_external=not target)
    return cast("Document", cast("DocumentPart", body).document)  # python-docx does not say its type


def collect_parts(document: Document, package: Package) -> dict[str, bytes]:
    """Return all parts of a package with what python-docx changed or added."""
    body, types = document.part, package.xml(CONTENT_TYPES, NO_TYPES)
    known, parts = _list_content_types(package), dict(package.parts)
    for part in [body, *body.related_parts.values()]:
        name = part.partname.membername
        if isinstance(part, XmlPart):
            parts[name] = serialise_xml(part.element)
            if name not in known and part.content_type:
                about = {"PartName": str(part.partname), "ContentType": part.content_type}
                etree.SubElement(types, TYPES + "Override", about)
    parts[get_rels_name(package.body)] = serialise_xml(etree.fromstring(body.rels.xml))
    return parts | {CONTENT_TYPES: serialise_xml(types)}


def list_sections(document: Document) -> list[Section]:
    """List the sections, also those that end inside a content control."""
    nodes = [node for node in document.element.iter(W + "sectPr") if node.getparent().tag != W + "sectPrChange"]
    for measures in [each for node in nodes for each in node.iterchildren(W + "pgSz", W + "pgMar")]:
        for name, value in measures.items():
            if FRACTION.fullmatch(value):  # Google Docs writes 1440.0; python-docx reads whole numbers only
                measures.set(name, str(round(float(value))))
    return [Section(node, document.part) for node in nodes]


def measure_text_width(section: Section) -> int:
    """Return the width between the margins of a section.

    It is in twentieths of a point.
    """
    across, left, right = section.page_width, section.left_margin, section.right_margin
    if across is None or left is None or right is None:
        return A4_TEXT
    return max(int(across.twips) - int(left.twips) - int(right.twips), LEAST_TEXT)


def iterate_margins(document: Document, side: Literal["header", "footer"]) -> Iterator[_Header | _Footer]:
    """Yield every header or footer that a page shows, each once.

    One that no section defines is added to the first section; later sections inherit it.
    """
    even = _has_even_pages(document)
    seen: set[str] = set()
    for section in list_sections(document):
        first = section.different_first_page_header_footer
        for kind in ("", *["first_page_"] * first, *["even_page_"] * even):
            margin, before = getattr(section, f"{kind}{side}"), len(document.part.rels)
            root = margin.part.element
            if len(document.part.rels) > before:
                root[:] = [root.makeelement(P)]  # python-docx begins with a style that the file may lack
            if margin.part.partname not in seen:
                seen.add(margin.part.partname)
                yield margin


class PageMargins(NamedTuple):
    """The header and footer of one kind of page in a section.

    Attributes:
        section: the number of the section, from 1.
        kind: the kind of its pages: empty for all that are neither `first` nor `even`.
        parts: the names of the parts that these pages show; a header or footer that they lack is left out.
    """

    section: int
    kind: str
    parts: tuple[str, ...]


def list_page_margins(package: Package) -> list[PageMargins]:
    """List the header and footer of each kind of page, by section.

    A section without one of its own shows that of the section before, whether that one showed it or not. Source:
    ECMA-376 part 1, 17.10.

    Raises:
        InputError: the file says something that python-docx does not understand.
    """
    found: list[PageMargins] = []
    inherited: dict[str, str] = {}
    with edit_document(package) as document:
        even = _has_even_pages(document)
        for number, section in enumerate(list_sections(document), 1):
            for kind in KINDS_OF_PAGES:
                for side in ("header", "footer"):
                    margin = getattr(section, f"{kind}{side}")
                    if not margin.is_linked_to_previous:
                        inherited[f"{kind}{side}"] = margin.part.partname.membername
            first = section.different_first_page_header_footer
            for kind in ("", *["first_page_"] * first, *["even_page_"] * even):
                parts = tuple(part for side in ("header", "footer") if (part := inherited.get(f"{kind}{side}")))
                found.append(PageMargins(number, kind.partition("_")[0], parts))
    return found


def _has_even_pages(document: Document) -> bool:
    """Return whether even pages have headers and footers of their own."""
    settings = any(rel.reltype == RELATIONSHIP_TYPE.SETTINGS for rel in document.part.rels.values())
    return settings and document.settings.odd_and_even_pages_header_footer


def _list_content_types(package: Package) -> dict[str, str]:
    overrides = package.xml(CONTENT_TYPES, NO_TYPES).iter(TYPES + "Override")
    return {(node.get("PartName") or "").lstrip("/"): node.get("ContentType") or "" for node in overrides}
