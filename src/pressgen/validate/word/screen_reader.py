"""Check what screen readers need: headings, picture texts, header rows, title, language."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pressgen.word.names import DOC_PR, PPR, TBL, TC, TR, VAL, VML, P, W, read_int
from pressgen.word.styles import DEEPEST_OUTLINE, find_heading_level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.word.wordfile import TextPart, WordFile
    from pressgen.word.names import Element

DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
MARGINS = ("header", "footer")
FEWEST = 2
"""The fewest rows and columns of a data table."""
BORDERS, NO_LINE = (W + "tblBorders", W + "tcBorders"), ("nil", "none", None)
FIRST_ROW = f"{W}tblStylePr[@{W}type='firstRow']"
YES = {"1", "true", "on", None}


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
    """Check that each picture has alternative text or is decorative.

    A text box needs none: its words are read.
    """
    message = "a picture has no alternative text; write one, or mark it as decorative"
    for sheet in file.sheets:
        for node in sheet.root.iter(DOC_PR):
            decoration = next(node.iter(DECORATIVE), None)
            described = (node.get("descr") or "").strip() or (decoration is not None and decoration.get("val") in YES)
            if not described and not _is_text_box(node):
                yield file.fault("WD09", message, sheet.inside(node))
        for node in sheet.root.iter(VML + "imagedata"):
            shape = node.getparent()
            if shape is None or not (shape.get("alt") or "").strip():
                yield file.fault("WD09", message, sheet.inside(node))


def _is_text_box(about: Element) -> bool:
    """Return whether a drawing is a text box without a picture."""
    drawing = about.getparent()
    if drawing is None or next(drawing.iter("{*}blip"), None) is not None:
        return False
    return next(drawing.iter(W + "txbxContent"), None) is not None


def check_table_headers(file: WordFile) -> Iterator[Problem]:
    """Check that each data table has a header row."""
    for sheet in file.sheets:
        for table in sheet.root.iter(TBL):
            rows = table.findall(TR)
            header = rows[0].find(f"{W}trPr/{W}tblHeader") if rows else None
            if (header is None or header.get(VAL) not in YES) and not _is_layout_table(table, sheet, file):
                message = (
                    "a table has no header row; let its first row repeat as header row, or take its borders away if"
                    " it only arranges text"
                )
                yield file.fault("WD10", message, sheet.inside(table))


def _is_layout_table(table: Element, sheet: TextPart, file: WordFile) -> bool:
    """Return whether a table only arranges text.

    It does in a header or footer; with a single row or column; with a table or a heading in it; and where neither it
    nor its style draws a line or distinguishes a first row.
    """
    rows = table.findall(TR)
    if sheet.title.endswith(MARGINS) or len(rows) < FEWEST or max(len(row.findall(TC)) for row in rows) < FEWEST:
        return True
    if next(table.iterdescendants(TBL), None) is not None:
        return True
    if any(_find_heading_level(paragraph, file) for paragraph in table.iter(P)):
        return True
    style = table.find(f"{W}tblPr/{W}tblStyle")
    dressed = [table, *([] if style is None else file.lineage(str(style.get(VAL))))]
    return not any(_draws_lines(node) or node.find(FIRST_ROW) is not None for node in dressed)


def _draws_lines(node: Element) -> bool:
    """Return whether a table or a style of tables has borders."""
    return any(line.get(VAL) not in NO_LINE for borders in node.iter(*BORDERS) for line in borders)


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
    own = read_int(paragraph.find(f"{PPR}/{W}outlineLvl"), VAL)
    if own is not None:
        return own + 1 if 0 <= own <= DEEPEST_OUTLINE else 0
    style = paragraph.find(f"{PPR}/{W}pStyle")
    return 0 if style is None else find_heading_level(file.lineage(str(style.get(VAL))))


def _has_text(paragraph: Element) -> bool:
    return any(str(node.text or "").strip() for node in paragraph.iter(W + "t"))


CHECKS = (check_heading_levels, check_pictures, check_table_headers, check_title, check_language)
