"""Read the sheets of an Excel workbook (.xlsx, .xlsm).

Only the values that cells show are read; nothing is calculated or run.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pressgen.importer.addresses.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    AddressRow,
    AddressTable,
    make_refusal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

warnings.filterwarnings("ignore", module=r"openpyxl\.")  # of styles and extensions, which are not needed here

LARGEST: Final = 128 * 1024 * 1024
"""The most bytes of all parts unpacked: 100,000 rows have about 40 MB."""
LARGEST_TEXTS: Final = 48 * 1024 * 1024
"""The most bytes of the texts that cells share, which are held in memory."""
LAST_ROW: Final = 1_048_576
"""The last row that Excel knows."""
MOST_PARTS: Final = 2_000
DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
HIDDEN: Final = re.compile(rb"<row\b[^>]*\shidden=[\"'](?:1|true)[\"']")
EMPTY_FORMULA: Final = re.compile(rb"(?:</f>|<f\b[^>]*/>)(?:<v\s*/>|<v></v>)?</c>")
CELL: Final = re.compile(rb"<c\b[^>]*?\sr=[\"']([A-Z]{1,3}\d{1,7})[\"']")
SHOWN: Final = 5
"""Cells that a remark names; of the others it gives the number."""
BROKEN: Final = (
    "cannot be read as an Excel workbook; save it again in Excel as “Excel Workbook (.xlsx)”, without a password"
)


def read_workbook(data: bytes, file: str) -> list[AddressTable]:
    """Return the visible sheets of a workbook that have content.

    Raises:
        InputError: it is not a workbook, or unpacks to more than a list of readers needs.
    """
    hidden_rows, unvalued = _check_archive(data, file)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
        tables = [
            AddressTable(
                file, f"sheet “{each.title}”", tuple(_rows(each, file)), _describe_uncalculated(each, unvalued)
            )
            for each in sheets
        ]
    except _FAULTS as error:
        raise make_refusal(file, BROKEN) from error
    hidden = [each.title for each in book.worksheets if each.sheet_state != "visible"]
    remarks = [f"the hidden sheet “{each}” was not read" for each in hidden]
    if hidden_rows:
        rows = "1 hidden or filtered row was" if hidden_rows == 1 else f"{hidden_rows} hidden or filtered rows were"
        remarks.append(f"{rows} read like all other rows")
    return [replace(each, remarks=(*remarks, *each.remarks)) for each in tables if each.rows]


def _describe_uncalculated(worksheet: object, unvalued: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Describe the cells of a sheet with a formula but no value.

    Return nothing where there are none.
    """
    cells = unvalued.get(str(getattr(worksheet, "_worksheet_path", "")).lstrip("/"), ())
    if not cells:
        return ()
    named = ", ".join(cells[:SHOWN]) + (f" and {len(cells) - SHOWN} more" if len(cells) > SHOWN else "")
    noun, has, was = ("formula", "has", "was") if len(cells) == 1 else ("formulas", "have", "were")
    what = f"the {noun} in {named} {has} no value yet and {was} read as empty"
    return (f"{what}: open the file in Excel, save it, and import it again",)


_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, SyntaxError, AssertionError, RuntimeError, MemoryError),
)
"""Errors that openpyxl and the XML parser raise on a broken file: an unknown encoding is a LookupError, a number
that is too large an ArithmeticError, XML that is not well-formed a SyntaxError, and too deep nesting a RuntimeError."""


def _check_archive(data: bytes, file: str) -> tuple[int, dict[str, list[str]]]:
    """Check that the workbook unpacks to a safe size without entities.

    Returns: how many rows are hidden, and by the path of each sheet the cells that have a formula without a value.
    """
    hidden, unvalued = 0, dict[str, list[str]]()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(each.file_size for each in entries) > LARGEST:
                message = f"unpacks to more than {LARGEST // 1024 // 1024} MB; save the sheet with the addresses alone"
                raise make_refusal(file, message)
            for entry in entries:
                if entry.filename.endswith("sharedStrings.xml") and entry.file_size > LARGEST_TEXTS:
                    raise make_refusal(file, "contains too much text; save the sheet with the addresses alone")
                if not entry.filename.endswith((".xml", ".rels")):
                    continue
                part = archive.read(entry)
                if DOCTYPE.search(part) or part.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise make_refusal(file, BROKEN)
                if entry.filename.startswith("xl/worksheets/"):
                    hidden += sum(1 for _ in HIDDEN.finditer(part))
                    unvalued[entry.filename] = list(_find_uncalculated(part))
    except _FAULTS as error:
        raise make_refusal(file, BROKEN) from error
    return hidden, unvalued


def _find_uncalculated(part: bytes) -> Iterator[str]:
    """Find the cells of a sheet with a formula but no value.

    For example `B4`; a cell without a name is called `?`.
    """
    for empty in EMPTY_FORMULA.finditer(part):
        cell = CELL.match(part, part.rfind(b"<c", 0, empty.start()))
        yield cell[1].decode() if cell else "?"


def _rows(worksheet: object, file: str) -> Iterator[AddressRow]:
    worksheet.reset_dimensions()  # type: ignore[attr-defined]  # the size in the file may be wrong
    rows = worksheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    found = 0
    for number, values in enumerate(rows, 1):
        width = next((at for at in range(len(values), 0, -1) if values[at - 1] is not None), 0)
        if not width:  # as in rows that the file does not have
            continue
        found += 1
        if found > MOST_ROWS + 1:
            raise make_refusal(file, f"has more than {MOST_ROWS:,} rows; split the file")
        yield AddressRow(number, tuple(map(_format_cell, values[:width])))


def _format_cell(value: object) -> str:
    """Return roughly the text that a cell shows.

    Figures come without “.0”, dates as ISO 8601.
    """
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return f"{value:.0f}"
        case datetime():
            return value.isoformat(" ", "minutes")
        case _:
            return str(value)[:LONGEST_CELL]
