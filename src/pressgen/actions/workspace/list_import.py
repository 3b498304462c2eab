"""Update a mailing list from another program's file.

Show the changes, then write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pressgen.actions.workspace.list_files import ListUpdate, write_lists
from pressgen.actions.workspace.office import FILE, has_ledger, load_office, open_ledger
from pressgen.actions.workspace.read_files import read_file_argument
from pressgen.actions.workspace.reader_addresses import read_redirects
from pressgen.errors import InputError, Place, Problem, UsageError, guard_file
from pressgen.importer.addresses.columns import guess_columns, parse_columns
from pressgen.importer.addresses.entries import read_entries
from pressgen.importer.people import make_slug
from pressgen.model.address import normalise_mailbox
from pressgen.model.office import Recipient
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.importer.addresses.columns import ColumnRoles
    from pressgen.importer.addresses.entries import AddressEntries, AddressEntry
    from pressgen.importer.addresses.table import AddressTable
    from pressgen.model.office import Office
    from pressgen.model.readers import Redirects

LONGEST_ID: Final = 34
"""The most characters of a generated id; a number may follow."""
ENDINGS: Final = {".xlsx": "workbook", ".xlsm": "workbook", ".csv": "text", ".tsv": "text", ".txt": "text",
                  ".vcf": "cards", ".vcard": "cards"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImportRequest:
    """Which mailing list to import, and how its file is read.

    Attributes:
        name: the list's id; None to take the file's name.
        audience: of a new list; None where nobody said.
        columns: as for `parse_columns`; None to guess.
        sheet: of a workbook; None for the only one that has addresses.
        remove_missing: whether people who are not in the file leave the list.
    """

    name: str | None = None
    audience: str | None = None
    columns: str | None = None
    sheet: str | None = None
    remove_missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImportPlan:
    """What an import would change on a mailing list.

    Attributes:
        name: the list's id.
        change: what would be written; None where nothing changes.
        table: the rows of the file.
        entries: the readers in it, and problems of other rows.
        added: new recipients.
        changed: recipients before and after the change.
        missing: people on the list who are not in the file.
        moved: for each added one, a missing one of the same name: perhaps a new address.
    """

    name: str
    change: ListUpdate | None
    table: AddressTable
    columns: ColumnRoles
    entries: AddressEntries
    added: list[Recipient] = field(default_factory=list)
    changed: list[tuple[Recipient, Recipient]] = field(default_factory=list)
    missing: list[Recipient] = field(default_factory=list)
    moved: list[tuple[Recipient, Recipient]] = field(default_factory=list)
    same: int = 0


def plan_list_import(workspace: Workspace, path: Path, order: ListImportRequest) -> ListImportPlan:
    """Compare a file with a mailing list, without writing anything.

    Args:
        workspace: the office's.
        path: of the file: .xlsx, .csv or .vcf.
        order: which list, and how the file is read.

    Raises:
        InputError: the file cannot be read, or has no addresses; or the list in the office's file is at fault.
        UsageError: the list is new and has no audience, or a column or a sheet is missing.
    """
    office = load_office(workspace)
    name = order.name or _create_id(path.stem)
    if name not in office.lists:
        office.need("lists")
    known = office.lists.get(name)
    if known is None and order.audience is None:
        others = f"; to update an existing list, name it with --list: {', '.join(office.lists)}"
        other = suggest_name(name, office.lists) or (others if office.lists else "")
        raise UsageError(
            f"there is no list “{name}” yet; to create it, say who it is for: add --audience press or --audience"
            f" named{other}"
        )
    if known and order.audience not in {None, known.audience}:
        raise UsageError(f"the list “{name}” is for audience: {known.audience}; change that in {FILE}")
    data = read_file_argument(path, str(path))
    with guard_file(str(path)):
        table, columns = _choose_table(data, path, order)
        entries = read_entries(table, columns)
    if has_ledger(workspace):
        with open_ledger(workspace) as ledger:
            _apply_redirects(entries, read_redirects(ledger))
    there = known.recipients if known else ()
    blank = ListImportPlan(name=name, change=None, table=table, columns=columns, entries=entries)
    plan = _compare_with_list(blank, _IdAllocator.of(office), there)
    kept = () if order.remove_missing else plan.missing
    by_box = {normalise_mailbox(old.email): new for old, new in plan.changed}
    gone = {normalise_mailbox(each.email) for each in plan.missing} - {normalise_mailbox(each.email) for each in kept}
    after = [
        by_box.get(normalise_mailbox(each.email), each) for each in there if normalise_mailbox(each.email) not in gone
    ]
    after += plan.added
    change = None
    if tuple(after) != there:
        change = ListUpdate(name=name, recipients=tuple(after), audience=order.audience if known is None else None)
    return replace(plan, change=change)


def apply_list_import(workspace: Workspace, plan: ListImportPlan) -> list[str]:
    """Write the planned import; return the names of the written files.

    Raises:
        InputError: somebody changed the list meanwhile, or a file cannot be written; nothing was written.
    """
    return write_lists(workspace, [plan.change]) if plan.change else []


def _choose_table(data: bytes, path: Path, order: ListImportRequest) -> tuple[AddressTable, ColumnRoles]:
    """Return the table of a file that has addresses, and its columns."""
    tables = _read_tables(data, path)
    if order.sheet is not None:
        named = [each for each in tables if each.part == f"sheet “{order.sheet}”"]
        if not named:
            raise UsageError(f"{path} has no sheet “{order.sheet}” with anything in it{_format_sheet_names(tables)}")
        tables = named
    if order.columns is not None and len(tables) == 1:
        return tables[0], parse_columns(tables[0], order.columns)
    found = [(each, columns) for each in tables if (columns := guess_columns(each)) is not None]
    if not found:
        message = "no column holds e-mail addresses; say which one does with --columns email=E,name=B"
        raise InputError([Problem(code="I12", message=message, place=Place(str(path)))])
    if len(found) > 1:
        raise UsageError(
            f"{path} has addresses in {len(found)} sheets; choose one with --sheet{_format_sheet_names(tables)}"
        )
    table, columns = found[0]
    return table, parse_columns(table, order.columns) if order.columns is not None else columns


def _read_tables(data: bytes, path: Path) -> list[AddressTable]:
    from pressgen.importer.addresses import cards, plain, workbook

    kind = ENDINGS.get(path.suffix.lower())
    if data.startswith(b"PK\x03\x04") and kind in {"workbook", "text"}:
        return workbook.read_workbook(data, str(path))
    match kind:
        case "text":
            return plain.read_delimited(data, str(path))
        case "cards":
            return cards.read_cards(data, str(path))
        case _:
            message = "is no Excel workbook (.xlsx), CSV or vCard; save it as one of them"
            raise InputError([Problem(code="I10", message=message, place=Place(str(path)))])


def _format_sheet_names(tables: list[AddressTable]) -> str:
    return f": {', '.join(each.part.removeprefix('sheet ') for each in tables)}" if tables else ""


def _apply_redirects(entries: AddressEntries, redirects: Redirects) -> None:
    """Apply changed addresses, and drop readers who were forgotten.

    The file of another program may say the old address for years: it means the same reader.
    """
    found: dict[str, AddressEntry] = {}
    for each in entries.readers:
        now = redirects.address_for(each.email)
        if now is None:
            entries.remarks.append(f"{each.place}: {each.email} was forgotten on request, and is not added")
            continue
        if now != each.email:
            entries.remarks.append(f"{each.place}: {each.email} was replaced by {now}, and is read as {now}")
        if now == each.email or normalise_mailbox(now) not in found:
            found[normalise_mailbox(now)] = replace(each, email=now)
    entries.readers = list(found.values())


def _compare_with_list(plan: ListImportPlan, naming: _IdAllocator, there: Iterable[Recipient]) -> ListImportPlan:
    entries, columns = plan.entries, plan.columns
    known = {normalise_mailbox(each.email): each for each in there}
    added: list[Recipient] = []
    changed: list[tuple[Recipient, Recipient]] = []
    for entry in entries.readers:
        old = known.get(normalise_mailbox(entry.email))
        if old is None:
            added.append(Recipient(id=naming.id_for(entry), name=entry.name, outlet=entry.outlet or None,
                                   email=entry.email))  # fmt: skip
            continue
        name = entry.name if columns.name else old.name
        outlet = (entry.outlet or None) if columns.outlet is not None else old.outlet
        if (name, outlet) != (old.name, old.outlet):
            changed.append((old, old.model_copy(update={"name": name, "outlet": outlet})))
    boxes = {normalise_mailbox(each.email) for each in entries.readers}
    missing = [each for box, each in known.items() if box not in boxes]
    names = {(each.name.casefold(), each.outlet): each for each in missing}
    moved = [(names[key], each) for each in added if (key := (each.name.casefold(), each.outlet)) in names]
    same = len(entries.readers) - len(added) - len(changed)
    return replace(plan, added=added, changed=changed, missing=missing, moved=moved, same=same)


@dataclass(slots=True)
class _IdAllocator:
    """Unused ids for new recipients; a mailbox has one id everywhere."""

    taken: set[str]
    by_box: Mapping[str, str]
    last: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, office: Office) -> _IdAllocator:
        listed = [each for list_ in office.lists.values() for each in list_.recipients]
        boxes = {normalise_mailbox(each.email): each.id for each in listed}
        return cls({each.id for each in listed} | set(office.people), boxes)

    def id_for(self, entry: AddressEntry) -> str:
        known = self.by_box.get(normalise_mailbox(entry.email))
        if known is not None:
            return known
        own = entry.id if _ID.fullmatch(entry.id) and len(entry.id) <= LONGEST_ID else ""
        base = (
            own
            or _create_id(entry.name)
            or _create_id(entry.outlet)
            or _create_id(entry.email.partition("@")[0])
            or "reader"
        )
        found = base
        while found in self.taken:
            self.last[base] = self.last.get(base, 1) + 1
            found = f"{base}-{self.last[base]}"
        self.taken.add(found)
        return found


_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


def _create_id(text: str) -> str:
    """Return an id for the name `text`; empty where it gives none."""
    return make_slug(text).lstrip("-0123456789")[:LONGEST_ID].rstrip("-")
