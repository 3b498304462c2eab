"""Somebody who edits a copy in LibreOffice itself: what it records of that, and saves, is its own.

Runs in the Python of the system, as `libreoffice.py` does; the acts are random, the same ones for the same seed.
"""

from __future__ import annotations

import random
from typing import Any

PARAGRAPH_BREAK = 0
BOLD = 150.0
WORDS = "deadline ministers however budget hospital quietly seventeen report councils rather northern because".split()
SHARES = {"insert": 8, "delete": 6, "replace": 8, "split": 3, "join": 3, "drop": 2, "add": 3, "comment": 3, "bold": 1}
TRACKED = 0.75
LEAST = 12
"""Characters of a paragraph that is worth an edit."""


class Editor:
    """An editor at a document of LibreOffice."""

    def __init__(self, document: Any, seed: int) -> None:  # noqa: ANN401 - UNO has no types
        self.document, self.text = document, document.Text
        self.chance = random.Random(seed)  # noqa: S311 - edits that can be made again
        self.typed: list[str] = []

    def work(self) -> list[str]:
        """Do something, one to twelve times; the words that were typed."""
        for _ in range(self.chance.randint(1, 12)):
            self.document.RecordChanges = self.chance.random() < TRACKED
            act = self.chance.choices(list(SHARES), list(SHARES.values()))[0]
            getattr(self, act)()
        return self.typed

    def _paragraphs(self) -> list[Any]:
        rows, found = self.text.createEnumeration(), []
        while rows.hasMoreElements():
            each = rows.nextElement()
            if each.supportsService("com.sun.star.text.Paragraph"):
                found.append(each)
        return found

    def _pick(self) -> Any:  # noqa: ANN401 - as above
        return self.chance.choice([each for each in self._paragraphs() if len(each.String) >= LEAST])

    def _words(self) -> str:
        token = f"zq{len(self.typed) + 1}x"
        self.typed.append(token)
        said = [self.chance.choice(WORDS) for _ in range(self.chance.randint(0, 4))]
        said.insert(self.chance.randint(0, len(said)), token)
        return " ".join(said)

    def _stretch(self, most: int) -> Any:  # noqa: ANN401 - as above
        """A cursor over one to `most` words of a paragraph."""
        cursor = self.text.createTextCursorByRange(self._pick().Start)
        for _ in range(self.chance.randint(0, 12)):
            cursor.gotoNextWord(False)  # noqa: FBT003 - UNO has no other way
        for _ in range(self.chance.randint(1, most)):
            cursor.gotoEndOfWord(True) if cursor.isCollapsed() else cursor.gotoNextWord(True)  # noqa: FBT003 - as above
        return cursor

    def insert(self) -> None:
        cursor = self._stretch(1)
        self.text.insertString(cursor.Start, f"{self._words()} ", False)  # noqa: FBT003 - as above

    def delete(self) -> None:
        self._stretch(5).String = ""

    def replace(self) -> None:
        self._stretch(3).String = self._words()

    def split(self) -> None:
        self.text.insertControlCharacter(self._stretch(1).Start, PARAGRAPH_BREAK, False)  # noqa: FBT003 - as above

    def join(self) -> None:
        cursor = self.text.createTextCursorByRange(self._pick().End)
        if cursor.goRight(1, True) and cursor.String == "\n":  # noqa: FBT003 - as above
            cursor.String = ""

    def drop(self) -> None:
        paragraph = self._pick()
        cursor = self.text.createTextCursorByRange(paragraph.Start)
        cursor.gotoRange(paragraph.End, True)  # noqa: FBT003 - as above
        cursor.goRight(1, True)  # noqa: FBT003 - as above
        cursor.String = ""

    def add(self) -> None:
        end = self._pick().End
        self.text.insertControlCharacter(end, PARAGRAPH_BREAK, False)  # noqa: FBT003 - as above
        self.text.insertString(end, f"{self._words()} {self._words()}.", False)  # noqa: FBT003 - as above

    def comment(self) -> None:
        note = self.document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Author, note.Content = "Ann Editor", f"please look {self._words()}"
        self.text.insertTextContent(self._stretch(4), note, True)  # noqa: FBT003 - as above

    def bold(self) -> None:
        self._stretch(3).CharWeight = BOLD
