"""Read delimited text from Excel and address books.

It may have any delimiter, and any of the encodings that they use.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from pressgen.importer.addresses.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    AddressRow,
    AddressTable,
    make_refusal,
)
from pressgen.text.csv_text import read_rows

DELIMITERS: Final = ",;\t|"
SAMPLE: Final = 50
"""Lines from which the delimiter is guessed."""
DECLARED: Final = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
"""The first line that tells Excel the delimiter."""
MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_delimited(data: bytes, file: str) -> list[AddressTable]:
    """Read the table in a delimited text, with remarks on guesses.

    Raises:
        InputError: it is not text, or has too many rows or a quotation mark that is never closed.
    """
    text, remarks = _decode(data, file)
    declared = DECLARED.match(text)
    delimiter = declared[1] if declared else _find_delimiter(text)
    skip = declared.end() if declared else 0
    lines = (0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text)))
    rows: list[AddressRow] = []
    for number, cells in enumerate(read_rows(text[skip:], delimiter), 1):
        if not all(cell.closed for cell in cells):
            start = cells[-1].start + skip
            line = sum(1 for each in lines if each <= start)
            raise make_refusal(
                file, f"line {line}: a quotation mark is opened but never closed; close it, or delete it"
            )
        if len(rows) > MOST_ROWS:
            raise make_refusal(file, f"has more than {MOST_ROWS:,} rows; split the file")
        if any(cell.text.strip() for cell in cells):
            kept = cells[:MOST_COLUMNS]
            texts = tuple(cell.text[:LONGEST_CELL] for cell in kept)
            rows.append(AddressRow(number, texts, tuple(cell.start + skip for cell in kept)))
    return [AddressTable(file, "", tuple(rows), tuple(remarks), lines)] if rows else []


def _decode(data: bytes, file: str) -> tuple[str, list[str]]:
    """Return the characters of a file, and remarks on its encoding."""
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), None)
    if encoding is None and b"\0" in data[:4096]:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        text = data.decode(encoding or "utf-8")
        if "\0" in text:
            raise make_refusal(file, "is not text; save it as CSV or as .xlsx")
        return text, []  # noqa: TRY300 - one line
    except UnicodeDecodeError:
        if encoding is not None:
            raise make_refusal(file, f"is not text in {encoding}; save it as CSV (UTF-8)") from None
    try:
        guess = "was read as Windows-1252, which Excel writes in Western Europe: check that accents in names look right"
        return data.decode("cp1252"), [guess]
    except UnicodeDecodeError:
        raise make_refusal(file, "is text in an unknown encoding; save it as CSV (UTF-8)") from None


def _find_delimiter(text: str) -> str:
    """Find the most consistent delimiter of the first lines.

    It cuts them into the same number of columns most often.
    """
    head = "".join(text.splitlines(keepends=True)[:SAMPLE])

    def fits(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in read_rows(head, delimiter)]
        wide = [each for each in widths if each > 1]
        most = max(wide, key=wide.count, default=1)
        return wide.count(most), most

    return max(DELIMITERS, key=fits)
