"""A person who works on a Word file: with python-docx, or (`libreoffice_saves.py`) in LibreOffice itself."""

from __future__ import annotations

import io
import re
from collections import Counter
from copy import deepcopy
from pathlib import Path
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from saves.edits import Edit, plain

TEXT = re.compile(r"<w:(?:p|tab|br|cr)(?:\s[^>]*)?/?>|<w:t(?:\s[^>]*)?>([^<]*)</w:t>|<w:noBreakHyphen/>")
WORD = re.compile(r"\w+")


def read(data: bytes) -> tuple[list[str], list[list[list[str]]]]:
    """The paragraphs of the body outside tables, and the cells of its tables."""
    document = Document(io.BytesIO(data))
    tables = [[[plain(cell.text) for cell in row.cells] for row in each.rows] for each in document.tables]
    return [each.text for each in document.paragraphs], tables


def count_words(data: bytes) -> Counter[str]:
    """How often each word is in a Word file, read as characters between tags."""
    with ZipFile(io.BytesIO(data)) as archive:
        names = [
            name for name in archive.namelist() if re.fullmatch(r"word/(?:document\d*|footnotes|endnotes)\.xml", name)
        ]
        marked = "\n".join(archive.read(name).decode() for name in names)
    marked = re.sub(r"(?s)<mc:Fallback>.*?</mc:Fallback>", "", marked)
    text = "".join(
        found[1] if found[1] is not None else "-" if "Hyphen" in found[0] else "\n" for found in TEXT.finditer(marked)
    )
    for name, sign in {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}.items():
        text = text.replace(name, sign)
    return Counter(WORD.findall(text))


def add_table(data: bytes, behind: str, number: int) -> bytes:
    """The file with a table of three columns after a paragraph."""
    document = Document(io.BytesIO(data))
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate(
        [("Area", "Before", "After"), (f"North {number}", "good", "fair"), ("South", "poor", "good")]
    ):
        for cell, text in zip(table.rows[row].cells, cells, strict=True):
            cell.text = text
    _find(document, behind)._p.addnext(table._tbl)
    return _save(document)


def work(data: bytes, edit: Edit) -> bytes:
    """The file after an edit."""
    document = Document(io.BytesIO(data))
    match edit.kind:
        case "type" | "figure":
            _replace(_find(document, edit.paragraph), edit)
        case "move":
            _find(document, edit.goal)._p.addnext(_find(document, edit.paragraph)._p)
        case "quote":
            after = _find(document, edit.paragraph)
            made = deepcopy(after._p)
            after._p.addnext(made)
            new = Paragraph(made, after._parent)
            for run in list(made)[1 if made.pPr is not None else 0 :]:
                made.remove(run)
            new.add_run(edit.words)
        case "row":
            table = next(
                each for each in document.tables if plain(each.rows[-1].cells[0].text) == plain(edit.paragraph)
            )
            for cell, text in zip(table.add_row().cells, edit.words.split("\t"), strict=True):
                cell.text = text
    return _save(document)


def _find(document: WordDocument, text: str) -> Paragraph:
    return next(each for each in document.paragraphs if each.text == text)


def _replace(paragraph: Paragraph, edit: Edit) -> None:
    """Type into the run that has the place, and take out what is replaced wherever it is."""
    at, typed = 0, False
    for node in paragraph._p.xpath(".//w:t[not(ancestor::w:del)] | .//w:tab | .//w:br | .//w:cr | .//w:noBreakHyphen"):
        length = len(node.text or "") if node.tag.endswith("}t") else 1
        start, end = max(edit.start - at, 0), min(edit.end - at, length)
        here = at <= edit.start <= at + length and not typed and node.tag.endswith("}t")
        if node.tag.endswith("}t") and (here or start < end):
            text = node.text or ""
            node.text = text[:start] + (edit.words if here else "") + text[max(end, start) :]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            typed = typed or here
        at += length
    if not typed:
        raise AssertionError(edit)


def _save(document: WordDocument) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word_files(*folders: Path) -> list[Path]:
    """The Word files in folders."""
    return sorted(
        each
        for folder in folders
        if folder.is_dir()
        for each in folder.glob("*.docx")
        if not each.name.startswith("~$")
    )
