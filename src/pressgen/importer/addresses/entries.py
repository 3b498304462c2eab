"""Read readers from the rows of a table.

Each has a name and an address, as people type them into cells.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pydantic import TypeAdapter, ValidationError

from pressgen.errors import Place, Problem
from pressgen.model.address import normalise_mailbox
from pressgen.model.office import Mailable
from pressgen.text.csv_text import unescape_formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.importer.addresses.columns import ColumnRoles
    from pressgen.importer.addresses.table import AddressRow, AddressTable

NAMED: Final = re.compile(r"(?<![^<>])([^<>]*)<([^<>@]*@[^<>]*)>")
SEPARATOR: Final = re.compile(r"[;\n\r|]+")
BETWEEN: Final = re.compile(r"[,\s/]+")
AROUND: Final = "\"'‘’“”‚„«»‹›()[]<>,;:. "
"""Signs that people type around an address, or after it."""
BEFORE: Final = "\"'‘’“”„«»,; "
"""Signs around a name before an address."""
JOINERS: Final = "\u200c\u200d"
"""Invisible characters that are needed to spell names in Persian or in Indian scripts."""
UNSEEN: Final = frozenset({"Cf", "Cc", "Zl", "Zp"})
_ADDRESS: Final = TypeAdapter(Mailable)


@dataclass(frozen=True, slots=True)
class AddressEntry:
    """A reader as a file names them.

    `place` is the place of the address.
    """

    name: str
    outlet: str
    email: str
    place: Place
    id: str = ""


@dataclass(slots=True)
class AddressEntries:
    """The readers in a table, with bad rows and remarks.

    Attributes:
        readers: each mailbox once.
        bad: rows that give no address.
        remarks: what was read in another form than it was typed, and duplicates.
        rows: how many rows were read.
    """

    readers: list[AddressEntry] = field(default_factory=list)
    bad: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    rows: int = 0


def read_entries(table: AddressTable, columns: ColumnRoles) -> AddressEntries:
    """Read the readers from the rows below the headings."""
    found = AddressEntries()
    first: dict[str, AddressEntry] = {}
    below = table.rows.index(columns.head) + 1 if columns.head else 0
    for row in table.rows[below:]:
        found.rows += 1
        for entry in _read_row(table, columns, row, found):
            box = normalise_mailbox(entry.email)
            earlier = first.setdefault(box, entry)
            if earlier is not entry:
                found.remarks.append(f"{entry.place}: “{entry.email}” is already there, at {earlier.place}; used once")
    found.readers = list(first.values())
    return found


def _read_row(
    table: AddressTable, columns: ColumnRoles, row: AddressRow, found: AddressEntries
) -> Iterator[AddressEntry]:
    place = table.place(row, columns.email)
    typed = _cell(row, columns.email)
    cell, outlet = _drop_invisible(typed), _clean_name(_cell(row, columns.outlet))
    name = " ".join(filter(None, (_clean_name(_cell(row, each)) for each in columns.name)))
    if cell != typed.strip(" \t\r\n"):
        found.remarks.append(f"{place}: invisible characters were removed from the address")
    parts = list(_split_addresses(cell))
    if not parts:
        who = name or outlet
        said = f"“{cell}” is not an e-mail address" if cell else f"no e-mail address{f' for “{who}”' if who else ''}"
        found.bad.append(Problem(code="I11", message=said, place=place))
    if len(parts) > 1:
        found.remarks.append(f"{place}: {len(parts)} addresses in one cell; all are used")
    for called, address in parts:
        try:
            _ADDRESS.validate_python(address)
        except ValidationError:
            found.bad.append(Problem(code="I11", message=f"“{address}” is not an e-mail address", place=place))
            continue
        if len(parts) == 1 and not called and address != cell:
            found.remarks.append(f"{place}: “{cell}” is read as {address}")
        own = (called or name) if len(parts) > 1 else (name or called)
        yield AddressEntry(own or outlet or address, outlet, address, place, _clean_name(_cell(row, columns.id)))


def _split_addresses(cell: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses in a cell, each with its name.

    The name comes before the address.
    """
    for piece in SEPARATOR.split(cell):
        named = NAMED.findall(piece)
        if named:
            yield from ((_clean_name(name.strip(BEFORE)), _strip_address(address)) for name, address in named)
        elif piece.count("@") > 1:
            yield from (("", _strip_address(each)) for each in BETWEEN.split(piece) if "@" in each)
        elif piece.strip(AROUND):
            yield "", _strip_address(piece)


def _strip_address(typed: str) -> str:
    """Return an address without `mailto:` and surrounding signs."""
    address = typed.strip(AROUND)
    if address.lower().startswith("mailto:"):
        address = unquote(address[len("mailto:") :].partition("?")[0])
    return unicodedata.normalize("NFC", address.strip(AROUND))


def _drop_invisible(text: str) -> str:
    """Return a text without invisible characters.

    Line breaks stay, since they separate two addresses.
    """
    kept = (char if char == "\n" or unicodedata.category(char) not in UNSEEN else "" for char in text)
    return "".join(" " if char != "\n" and char.isspace() else char for char in "".join(kept)).strip()


def _clean_name(text: str) -> str:
    """Return a name on one line.

    An apostrophe against calculation by a spreadsheet is removed.
    """
    kept = (char for char in text if char in JOINERS or unicodedata.category(char) != "Cf")
    line = "".join(" " if unicodedata.category(char) in UNSEEN - {"Cf"} else char for char in kept)
    return unicodedata.normalize("NFC", unescape_formula(" ".join(line.split())))


def _cell(row: AddressRow, column: int | None) -> str:
    return row.cells[column] if column is not None and column < len(row.cells) else ""
