"""Somebody who adds structure in LibreOffice: boxes, rows, lists, links, italics, notes, headings, moved paragraphs.

Runs in the Python of the system, as `libreoffice.py` does. Each act is reported as it was made: its kind, the paragraph
that it was made at, its words, and whether it was tracked.
"""

from __future__ import annotations

from typing import Any

from libreoffice_editor import LEAST, PARAGRAPH_BREAK, TRACKED, Editor

AS_CHARACTER, ITALIC = 1, 2


class StructureEditor(Editor):
    """An editor who adds structure to a document of LibreOffice."""

    def work_once(self, act: str) -> dict[str, Any]:
        """Make one act, and say what it was."""
        self.document.RecordChanges = self.chance.random() < TRACKED
        self.act = act
        at, words = getattr(self, f"make_{act}")()
        return {"act": self.act, "at": at, "words": words, "tracked": self.document.RecordChanges}

    def _pick(self) -> Any:  # noqa: ANN401 - UNO has no types
        """A paragraph of the body that somebody typed, so that it has no other like it."""
        texts = [each.String for each in self._paragraphs()]
        good = [each for each in self._paragraphs() if len(each.String) >= 3 * LEAST and texts.count(each.String) == 1]
        return self.chance.choice(good)

    def make_box(self) -> tuple[str, str]:
        paragraph, words = self._pick(), self._words()
        frame = self.document.createInstance("com.sun.star.text.TextFrame")
        frame.AnchorType = AS_CHARACTER
        self.text.insertTextContent(paragraph.End, frame, False)  # noqa: FBT003 - UNO has no other way
        frame.Text.String = words
        return paragraph.String, words

    def make_row(self) -> tuple[str, str]:
        names = self.document.TextTables.ElementNames
        if not names:
            self.act = "add"
            return self.make_add()
        table = self.document.TextTables.getByName(self.chance.choice(names))
        at = self.chance.randint(1, table.Rows.Count)
        columns = table.Columns.Count
        before = table.getCellByPosition(0, at - 1).String
        table.Rows.insertByIndex(at, 1)
        words = [self._token() for _ in range(columns)]
        for column, word in enumerate(words):
            table.getCellByPosition(column, at).String = word
        return before, " ".join(words)

    def make_link(self) -> tuple[str, str]:
        paragraph = self._pick()
        cursor, words = self._span(paragraph)
        address = f"https://{self._token()}.example/"
        cursor.HyperLinkURL = address
        return paragraph.String, f"{words}\n{address.rstrip('/')}"

    def make_italic(self) -> tuple[str, str]:
        paragraph = self._pick()
        while paragraph.CharPosture == _italic():  # else nothing would change
            paragraph = self._pick()
        cursor, words = self._span(paragraph)
        cursor.CharPosture = _italic()
        return paragraph.String, words

    def make_note(self) -> tuple[str, str]:
        paragraph, words = self._pick(), self._words()
        cursor, _ = self._span(paragraph)
        said = paragraph.String
        note = self.document.createInstance("com.sun.star.text.Footnote")
        self.text.insertTextContent(cursor.End, note, False)  # noqa: FBT003 - as above
        note.String = words
        return said, words

    def make_heading(self) -> tuple[str, str]:
        paragraph = self._pick()
        paragraph.ParaStyleName = "Heading 3"
        return paragraph.String, paragraph.String

    def make_add(self) -> tuple[str, str]:
        paragraph, words = self._pick(), f"{self._words()} {self._words()}."
        said, end = paragraph.String, paragraph.End
        self.text.insertControlCharacter(end, PARAGRAPH_BREAK, False)  # noqa: FBT003 - as above
        self.text.insertString(end, words, False)  # noqa: FBT003 - as above
        return said, words

    def make_replace(self) -> tuple[str, str]:
        paragraph, words = self._pick(), self._words()
        said = paragraph.String
        cursor, _ = self._span(paragraph)
        cursor.String = words
        return said, words

    def make_move(self) -> tuple[str, str]:
        paragraph, other = self._pick(), self._pick()
        said = paragraph.String
        if other.String == said:
            self.act = "replace"
            return self.make_replace()
        self.text.insertControlCharacter(other.End, PARAGRAPH_BREAK, False)  # noqa: FBT003 - as above
        self.text.insertString(other.End, said, False)  # noqa: FBT003 - as above
        cursor = self.text.createTextCursorByRange(paragraph.Start)
        cursor.gotoRange(paragraph.End, True)  # noqa: FBT003 - as above
        cursor.String = ""
        return said, said

    def _token(self) -> str:
        token = f"zq{len(self.typed) + 1}x"
        self.typed.append(token)
        return token

    def _span(self, paragraph: Any) -> tuple[Any, str]:  # noqa: ANN401 - as above
        """A cursor over two or three words in the middle of a paragraph."""
        words = paragraph.String.split(" ")
        first = self.chance.randint(1, max(1, len(words) - 4))
        start = len(" ".join(words[:first])) + 1
        chosen = " ".join(words[first : first + 2])
        cursor = self.text.createTextCursorByRange(paragraph.Start)
        cursor.goRight(start, False)  # noqa: FBT003 - as above
        cursor.goRight(len(chosen), True)  # noqa: FBT003 - as above
        return cursor, cursor.String


def _italic() -> Any:  # noqa: ANN401 - as above
    import uno  # noqa: PLC0415 - only the system's Python has it

    return uno.Enum("com.sun.star.awt.FontSlant", "ITALIC")
