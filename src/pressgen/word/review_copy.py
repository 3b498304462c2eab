"""Turn a finished Word file into a review copy.

It gets DRAFT on every page, a margin to write in, and a line at every foot. Word records changes from the first key
that an editor presses: most of them then come back with a name and a date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Emu, Twips
from lxml import etree

from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.margin_labels import MARGIN, make_draft_watermark
from pressgen.word.names import TAB, P, W, read_int, read_twips
from pressgen.word.package import Package
from pressgen.word.python_docx import collect_parts, edit_document, iterate_margins, list_sections

if TYPE_CHECKING:
    from docx.document import Document

    from pressgen.word.margin_labels import ReviewCopyMarks
    from pressgen.word.names import Element

BEFORE_TRACKING = frozenset(
    W + name
    for name in "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries"
    " displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts"
    " embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader"
    " bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState"
    " formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge"
    " revisionView".split()
)
"""The settings before `w:trackRevisions` (ECMA-376 part 1, 17.15.1.78)."""


def make_review_copy(data: bytes, wanted: ReviewCopyMarks) -> bytes:
    """Make the review copy of a Word file.

    Its text must leave `MARGIN` free.
    """
    package = Package.of(data, "the review copy")
    with edit_document(package) as document:
        headers, footers = list(iterate_margins(document, "header")), list(iterate_margins(document, "footer"))
        for number, header in enumerate(headers, 1):
            next(header.part.element.iter(P)).append(make_draft_watermark(number))
        for footer in footers:
            footer.add_paragraph(wanted.line, footer.paragraphs[-1].style if footer.paragraphs else None)
        _make_room(document, [margin.part.element for margin in (*headers, *footers)], backwards=wanted.backwards)
        _track_changes(document, is_new="settings" not in package.related(package.body))
        parts = collect_parts(document, package)
    return write_zip({name: ZipEntry.of_part(name, part) for name, part in parts.items()})


def _make_room(document: Document, margins: list[Element], *, backwards: bool) -> None:
    """Widen one margin, and move in the tabs at the text's edge."""
    edges = set()
    for section in list_sections(document):
        if section.page_width is None or section.right_margin is None or section.left_margin is None:
            continue
        edges.add(Emu(section.page_width - section.left_margin - section.right_margin).twips)
        if backwards:
            section.left_margin = Emu(section.left_margin + Twips(MARGIN))
        else:
            section.right_margin = Emu(section.right_margin + Twips(MARGIN))
    for columns in document.element.iter(W + "cols"):
        _narrow_columns(columns)
    for root in (document.element, document.styles.element, *margins):
        for tab in root.iter(TAB):
            if (place := read_int(tab, W + "pos")) is not None and place in edges:
                tab.set(W + "pos", str(place - MARGIN))


def _narrow_columns(columns: Element) -> None:
    """Narrow columns of different widths by as much as the margin grows."""
    widths = [(node, name) for node in columns.iter(W + "col") for name in (W + "w", W + "space")]
    whole = sum(read_twips(node, name) or 0 for node, name in widths)
    for node, name in widths:
        if (width := read_twips(node, name)) is not None:
            node.set(name, str(max(width * (whole - MARGIN) // whole, 0)))


def _track_changes(document: Document, *, is_new: bool) -> None:
    """Make Word record every change."""
    settings = document.settings.element
    if is_new:
        settings[:] = []  # the settings of python-docx's own example
    at = sum(node.tag in BEFORE_TRACKING for node in settings)
    settings.insert(at, etree.Element(W + "trackRevisions"))
