"""A mailing list in its own file, one line for each recipient.

The columns are `id,name,outlet,email`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from pressgen.errors import InputError, Place, Problem
from pressgen.load.characters import read_text
from pressgen.load.faults import make_problem
from pressgen.load.schema import AN_ID, FORMS, NO_LINE
from pressgen.model.address import normalise_mailbox
from pressgen.model.office import Recipient
from pressgen.text.csv_text import escape_formula, read_rows, unescape_formula, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.load.line_columns import Lines
    from pressgen.text.csv_text import CsvCell

COLUMNS: Final = ("id", "name", "outlet", "email")
LARGEST: Final = 32 * 1024 * 1024
MOST: Final = 100_000
"""The most recipients of one list."""
SHOWN: Final = 20
"""Faults of one file that are shown."""
MISSING: Final = "is missing: write the four columns id,name,outlet,email; only the outlet may be empty"


def read_list_file(data: bytes, shown: str) -> tuple[list[Recipient], list[Problem]]:
    """Read the recipients of a list's file, and find its problems.

    Each problem is placed at `shown`:line:column.
    """
    try:
        lines, problems = read_text(data, shown, LARGEST)
    except InputError as refusal:
        return [], list(refusal.problems)
    rows = [row for row in read_rows(lines.text) if any(cell.text.strip() for cell in row)]
    header = tuple(cell.text.strip().lower() for cell in rows[0]) if rows else ()
    if header != COLUMNS:
        message = "the first line of a list is “id,name,outlet,email”; pressgen lists import writes such a file"
        return [], [*problems, make_problem("O13", message, Place(shown, 1, 1))]
    if len(rows) > MOST + 1:
        message = f"a list has at most {MOST:,} recipients, but this one has {len(rows) - 1:,}"
        return [], [make_problem("O13", message, lines.place(rows[MOST + 1][0].start))]
    if len(rows) == 1:
        return [], [
            make_problem("O13", "the list has no recipient; add a line, or delete the list", Place(shown, 1, 1))
        ]
    found, faults = _recipients(rows[1:], lines)
    return found, [*problems, *faults[:SHOWN]]


def write_list_file(recipients: Iterable[Recipient]) -> bytes:
    """Return the file of these recipients.

    An apostrophe keeps text that a spreadsheet would calculate.
    """
    rows = ((each.id, each.name, each.outlet or "", each.email) for each in recipients)
    return write_rows([COLUMNS, *([escape_formula(value) for value in row] for row in rows)]).encode()


def _recipients(rows: Sequence[Sequence[CsvCell]], lines: Lines) -> tuple[list[Recipient], list[Problem]]:
    found: list[Recipient] = []
    problems: list[Problem] = []
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        at = [lines.place(cell.start) for cell in row]
        if wrong := _explain_malformed(row):
            problems.append(make_problem("O14", wrong, at[0]))
            continue
        values = [unescape_formula(cell.text.strip()) for cell in row]
        fields = {name: value for name, value in zip(COLUMNS, values, strict=True) if value}
        try:
            found.append(Recipient.model_validate(fields))
        except ValidationError as error:
            problems += _find_faults(error, fields, at)
            continue
        for name, key in (("id", found[-1].id), ("email", normalise_mailbox(found[-1].email))):
            line = first.setdefault((name, key), at[0].line)
            if line != at[0].line:
                place = at[COLUMNS.index(name)]
                problems.append(make_problem("O08", f"“{fields[name]}” is on this list already, in line {line}", place))
    return found, problems


def _explain_malformed(row: Sequence[CsvCell]) -> str:
    if not all(cell.closed for cell in row):
        return "a quotation mark is opened but never closed; to write a quotation mark as text, type it twice"
    if len(row) != len(COLUMNS):
        return f"the line has {len(row)} columns, but a list has 4: id,name,outlet,email; put “…” round a comma"
    return ""


def _find_faults(error: ValidationError, fields: dict[str, str], at: Sequence[Place]) -> Iterator[Problem]:
    for each in error.errors():
        name = str(each["loc"][0])
        place = at[COLUMNS.index(name)]
        if each["type"] == "missing":
            yield make_problem("O14", f"“{name}” {MISSING}", place)
        else:
            form = {"id": AN_ID, "email": FORMS["email"]}.get(name, NO_LINE)
            yield make_problem("O14", f"“{fields[name]}” is {form}", place)
