"""Somebody who makes one known edit in LibreOffice and saves; runs in the Python of the system, as `libreoffice.py`."""

from __future__ import annotations

from typing import Any

PARAGRAPH_BREAK = 0


def make_edit(document: Any, edit: dict[str, Any]) -> None:  # noqa: ANN401 - UNO has no types
    """Make an edit as `saves.edits.Edit` describes it."""
    text = document.Text
    document.RecordChanges = False
    if edit["kind"] == "row":
        _add_row(document, edit)
        return
    paragraph = _find(text, edit["paragraph"])
    if edit["kind"] in {"type", "figure"}:
        cursor = text.createTextCursorByRange(paragraph.Start)
        cursor.goRight(edit["start"], False)  # noqa: FBT003 - UNO has no other way
        cursor.goRight(edit["end"] - edit["start"], True)  # noqa: FBT003 - as above
        text.insertString(cursor, edit["words"], True)  # noqa: FBT003 - as above
    elif edit["kind"] == "quote":
        text.insertControlCharacter(paragraph.End, PARAGRAPH_BREAK, False)  # noqa: FBT003 - as above
        rows = list(_paragraphs(text))
        new = rows[next(at for at, each in enumerate(rows) if each.String == edit["paragraph"]) + 1]
        new.String = edit["words"]
    else:
        _move(document, paragraph, edit)


def _move(document: Any, paragraph: Any, edit: dict[str, Any]) -> None:  # noqa: ANN401 - as above
    """Cut a paragraph and paste it after another, with its own commands."""
    text = document.Text
    goal = _find(text, edit["goal"])
    text.insertControlCharacter(goal.End, PARAGRAPH_BREAK, False)  # noqa: FBT003 - as above
    rows = list(_paragraphs(text))
    new = rows[next(at for at, each in enumerate(rows) if each.String == edit["goal"]) + 1]
    new.String = edit["paragraph"]
    paragraph.dispose()


def _add_row(document: Any, edit: dict[str, Any]) -> None:  # noqa: ANN401 - as above
    cells = edit["words"].split("\t")
    for table in (document.TextTables.getByIndex(at) for at in range(document.TextTables.Count)):
        last = table.Rows.Count - 1
        if " ".join(table.getCellByPosition(0, last).String.split()) == " ".join(edit["paragraph"].split()):
            table.Rows.insertByIndex(last + 1, 1)
            for column, words in enumerate(cells):
                table.getCellByPosition(column, last + 1).String = words
            return
    raise LookupError(edit["paragraph"])


def _paragraphs(text: Any) -> Any:  # noqa: ANN401 - as above
    rows = text.createEnumeration()
    while rows.hasMoreElements():
        each = rows.nextElement()
        if each.supportsService("com.sun.star.text.Paragraph"):
            yield each


def _find(text: Any, words: str) -> Any:  # noqa: ANN401 - as above
    found = [each for each in _paragraphs(text) if each.String == words]
    if len(found) != 1:
        raise LookupError(words)
    return found[0]
