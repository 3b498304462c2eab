"""Check that ids are unique, ranges complete and references valid.

Word repairs such faults silently, or says that the file is damaged; other programs lose text.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from lxml import etree

from pressgen.word.names import COMPATIBILITY, DOC_PR, END, ID, NAME, R_ID, REL, START, TC, VAL, W14, WML, P, T, W
from pressgen.word.package import NO_RELS, ROOT_RELS, get_rels_name, resolve_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.word.wordfile import WordFile
    from pressgen.word.names import Element

UNIQUE = {
    "bookmark": ((START,), ID),
    "tracked change": ((W + "ins", W + "del", W + "moveFrom", W + "moveTo"), ID),
    "picture": ((DOC_PR,), "id"),
    "paragraph": ((P,), W14 + "paraId"),
}
"""Things with a unique number within a part: their elements, and the attribute with the number."""
DEFINED = {
    "styles": ("style", W + "style", W + "styleId"),
    "numbering": ("list", W + "num", W + "numId"),
    "comments": ("comment", W + "comment", ID),
}
PAIRS = {
    "bookmark": (START, END),
    "range of a comment": (W + "commentRangeStart", W + "commentRangeEnd"),
    "range of moved text": (W + "moveFromRangeStart", W + "moveFromRangeEnd"),
    "range that may be edited": (W + "permStart", W + "permEnd"),
}
STYLES = ("pStyle", "rStyle", "tblStyle")
HOLDERS = {
    "t": "r", "delText": "r", "instrText": "r", "delInstrText": "r",
    "r": "p hyperlink ins del moveFrom moveTo smartTag customXml sdtContent fldSimple dir bdo rt rubyBase",
    "p": "body tc txbxContent hdr ftr footnote endnote comment sdtContent customXml docPartBody",
    "tbl": "body tc txbxContent hdr ftr footnote endnote comment sdtContent customXml docPartBody",
    "tr": "tbl sdtContent customXml ins del", "tc": "tr sdtContent customXml",
}  # fmt: skip
"""Elements, and those that may hold them."""
NAMESPACES = {"w": WML, "mc": COMPATIBILITY}
OUT_OF_PLACE = etree.XPath(
    "|".join(
        f"//w:{name}[not(parent::mc:Choice{''.join(f' or parent::w:{each}' for each in holders.split())})]"
        for name, holders in HOLDERS.items()
    ),
    namespaces=NAMESPACES,
)
HOLDING_TEXT = etree.XPath(
    "//w:*[not(self::w:t or self::w:delText or self::w:instrText or self::w:delInstrText)][text()[normalize-space()]]",
    namespaces=NAMESPACES,
)
REFERENCES = (R_ID, f"{{{REL}}}embed", f"{{{REL}}}link", f"{{{REL}}}pict")


def check_unique_ids(file: WordFile) -> Iterator[Problem]:
    """Check that numbers in a part are unique.

    This covers bookmarks, tracked changes, paragraphs and pictures.
    """
    for sheet in file.sheets:
        for what, (tags, at) in UNIQUE.items():
            seen: set[str] = set()
            for node in sheet.root.iter(*tags):
                if (number := str(node.get(at) or "")) in seen:
                    yield file.fault("WD01", f"the number {number} of a {what} is used twice", sheet.inside(node))
                seen.update([number] if number else [])


def check_bookmark_names(file: WordFile) -> Iterator[Problem]:
    """Check that bookmark names are unique in the file."""
    seen: set[str] = set()
    for sheet in file.sheets:
        for node in sheet.root.iter(START):
            if (name := str(node.get(NAME)).casefold()) in seen:
                yield file.fault("WD01", f"two bookmarks are called “{node.get(NAME)}”", sheet.inside(node))
            seen.add(name)


def check_definitions(file: WordFile) -> Iterator[Problem]:
    """Check that each style, list and comment is defined once."""
    for kind, (what, tag, at) in DEFINED.items():
        for number, times in Counter(str(node.get(at)) for node in file.part(kind).iter(tag)).items():
            if times > 1:
                yield file.fault("WD01", f"the {what} “{number}” is defined {times} times", kind)


def check_ranges(file: WordFile) -> Iterator[Problem]:
    """Check that every range has a start and a later end."""
    for sheet in file.sheets:
        for what, (start, end) in PAIRS.items():
            open_: dict[str, Element] = {}
            for node in sheet.root.iter(start, end):
                number = str(node.get(ID))
                if node.tag == start:
                    open_[number] = node
                elif open_.pop(number, None) is None:
                    yield file.fault("WD02", f"a {what} ends but did not begin", sheet.inside(node))
            for node in open_.values():
                yield file.fault("WD02", f"a {what} begins but does not end", sheet.inside(node))


def check_field_ranges(file: WordFile) -> Iterator[Problem]:
    """Check that each field begins and ends in one part."""
    for sheet in file.sheets:
        depth = 0
        for node in sheet.root.iter(W + "fldChar"):
            kind = node.get(W + "fldCharType")
            depth += {"begin": 1, "end": -1}.get(str(kind), 0)
            if depth < 0:
                yield file.fault("WD02", "a field ends but did not begin", sheet.inside(node))
                depth = 0
        if depth:
            yield file.fault("WD02", "a field begins but does not end", sheet.inside())


def check_references(file: WordFile) -> Iterator[Problem]:
    """Check that all styles and lists in use are defined."""
    known = {str(node.get(W + "numId")) for node in file.part("numbering").iter(W + "num")} | {"0"}
    for sheet in file.sheets:
        for tag in STYLES:
            for node in sheet.root.iter(W + tag):
                if str(node.get(VAL)) not in file.styles:
                    yield file.fault("WD03", f"the style “{node.get(VAL)}” is not defined", sheet.inside(node))
        for node in sheet.root.iter(W + "numId"):
            if str(node.get(VAL)) not in known:
                yield file.fault("WD04", f"the list {node.get(VAL)} is not defined", sheet.inside(node))


def check_cells(file: WordFile) -> Iterator[Problem]:
    """Check that each table cell ends in a paragraph.

    The source is ECMA-376 part 1, 17.4.65.
    """
    for sheet in file.sheets:
        for cell in sheet.root.iter(TC):
            blocks = [child for child in cell if child.tag not in (END, START, W + "tcPr")]
            if not blocks or blocks[-1].tag not in (P, W + "sdt"):
                yield file.fault("WD05", "a table cell does not end in a paragraph", sheet.inside(cell))


def check_relationships(file: WordFile) -> Iterator[Problem]:
    """Check that all relationships in use lead to existing parts."""
    package = file.package
    for name in ("", *(sheet.name for sheet in file.sheets)):
        for rel in package.xml(get_rels_name(name) if name else ROOT_RELS, NO_RELS):
            target = resolve_target(rel, name)
            if rel.get("TargetMode") != "External" and target not in package.parts:
                yield file.fault("WD06", f"the part {target} is missing", name)
    for sheet in file.sheets:
        known = {rel.get("Id") for rel in package.xml(get_rels_name(sheet.name), NO_RELS)}
        for node in sheet.root.iter():
            for at in REFERENCES:
                if (used := node.get(at)) and used not in known:
                    yield file.fault("WD06", f"the relationship “{used}” is missing", sheet.inside(node))


def check_link_targets(file: WordFile) -> Iterator[Problem]:
    """Check that links within the file lead to existing bookmarks."""
    names = {node.get(NAME) for sheet in file.sheets for node in sheet.root.iter(START)} | {"_top"}
    for sheet in file.sheets:
        for node in sheet.root.iter(W + "hyperlink"):
            if (anchor := node.get(W + "anchor")) and not node.get(R_ID) and anchor not in names:
                yield file.fault("WD15", f"a link leads to “{anchor}”, which does not exist", sheet.inside(node))


def check_deleted_text(file: WordFile) -> Iterator[Problem]:
    """Check that deletions contain deleted text and nothing else does."""
    for sheet in file.sheets:
        for node in sheet.root.iter(W + "del"):
            if next(node.iter(T), None) is not None:
                yield file.fault("WD16", "ordinary text is inside a deletion", sheet.inside(node))
        for node in sheet.root.iter(W + "delText"):
            if not any(above.tag in (W + "del", W + "moveFrom") for above in node.iterancestors()):
                yield file.fault("WD16", "deleted text is not inside a deletion", sheet.inside(node))


def check_nesting(file: WordFile) -> Iterator[Problem]:
    """Check that text and its containers have valid parents.

    Containers are runs, paragraphs, rows and cells (ECMA-376 part 1, annex A).
    """
    for sheet in file.sheets:
        for node in cast("list[Element]", OUT_OF_PLACE(sheet.root)):
            message = f"the element “{etree.QName(node).localname}” is in a place where Word does not read it"
            yield file.fault("WD18", message, sheet.inside(node))
        for node in cast("list[Element]", HOLDING_TEXT(sheet.root)):
            message = f"text is in the element “{etree.QName(node).localname}”, where Word does not read it"
            yield file.fault("WD18", message, sheet.inside(node))


CHECKS = (
    check_unique_ids,
    check_bookmark_names,
    check_definitions,
    check_ranges,
    check_field_ranges,
    check_references,
    check_cells,
    check_relationships,
    check_link_targets,
    check_deleted_text,
    check_nesting,
)
