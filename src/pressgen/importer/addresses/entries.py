"""Readers out of the rows of a table: their names, and addresses as people type them into cells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pydantic import TypeAdapter, ValidationError

from pressgen.errors import Place, Problem
from pressgen.model.address import mailbox_of
from pressgen.model.office import Mailable
from pressgen.text.delimited import as_typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.importer.addresses.columns import Columns
    from pressgen.importer.addresses.table import Row, Table

NAMED: Final = re.compile(r"(?<![^<>])([^<>]*)<([^<>@]*@[^<>]*)>")
SEPARATOR: Final = re.compile(r"[;\n\r|]+")
BETWEEN: Final = re.compile(r"[,\s/]+")
AROUND: Final = "\"'‘’“”‚„«»‹›()[]<>,;:. "
"""Signs that people set round an address, or behind it."""
BEFORE: Final = "\"'‘’“”„«»,; "
"""Signs round a name that stands before an address."""
JOINERS: Final = "\u200c\u200d"
"""Characters that nobody sees and that names in Persian or in Indian scripts are spelled with."""
UNSEEN: Final = frozenset({"Cf", "Cc", "Zl", "Zp"})
_ADDRESS: Final = TypeAdapter(Mailable)


@dataclass(frozen=True, slots=True)
class Entry:
    """A reader as a file names them; `place` is where the address stands."""

    name: str
    outlet: str
    email: str
    place: Place
    id: str = ""


@dataclass(slots=True)
class Entries:
    """What a table gives.

    Attributes:
        readers: each mailbox once.
        bad: rows that give no address.
        remarks: what was read otherwise than it is typed, and what stands twice.
        rows: how many rows were read.
    """

    readers: list[Entry] = field(default_factory=list)
    bad: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    rows: int = 0


def read_entries(table: Table, columns: Columns) -> Entries:
    """Return the readers in the rows below the head."""
    found = Entries()
    first: dict[str, Entry] = {}
    below = table.rows.index(columns.head) + 1 if columns.head else 0
    for row in table.rows[below:]:
        found.rows += 1
        for entry in _of_row(table, columns, row, found):
            box = mailbox_of(entry.email)
            earlier = first.setdefault(box, entry)
            if earlier is not entry:
                found.remarks.append(f"{entry.place}: “{entry.email}” is there already, at {earlier.place}; taken once")
    found.readers = list(first.values())
    return found


def _of_row(table: Table, columns: Columns, row: Row, found: Entries) -> Iterator[Entry]:
    place = table.place(row, columns.email)
    typed = _cell(row, columns.email)
    cell, outlet = _visible(typed), _words(_cell(row, columns.outlet))
    name = " ".join(filter(None, (_words(_cell(row, each)) for each in columns.name)))
    if cell != typed.strip(" \t\r\n"):
        found.remarks.append(f"{place}: characters that nobody sees were taken out of the address")
    parts = list(_addresses(cell))
    if not parts:
        who = name or outlet
        said = f"“{cell}” is no e-mail address" if cell else f"no e-mail address{f' for “{who}”' if who else ''}"
        found.bad.append(Problem(code="I11", message=said, place=place))
    if len(parts) > 1:
        found.remarks.append(f"{place}: {len(parts)} addresses in one cell; each is taken")
    for called, address in parts:
        try:
            _ADDRESS.validate_python(address)
        except ValidationError:
            found.bad.append(Problem(code="I11", message=f"“{address}” is no e-mail address", place=place))
            continue
        if len(parts) == 1 and not called and address != cell:
            found.remarks.append(f"{place}: “{cell}” is read as {address}")
        own = (called or name) if len(parts) > 1 else (name or called)
        yield Entry(own or outlet or address, outlet, address, place, _words(_cell(row, columns.id)))


def _addresses(cell: str) -> Iterator[tuple[str, str]]:
    """The addresses in a cell, each with the name that stands before it."""
    for piece in SEPARATOR.split(cell):
        named = NAMED.findall(piece)
        if named:
            yield from ((_words(name.strip(BEFORE)), _bare(address)) for name, address in named)
        elif piece.count("@") > 1:
            yield from (("", _bare(each)) for each in BETWEEN.split(piece) if "@" in each)
        elif piece.strip(AROUND):
            yield "", _bare(piece)


def _bare(typed: str) -> str:
    """An address without `mailto:` and without signs round it."""
    address = typed.strip(AROUND)
    if address.lower().startswith("mailto:"):
        address = unquote(address[len("mailto:") :].partition("?")[0])
    return unicodedata.normalize("NFC", address.strip(AROUND))


def _visible(text: str) -> str:
    """A text without characters that nobody sees; a line break stays, since it parts two addresses."""
    kept = (char if char == "\n" or unicodedata.category(char) not in UNSEEN else "" for char in text)
    return "".join(" " if char != "\n" and char.isspace() else char for char in "".join(kept)).strip()


def _words(text: str) -> str:
    """A name on one line; what a spreadsheet kept from being calculated, as it was typed."""
    kept = (char for char in text if char in JOINERS or unicodedata.category(char) != "Cf")
    line = "".join(" " if unicodedata.category(char) in UNSEEN - {"Cf"} else char for char in kept)
    return unicodedata.normalize("NFC", as_typed(" ".join(line.split())))


def _cell(row: Row, column: int | None) -> str:
    return row.cells[column] if column is not None and column < len(row.cells) else ""
