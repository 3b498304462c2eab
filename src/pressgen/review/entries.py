"""Where the texts of a copy stand among the lists of the data: which entry goes with a text, where a new one comes."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.change import Value
    from pressgen.model.export import Block

NESTED = re.compile(r"\.(?:quote\.words|list|list\.items|items)$")
"""How the paths of lists within a block of the body end, to whose entries a new one may be added."""
TEXT_OF = ("heading", "text", "quote.words", "pull.words")
"""Where an entry that is no mere text holds its one text."""


class NoEntry(ValueError):
    """There is no such place in the data, or none that is certain; the message says why."""


class Data(Protocol):
    """The data that a copy was made from."""

    @property
    def language(self) -> str:
        """Its language, BCP 47."""

    def text_at(self, path: str) -> str | None:
        """The text at a path, None where there is none."""

    def value_at(self, path: str) -> Value:
        """What stands at a path, of whatever kind."""

    def names_at(self, path: str) -> Sequence[str]:
        """The names of the entries of the list at a path, in order; none where there is no list."""


class Entries:
    """The entries of the data that the texts of a copy stand in."""

    def __init__(self, blocks: Sequence[Block], data: Data) -> None:
        self._blocks, self._data = blocks, data
        self._members: dict[str, set[int]] = defaultdict(set)
        for number, block in enumerate(blocks):
            path = block.path
            while "[" in path:
                path = path[: path.rindex("]") + 1]
                self._members[path].add(number)
                path = path[: path.rindex("[")]

    def of(self, number: int) -> str:
        """The entry that a text is, or is in; the field for one that is in no list.

        Raises:
            NoEntry: it is none of the release's own.
        """
        block = self._blocks[number]
        if not block.id or block.path.startswith("house."):
            raise NoEntry("is the house's own wording; change it in templates/")
        if block.path.startswith("contacts["):
            raise NoEntry("is made from `people` and `contacts`; change it there")
        if block.kind == "cell":
            return self._row(block.path)
        return block.path[: block.path.rindex("]") + 1] if "]" in block.path else block.path

    def _row(self, path: str) -> str:
        if ".header[" in path or path.startswith("facts."):
            raise NoEntry("is a cell of a table; change its row")
        row = path[: path.rindex("[")] if path.endswith("]") else path[: path.rindex("]") + 1]
        return row if row.endswith("]") else f"{path[: path.rindex(']') + 1]}"

    def members(self, entry: str) -> set[int]:
        """The texts that stand in an entry."""
        return self._members[entry] or {n for n, block in enumerate(self._blocks) if block.path == entry}

    def spot(self, entry: str) -> tuple[str, int]:
        """The list that an entry stands in, and its position.

        Raises:
            NoEntry: it stands in none.
        """
        if not entry.endswith("]"):
            raise NoEntry("stands in no list")
        path, _, name = entry[:-1].rpartition("[")
        names = list(self._data.names_at(path))
        if name not in names:
            raise NoEntry("is not there any more")
        return path, names.index(name)

    def behind(self, number: int) -> tuple[str, int]:
        """The list and the position at which something new comes behind a text, or before all of them (-1).

        Raises:
            NoEntry: nothing of the release can stand there.
        """
        following = self._blocks[number + 1].path if number + 1 < len(self._blocks) else ""
        if following.startswith("notes[") and (number < 0 or not self._blocks[number].path.startswith("notes[")):
            return "notes", 0
        if number < 0 or self._before_the_body(number):
            return "body", 0
        path, at = self.spot(self.of(number))
        while "[" in path and not (NESTED.search(path) and following.startswith(f"{path}[")):
            path, at = self.spot(path[: path.rindex("]") + 1])
        if path not in {"body", "notes"} and not NESTED.search(path):
            raise NoEntry("would stand where the data has no list")
        return path, at + 1

    def _before_the_body(self, number: int) -> bool:
        return not any(block.path.startswith("body[") for block in self._blocks[: number + 1])

    def alike(self, entry: str, text: str) -> Value:
        """What an entry of the data looks like with another text in it.

        Raises:
            NoEntry: it holds more than one text.
        """
        value = self._data.value_at(entry)
        if isinstance(value, str):
            return text
        for place in TEXT_OF:
            first, _, inner = place.partition(".")
            if isinstance(value, dict) and isinstance(held := value.get(first), dict if inner else str):
                if isinstance(held, dict) and not isinstance(held.get(inner), str):
                    continue
                return {**value, first: {**held, inner: text} if isinstance(held, dict) else text}
        raise NoEntry("holds more than one text; move it yourself")
