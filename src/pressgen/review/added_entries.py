"""Find where in the data something added goes."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pressgen.model.change import AddField, InsertEntry
from pressgen.review.data_entries import EntryNotFoundError
from pressgen.review.typed_words import write_as_typed
from pressgen.text.prose import escape_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.change import Change, Value
    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal
    from pressgen.review.data_entries import DataEntries, ReleaseData

MARKS = '"«» \u00a0'  # around a quotation; pressgen sets them
FEWEST_ROWS = 2
"""The rows of the smallest table: its heading and one more."""


class AddedEntries:
    """The entries that added paragraphs, rows, tables and lists become."""

    def __init__(self, blocks: Sequence[ExportedBlock], data: ReleaseData, entries: DataEntries) -> None:
        self._blocks, self._data, self._entries = blocks, data, entries
        self._note_ids: set[str] = set()

    def plan(self, each: Proposal, place: int) -> list[Change]:
        """Return the changes that add something after a sent text.

        Raises:
            EntryNotFoundError: nothing of the kind can go there.
        """
        if reason := _explain_no_place(each.mark):
            raise EntryNotFoundError(reason)
        if each.mark == "row":
            return self._add_row(each.rows[0], place)
        if each.mark == "table":
            return self._add_to_body(_make_table(each.rows), place)
        if each.entries and each.entries[0][0]:
            return self._add_list(each, place)
        return self._add_paragraph(each, place)

    def add_note(self, each: Proposal) -> tuple[str, Change]:
        """Return the id of a new note, and its change."""
        name, names = self._make_note_id(), self._data.names_at("notes")
        note: Value = {"id": name, "text": _write(each.after.replace("\n", " "))}
        new = InsertEntry("notes", len(names), note) if names else AddField("", "notes", [note])
        return name, new

    def _add_row(self, cells: Sequence[str], place: int) -> list[Change]:
        path = self._blocks[place].path if place >= 0 else ""
        table, in_header, _ = path.partition(".table.header[")
        if in_header:
            rows, at = f"{table}.table.rows", 0
        elif ".table.rows[" in path:
            rows, before = self._entries.spot(self._entries.of(place))
            at, table = before + 1, rows.removesuffix(".table.rows")
        else:
            raise EntryNotFoundError("is a row of a table that is made from other data; add it there yourself")
        width = len(self._data.names_at(f"{table}.table.header"))
        if len(cells) != width:
            raise EntryNotFoundError(f"has {len(cells)} cells, but the table has {width} columns; add the row yourself")
        return [InsertEntry(rows, at, [_write(cell) for cell in cells])]

    def _add_to_body(self, value: Value, place: int) -> list[Change]:
        path, at = self._entries.behind(place)
        if path != "body":
            raise EntryNotFoundError(f"would come within {path}, which takes no table or list; add it yourself")
        return [InsertEntry("body", at, value)]

    def _add_list(self, each: Proposal, place: int) -> list[Change]:
        """Add entries to the list that they follow, or a new list."""
        path = self._blocks[place].path if place >= 0 else ""
        depth = path.count("items[") + (".list[" in path)
        if depth and {level for level, _ in each.entries} == {depth}:
            listed, at = self._entries.spot(self._entries.of(place))
            return [InsertEntry(listed, at + 1, text) for _, text in each.entries]
        return self._add_to_body(_make_list(each), place)

    def _add_paragraph(self, each: Proposal, place: int) -> list[Change]:
        text = each.entries[0][1] if each.entries else _write(each.after)
        path, at = self._entries.behind(place)
        value: Value = text.strip(MARKS) if path.endswith(".quote.words") else text
        if path == "notes":
            value = {"id": self._make_note_id(), "text": text}
        elif path == "body" and each.name.lower().startswith("heading"):
            value = {"heading": text}
        return [InsertEntry(path, at, value)]

    def _make_note_id(self) -> str:
        known = {*self._data.names_at("notes"), *self._note_ids}
        name = next(name for number in count(len(known) + 1) if (name := f"note-{number}") not in known)
        self._note_ids.add(name)
        return name


def _explain_no_place(mark: str) -> str:
    """Return why something added cannot be placed, or nothing."""
    return {
        "cell": "was added in a cell of a table; type it into the table yourself",
        "header": "was added to the head of the page, which comes from the house; change its template",
        "footer": "was added to the foot of the page, which comes from the house; change its template",
        "note": "is a note that no text of the release cites; add it to `notes` yourself",
    }.get(mark, "")


def _write(text: str) -> str:
    return escape_marks(write_as_typed(text.strip(), "", "", ""))


def _make_table(rows: Sequence[Sequence[str]]) -> Value:
    """Return a table of the body; its first row is its heading."""
    if len(rows) < FEWEST_ROWS or len({len(row) for row in rows}) != 1 or not all(rows[0]):
        raise EntryNotFoundError("is a table without a heading, or with rows of different length; add it yourself")
    cells = [[_write(cell) for cell in row] for row in rows]
    return {"table": {"header": cells[0], "rows": cells[1:]}}


def _make_list(each: Proposal) -> Value:
    """Return a list of the body, with the entries below its entries."""
    top = min(level for level, _ in each.entries)
    if each.entries[0][0] != top or any(level > top + 1 for level, _ in each.entries):
        raise EntryNotFoundError("is a list of more than two levels; add it yourself")
    items: list[tuple[str, list[str]]] = []
    for level, text in each.entries:
        if level == top:
            items.append((text, []))
        else:
            items[-1][1].append(text)
    listed = [{"text": text, "items": inner} if inner else text for text, inner in items]
    return {"list": {"ordered": "true", "items": listed} if each.mark == "numbered list" else {"items": listed}}
