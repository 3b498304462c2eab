"""Remove what reveals a template's authors from its XML.

Only what is in a namespace of Word's own is kept, and of the settings only those that shape the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.names import COMPATIBILITY, IGNORABLE, NAME, REL, VAL, VML, T, W, add_element, remove_node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Place, Problem
    from pressgen.word.names import Element

SPACES = re.compile(
    r"http://schemas\.openxmlformats\.org/(?:wordprocessingml|drawingml|officeDocument|markup-compatibility)/.*"
    r"|http://schemas\.microsoft\.com/office/(?:word|drawing|thememl)/.*"
    r"|urn:schemas-microsoft-com:(?:vml|office:(?:office|word))|http://www\.w3\.org/XML/1998/namespace"
)
"""The namespaces of what Word shows."""
SETTINGS = frozenset(
    W + name
    for name in "zoom displayBackgroundShape mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader"
    " bordersDoNotSurroundFooter gutterAtTop embedTrueTypeFonts saveSubsetFonts defaultTabStop autoHyphenation"
    " consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders"
    " characterSpacingControl noPunctuationKerning strictFirstAndLastChars noLineBreaksAfter"
    " noLineBreaksBefore footnotePr endnotePr themeFontLang clrSchemeMapping decimalSymbol listSeparator"
    " shapeDefaults hdrShapeDefaults doNotEmbedSmartTags drawingGridHorizontalSpacing drawingGridVerticalSpacing"
    " displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery".split()
) | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}
"""The settings that shape the page; all others are about the writer or their machine."""
WORD_URI = "http://schemas.microsoft.com/office/word"
COMPATIBILITY_SETTINGS = {
    "compatibilityMode": "15",
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}
"""What Word 2013 and later write into a new file ([MS-DOCX] 2.7)."""
AFTER_COMPATIBILITY = {
    W + name for name in "themeFontLang clrSchemeMapping shapeDefaults decimalSymbol listSeparator".split()
} | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}
"""The settings after `w:compat` (ECMA-376 part 1, 17.15.1.78)."""
DROPPED = (
    *(
        W + name
        for name in "permStart permEnd formProt dataBinding placeholder printerSettings fldData rsid commentRangeStart"
        " commentRangeEnd".split()
    ),
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
    "{http://schemas.microsoft.com/office/drawing/2010/main}imgProps",
)
"""What is not seen: who may edit a range, where a control takes its text from, earlier states of a picture."""
NAMED = re.compile(r"\{[^}]*\}(?:docPr|cNvPr)")
LABELLED = "MSIPCM"
"""In the names of the text boxes that Microsoft's sensitivity labels put into headers and footers."""
SOURCES = ("src", "href", "althref")
OFFICE_VML = "{urn:schemas-microsoft-com:office:office}"


def scrub_part(root: Element, kind: str, place: Place) -> Iterator[Problem]:
    """Remove what reveals the authors from a part.

    What cannot be removed is reported.

    Args:
        root: the part, which is changed.
        kind: the kind of relationship that leads to it.
        place: what to call it.
    """
    if kind == "settings":
        for node in [each for each in root if each.tag not in SETTINGS]:
            remove_node(node)
        _set_compatibility(root)
    for node in list(root.iter(*DROPPED)):
        remove_node(node)
    for node in [each for each in root.iter() if _is_foreign(str(each.tag))]:
        if next(node.iter(T), None) is not None:
            message = f"the text of another program is here ({_get_local_name(node)}); type it as plain text"
            yield make_problem(FaultCode.FOREIGN, message, place)
        remove_node(node)
    for node in root.iter():
        yield from _scrub_attributes(node, place)
    etree.cleanup_namespaces(root, keep_ns_prefixes=_list_kept_prefixes(root))


def _set_compatibility(settings: Element) -> None:
    """Make Word lay the file out by its present rules."""
    compatibility = add_element(settings, "compat")
    for name, value in COMPATIBILITY_SETTINGS.items():
        etree.SubElement(compatibility, W + "compatSetting", {NAME: name, W + "uri": WORD_URI, VAL: value})
    after = next((node for node in settings if node.tag in AFTER_COMPATIBILITY), None)
    if after is not None:
        after.addprevious(compatibility)


def list_relationship_ids(root: Element) -> set[str]:
    """Return the relationship ids that a part's elements name."""
    return {
        str(value)
        for node in root.iter()
        for name, value in node.attrib.items()
        if str(name).startswith(f"{{{REL}}}") or str(name) == f"{OFFICE_VML}relid"
    }


def _scrub_attributes(node: Element, place: Place) -> Iterator[Problem]:
    for name in list(map(str, node.attrib)):
        if _is_foreign(name) or name.startswith(W + "rsid") or name == f"{OFFICE_VML}title":
            del node.attrib[name]
    if LABELLED in (node.get("name") or node.get("id") or ""):
        message = "a sensitivity label has put a text here; remove the label in Word (Home, Sensitivity), then save"
        yield make_problem(FaultCode.FOREIGN, message, place)
    if NAMED.fullmatch(str(node.tag)):
        node.set("name", "")
    if str(node.tag).startswith((VML, OFFICE_VML)):
        for name in map(str, node.attrib):
            if name.rpartition("}")[2] in SOURCES and node.get(name):
                message = f"a drawing is loaded from “{node.get(name)}”; insert the picture into the file"
                yield make_problem(FaultCode.FOREIGN, message, place)


def _is_foreign(name: str) -> bool:
    """Return whether a name is in a namespace other than Word's."""
    return name.startswith("{") and SPACES.fullmatch(name[1:].partition("}")[0]) is None


def _list_kept_prefixes(root: Element) -> list[str]:
    """List the prefixes that must stay declared.

    Old versions of Word are asked to skip elements with some of them.
    """
    kept = [each for each in (root.get(IGNORABLE) or "").split() if root.nsmap.get(each)]
    if root.get(IGNORABLE):
        root.set(IGNORABLE, " ".join(each for each in kept if not _is_foreign(f"{{{root.nsmap[each]}}}x")))
    needed = [each.get("Requires") or "" for each in root.iter(f"{{{COMPATIBILITY}}}Choice")]
    return [*(root.get(IGNORABLE) or "").split(), *(word for words in needed for word in words.split())]


def _get_local_name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]
