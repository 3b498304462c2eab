"""Check what screen readers need: headings, picture texts, header rows, title, language."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pressgen.word.names import DOC_PR, PPR, TBL, TR, VAL, P, W, read_int

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.word.wordfile import WordFile
    from pressgen.word.names import Element

DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
YES = {"1", "true", "on", None}
DEEPEST_HEADING = 8
"""The deepest outline level of a heading. Levels count from 0; Word uses 9 for body text."""


def check_heading_levels(file: WordFile) -> Iterator[Problem]:
    """Check for one level-1 heading and no skipped levels."""
    found = [
        (node, level)
        for node in file.body.root.iter(P)
        if (level := _find_heading_level(node, file)) and _has_text(node)
    ]
    first = [node for node, level in found if level == 1]
    if not first:
        yield file.fault("WD07", "has no heading of the first level; give the headline the style Heading 1", "body")
    for node in first[1:]:
        yield file.fault("WD07", "is a second heading of the first level; make it Heading 2", file.body.inside(node))
    for (_, before), (node, level) in pairwise(found):
        if level > before + 1:
            message = f"a heading of level {level} follows one of level {before}; no level may be skipped"
            yield file.fault("WD08", message, file.body.inside(node))


def check_pictures(file: WordFile) -> Iterator[Problem]:
    """Check that each picture has alternative text or is decorative."""
    for sheet in file.sheets:
        for node in sheet.root.iter(DOC_PR):
            decoration = next(node.iter(DECORATIVE), None)
            if not (node.get("descr") or "").strip() and (decoration is None or decoration.get("val") not in YES):
                message = "a picture has no alternative text; write one, or mark it as decorative"
                yield file.fault("WD09", message, sheet.inside(node))


def check_table_headers(file: WordFile) -> Iterator[Problem]:
    """Check that each data table has a header row.

    A table with a single row is layout.
    """
    for sheet in file.sheets:
        for table in sheet.root.iter(TBL):
            rows = table.findall(TR)
            header = rows[0].find(f"{W}trPr/{W}tblHeader") if rows else None
            if len(rows) > 1 and (header is None or header.get(VAL) not in YES):
                message = "a table has no header row; let its first row repeat as header row"
                yield file.fault("WD10", message, sheet.inside(table))


def check_title(file: WordFile) -> Iterator[Problem]:
    """Check that the properties contain a title."""
    core = file.package.related("").get("core-properties", "")
    root = file.package.xml(core, b"<none/>")
    if not "".join(str(node.text or "") for node in root.iter(DC_TITLE)).strip():
        yield file.fault("WD11", "has no title; write one in File, Info, Title", "properties")


def check_language(file: WordFile) -> Iterator[Problem]:
    """Check that the text has a language, by default or by style."""
    standard = file.part("styles").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    normal = next(
        (node for node in file.styles.values() if node.get(W + "default") and node.get(W + "type") == "paragraph"), None
    )
    own = None if normal is None else normal.find(f"{W}rPr/{W}lang")
    if not any(node is not None and node.get(VAL) for node in (standard, own)):
        yield file.fault("WD12", "does not say its language; set the proofing language of the whole text", "styles")


def _find_heading_level(paragraph: Element, file: WordFile) -> int:
    """Return the level of a heading, or 0 for other paragraphs."""
    own = paragraph.find(f"{PPR}/{W}outlineLvl")
    style = paragraph.find(f"{PPR}/{W}pStyle")
    lineage = [] if style is None else [each.find(f"{PPR}/{W}outlineLvl") for each in file.lineage(str(style.get(VAL)))]
    for node in (own, *lineage):
        if (level := read_int(node, VAL)) is not None:
            return level + 1 if 0 <= level <= DEEPEST_HEADING else 0
    return 0


def _has_text(paragraph: Element) -> bool:
    return any(str(node.text or "").strip() for node in paragraph.iter(W + "t"))


CHECKS = (check_heading_levels, check_pictures, check_table_headers, check_title, check_language)
