"""Check that a Word file holds only what it may.

There are lists of the parts, settings, properties and fields that are allowed. The lists are this module's own: they
judge files of anybody's, and those of pressgen as strictly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.validate.pictures import PATH, find_picture_metadata
from pressgen.word.names import W
from pressgen.word.package import CONTENT_TYPES, NO_RELS, ROOT_RELS, resolve_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.word.wordfile import WordFile
    from pressgen.word.names import Element

PARTS = frozenset(
    "officeDocument core-properties extended-properties custom-properties styles stylesWithEffects numbering settings"
    " webSettings fontTable theme header footer footnotes endnotes image hyperlink font".split()
)
"""Kinds of parts that a text needs, or that are judged here by their contents."""
ELSEWHERE = frozenset(
    "comments commentsExtended commentsIds commentsExtensible people thumbnail vbaProject wordVbaData oleObject package"
    " control attachedToolbars keyMapCustomizations attachedTemplate".split()
)
"""Kinds that other checks report."""
OWN_RECORD = b"urn:pressgen:export:"
OWN_PROPERTIES = ("pressgen", "pressgen copy")
CORE = frozenset(
    "title subject creator identifier language lastModifiedBy revision created modified keywords category".split()
)
MORE = frozenset(
    "Company Template Pages Words Characters Lines Paragraphs CharactersWithSpaces Application AppVersion DocSecurity"
    " ScaleCrop LinksUpToDate SharedDoc HyperlinksChanged HeadingPairs TitlesOfParts Manager".split()
)
SETTINGS = frozenset(
    "zoom view displayBackgroundShape mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader gutterAtTop"
    " bordersDoNotSurroundFooter hideSpellingErrors hideGrammaticalErrors proofState stylePaneFormatFilter"
    " stylePaneSortMethod embedTrueTypeFonts embedSystemFonts saveSubsetFonts defaultTabStop autoHyphenation"
    " consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting"
    " bookFoldPrintingSheets characterSpacingControl noPunctuationKerning strictFirstAndLastChars noLineBreaksAfter"
    " noLineBreaksBefore footnotePr endnotePr compat themeFontLang clrSchemeMapping decimalSymbol listSeparator"
    " shapeDefaults hdrShapeDefaults doNotEmbedSmartTags drawingGridHorizontalSpacing drawingGridVerticalSpacing"
    " displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery mathPr activeWritingStyle"
    " doNotDisplayPageBoundaries removePersonalInformation removeDateAndTime uiCompat97To2003 chartTrackingRefBased"
    " defaultTableStyle doNotTrackMoves doNotTrackFormatting doNotIncludeSubdocsInStats doNotAutoCompressPictures"
    " savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText"
    " doNotDemarcateInvalidXml rsids docVars mailMerge trackRevisions attachedTemplate".split()
)
"""Settings of page, screen and proofing; the last five have messages of their own, or are reported elsewhere."""
FIELDS = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTION|SECTIONPAGES|PAGEREF|NOTEREF|HYPERLINK|=[\s\d+*/()-]*)(?![A-Za-z])", re.IGNORECASE
)
DATES = tuple(W + name for name in ("dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong"))
"""Elements that Word replaces by parts of the present date (ECMA-376 part 1, 17.3.3)."""
UNSAFE_LINK = re.compile(r"\s*HYPERLINK\s+\"?(?!https?://|mailto:|tel:|\\|\")", re.IGNORECASE)
SPACES = re.compile(
    r"http://schemas\.openxmlformats\.org/|http://purl\.(?:org/dc|oclc\.org/ooxml)/|http://www\.w3\.org/"
    r"|http://schemas\.microsoft\.com/office/|urn:schemas-microsoft-com:"
)
RSID = f"{W}rsid"


def check_parts(file: WordFile) -> Iterator[Problem]:
    """Check that the text needs and uses every part."""
    package, led = file.package, {CONTENT_TYPES, ROOT_RELS}
    for name in [part for part in package.parts if part.endswith(".rels")]:
        led.add(name)
        home = name.replace("_rels/", "").removesuffix(".rels")
        for rel in package.xml(name, NO_RELS):
            kind, target = (rel.get("Type") or "").rpartition("/")[2], resolve_target(rel, home)
            led.add(target)
            if target not in package.parts or kind in PARTS or kind in ELSEWHERE or _is_record(file, target, kind):
                continue
            yield file.fault("X01", f"contains a part that its text does not need ({kind}); delete it", target)
    for name in sorted(package.parts.keys() - led):
        yield file.fault("X01", "contains a part that nothing refers to; save it again in Word", name)


def check_settings(file: WordFile) -> Iterator[Problem]:
    """Check for settings that reveal other files, editors or sessions."""
    found = {str(node.tag).rpartition("}")[2] for node in file.part("settings")} - SETTINGS
    if found:
        message = (
            f"keeps settings that its pages do not need ({', '.join(sorted(found))}); inspect the document in Word"
        )
        yield file.fault("X01", message, "settings")


def check_properties(file: WordFile) -> Iterator[Problem]:
    """Check that only the properties of a publication are there."""
    for kind, known in (("core-properties", CORE), ("extended-properties", MORE)):
        for node in _get_root_part(file, kind):
            name, value = str(node.tag).rpartition("}")[2], " ".join(map(str, node.itertext())).strip()
            if name not in known and value not in {"", "0"}:
                yield file.fault("X01", f"keeps the property {name} (“{value}”); delete it", "properties")
    for node in _get_root_part(file, "custom-properties"):
        if node.get("name") not in OWN_PROPERTIES:
            value = "".join(map(str, node.itertext()))
            yield file.fault("X01", f"keeps the property {node.get('name')} (“{value}”); delete it", "properties")


def check_fields(file: WordFile) -> Iterator[Problem]:
    """Check for fields with recalculated text, and for unsafe links."""
    for sheet in file.sheets:
        for node in sheet.root.iter(*DATES):
            yield file.fault("WD17", "a date that Word recalculates; type its words", sheet.inside(node))
        for code, node in _iterate_field_codes(sheet.root):
            shown = " ".join(code.split())[:60]
            if not FIELDS.match(code):
                yield file.fault(
                    "WD17", f"a field that Word recalculates ({shown}); type its words", sheet.inside(node)
                )
            elif UNSAFE_LINK.match(code):
                yield file.fault("WD14", f"a link that no reader can follow ({shown})", sheet.inside(node))


def check_markup(file: WordFile) -> Iterator[Problem]:
    """Check for session marks, foreign data and picture paths."""
    for sheet in file.sheets:
        for node in sheet.root.iter():
            named = [*map(str, node.attrib)]
            if any(name.startswith(RSID) for name in named):
                yield file.fault("X01", "keeps the marks of editing sessions (rsid); inspect the document", sheet.title)
                break
        for node in sheet.root.iter():
            if next((each for each in (str(node.tag), *map(str, node.attrib)) if _is_foreign(each)), None):
                yield file.fault(
                    "X01", f"contains data of another program ({_get_local_name(node)})", sheet.inside(node)
                )
            elif _get_local_name(node) in {"docPr", "cNvPr", "imagedata", "shape"} and any(
                PATH.search(str(value)) for value in node.attrib.values()
            ):
                yield file.fault(
                    "X01", "a picture reveals where it was stored; describe it in words", sheet.inside(node)
                )


def check_picture_metadata(file: WordFile) -> Iterator[Problem]:
    """Check the pictures for hidden metadata."""
    for name, data in sorted(file.package.parts.items()):
        if "/media/" in name:
            metadata = find_picture_metadata(data)
            if metadata:
                message = f"the picture keeps {' and '.join(metadata)}; save it without its metadata"
                yield file.fault("X01", message, name)


def _is_record(file: WordFile, target: str, kind: str) -> bool:
    """Return whether a part belongs to pressgen's record of an export."""
    return kind in {"customXml", "customXmlProps"} and OWN_RECORD in file.package.parts.get(target, b"")


def _get_root_part(file: WordFile, kind: str) -> Element:
    return file.package.xml(file.package.related("").get(kind, ""), b"<none/>")


def _iterate_field_codes(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield each field code with the node where it begins.

    A field within another is read by itself.
    """
    for node in root.iter(W + "fldSimple"):
        yield node.get(W + "instr") or "", node
    open_: list[tuple[Element, list[str]]] = []
    for node in root.iter(W + "fldChar", W + "instrText"):
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            open_.append((node, []))
        elif node.tag == W + "instrText":
            if not open_:
                yield node.text or "?", node
            else:
                open_[-1][1].append(node.text or "")
        elif kind == "end" and open_:
            start, code = open_.pop()
            yield "".join(code), start


def _is_foreign(name: str) -> bool:
    return name.startswith("{") and not SPACES.match(name[1:])


def _get_local_name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


CHECKS = (check_parts, check_settings, check_properties, check_fields, check_markup, check_picture_metadata)
