"""Bring a mailing list up to date from another program's file: show what would change, then write it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pressgen.actions.workspace.list_files import ListChange, write_lists
from pressgen.actions.workspace.office import FILE, has_ledger, open_ledger, take_office
from pressgen.actions.workspace.readers import redirects_of
from pressgen.actions.workspace.reading import read_named
from pressgen.errors import Place, Problem, Refused, WrongUse, guard_file
from pressgen.importer.addresses.columns import choose_columns, guess_columns
from pressgen.importer.addresses.entries import read_entries
from pressgen.importer.people import slug
from pressgen.model.address import mailbox_of
from pressgen.model.office import Recipient
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.importer.addresses.columns import Columns
    from pressgen.importer.addresses.entries import Entries, Entry
    from pressgen.importer.addresses.table import Table
    from pressgen.model.office import Office
    from pressgen.model.readers import Redirects

LONGEST_ID: Final = 34
"""Characters of an id that is made up; room is left for a number behind it."""
ENDINGS: Final = {".xlsx": "workbook", ".xlsm": "workbook", ".csv": "text", ".tsv": "text", ".txt": "text",
                  ".vcf": "cards", ".vcard": "cards"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What to import into which list.

    Attributes:
        name: of the list, its id; None for one called as the file is.
        audience: of a new list; None where nobody said.
        columns: as `choose_columns` takes them; None to guess.
        sheet: of a workbook; None for the only one that has addresses.
        remove_missing: whether those who are not in the file leave the list.
    """

    name: str | None = None
    audience: str | None = None
    columns: str | None = None
    sheet: str | None = None
    remove_missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do.

    Attributes:
        name: of the list, its id.
        change: what would be written; None where nothing changes.
        table: what was read.
        entries: the readers in it, and what is wrong with others.
        added: new recipients.
        changed: recipients as they are and as they would be.
        missing: those on the list who are not in the file.
        moved: for each that is added, one that is missing and has the same name: perhaps a new address.
    """

    name: str
    change: ListChange | None
    table: Table
    columns: Columns
    entries: Entries
    added: list[Recipient] = field(default_factory=list)
    changed: list[tuple[Recipient, Recipient]] = field(default_factory=list)
    missing: list[Recipient] = field(default_factory=list)
    moved: list[tuple[Recipient, Recipient]] = field(default_factory=list)
    same: int = 0


def plan_import(workspace: Workspace, path: Path, order: ImportOrder) -> ImportPlan:
    """Read a file, and compare it with a list of the office; nothing is written.

    Args:
        workspace: whose office it is.
        path: of the file: .xlsx, .csv or .vcf.
        order: which list, and how the file is read.

    Raises:
        Refused: the file cannot be read, or has no addresses; or the list in the office's file is at fault.
        WrongUse: the list is new and has no audience, or a column or a sheet is not there.
    """
    office = take_office(workspace)
    name = order.name or _slug(path.stem)
    if name not in office.lists:
        office.need("lists")
    known = office.lists.get(name)
    if known is None and order.audience is None:
        others = f"; to bring another list up to date, name it with --list: {', '.join(office.lists)}"
        other = near(name, office.lists) or (others if office.lists else "")
        raise WrongUse(
            f"there is no list “{name}” yet; to make it, say whom it is for: add --audience press or --audience"
            f" named{other}"
        )
    if known and order.audience not in {None, known.audience}:
        raise WrongUse(f"the list “{name}” is for audience: {known.audience}; change that in {FILE}")
    data = read_named(path, str(path))
    with guard_file(str(path)):
        table, columns = _table(data, path, order)
        entries = read_entries(table, columns)
    if has_ledger(workspace):
        with open_ledger(workspace) as ledger:
            _follow(entries, redirects_of(ledger))
    there = known.recipients if known else ()
    blank = ImportPlan(name=name, change=None, table=table, columns=columns, entries=entries)
    plan = _compared(blank, _Naming.of(office), there)
    kept = () if order.remove_missing else plan.missing
    by_box = {mailbox_of(old.email): new for old, new in plan.changed}
    gone = {mailbox_of(each.email) for each in plan.missing} - {mailbox_of(each.email) for each in kept}
    after = [by_box.get(mailbox_of(each.email), each) for each in there if mailbox_of(each.email) not in gone]
    after += plan.added
    change = None
    if tuple(after) != there:
        change = ListChange(name=name, recipients=tuple(after), audience=order.audience if known is None else None)
    return replace(plan, change=change)


def apply_import(workspace: Workspace, plan: ImportPlan) -> list[str]:
    """Write what a plan says; the files that were written, as messages show them.

    Raises:
        Refused: somebody changed the list meanwhile, or a file cannot be written; nothing was.
    """
    return write_lists(workspace, [plan.change]) if plan.change else []


def _table(data: bytes, path: Path, order: ImportOrder) -> tuple[Table, Columns]:
    """The one table of a file that has addresses, with its columns."""
    tables = _tables(data, path)
    if order.sheet is not None:
        named = [each for each in tables if each.part == f"sheet “{order.sheet}”"]
        if not named:
            raise WrongUse(f"{path} has no sheet “{order.sheet}” that says anything{_sheets(tables)}")
        tables = named
    if order.columns is not None and len(tables) == 1:
        return tables[0], choose_columns(tables[0], order.columns)
    found = [(each, columns) for each in tables if (columns := guess_columns(each)) is not None]
    if not found:
        message = "no column holds e-mail addresses; say which one does with --columns email=E,name=B"
        raise Refused([Problem(code="I12", message=message, place=Place(str(path)))])
    if len(found) > 1:
        raise WrongUse(f"{path} has addresses in {len(found)} sheets; choose one with --sheet{_sheets(tables)}")
    table, columns = found[0]
    return table, choose_columns(table, order.columns) if order.columns is not None else columns


def _tables(data: bytes, path: Path) -> list[Table]:
    from pressgen.importer.addresses import cards, plain, workbook  # noqa: PLC0415 - each has its own libraries

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
            raise Refused([Problem(code="I10", message=message, place=Place(str(path)))])


def _sheets(tables: list[Table]) -> str:
    return f": {', '.join(each.part.removeprefix('sheet ') for each in tables)}" if tables else ""


def _follow(entries: Entries, redirects: Redirects) -> None:
    """Take out the readers who were forgotten; whoever has another address now is read with that one.

    The file of another program may say the old address for years: it means the same reader.
    """
    found: dict[str, Entry] = {}
    for each in entries.readers:
        now = redirects.address_for(each.email)
        if now is None:
            entries.remarks.append(f"{each.place}: {each.email} was forgotten on request, and is not added")
            continue
        if now != each.email:
            entries.remarks.append(f"{each.place}: {each.email} was replaced by {now}, and is read as {now}")
        if now == each.email or mailbox_of(now) not in found:
            found[mailbox_of(now)] = replace(each, email=now)
    entries.readers = list(found.values())


def _compared(plan: ImportPlan, naming: _Naming, there: Iterable[Recipient]) -> ImportPlan:
    entries, columns = plan.entries, plan.columns
    known = {mailbox_of(each.email): each for each in there}
    added: list[Recipient] = []
    changed: list[tuple[Recipient, Recipient]] = []
    for entry in entries.readers:
        old = known.get(mailbox_of(entry.email))
        if old is None:
            added.append(Recipient(id=naming.id_for(entry), name=entry.name, outlet=entry.outlet or None,
                                   email=entry.email))  # fmt: skip
            continue
        name = entry.name if columns.name else old.name
        outlet = (entry.outlet or None) if columns.outlet is not None else old.outlet
        if (name, outlet) != (old.name, old.outlet):
            changed.append((old, old.model_copy(update={"name": name, "outlet": outlet})))
    boxes = {mailbox_of(each.email) for each in entries.readers}
    missing = [each for box, each in known.items() if box not in boxes]
    names = {(each.name.casefold(), each.outlet): each for each in missing}
    moved = [(names[key], each) for each in added if (key := (each.name.casefold(), each.outlet)) in names]
    same = len(entries.readers) - len(added) - len(changed)
    return replace(plan, added=added, changed=changed, missing=missing, moved=moved, same=same)


@dataclass(slots=True)
class _Naming:
    """Ids for new recipients: nobody else in the office has them, but one mailbox has one id on all lists."""

    taken: set[str]
    by_box: Mapping[str, str]
    last: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, office: Office) -> _Naming:
        listed = [each for list_ in office.lists.values() for each in list_.recipients]
        boxes = {mailbox_of(each.email): each.id for each in listed}
        return cls({each.id for each in listed} | set(office.people), boxes)

    def id_for(self, entry: Entry) -> str:
        known = self.by_box.get(mailbox_of(entry.email))
        if known is not None:
            return known
        own = entry.id if _ID.fullmatch(entry.id) and len(entry.id) <= LONGEST_ID else ""
        base = own or _slug(entry.name) or _slug(entry.outlet) or _slug(entry.email.partition("@")[0]) or "reader"
        found = base
        while found in self.taken:
            self.last[base] = self.last.get(base, 1) + 1
            found = f"{base}-{self.last[base]}"
        self.taken.add(found)
        return found


_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


def _slug(text: str) -> str:
    """An id for what is called `text`; empty where nothing of it can stand in one."""
    return slug(text).lstrip("-0123456789")[:LONGEST_ID].rstrip("-")
