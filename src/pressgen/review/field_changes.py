"""Changes of values that expressions print.

If an editor changed a printed value, the data gets one new value for all places that print it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from pressgen.model.change import ReplaceValue
from pressgen.model.record import read_number
from pressgen.model.words import Field
from pressgen.review.data_paths import find_changed_field, find_value_path
from pressgen.text.figures import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal
    from pressgen.model.words import Piece
    from pressgen.review.data_entries import ReleaseData


@dataclass(slots=True)
class _PrintedValue:
    """A place that prints a value, with the proposals that change it."""

    piece: Piece
    at: int
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def filtered(self) -> bool:
        return isinstance(self.piece.origin, Field) and bool(self.piece.origin.filters)

    @property
    def wanted(self) -> list[str]:
        """The texts that it prints with the proposals.

        There is one, or one for each proposal where they change the same characters.
        """
        changes = sorted({(each.start - self.at, each.end - self.at, each.after) for each in self.proposals})
        if any(one[1] > other[0] or one[0] == other[0] for one, other in pairwise(changes)):
            return [self._with([each]) for each in changes]
        return [self._with(changes)]

    def _with(self, changes: Sequence[tuple[int, int, str]]) -> str:
        text = self.piece.text
        for start, end, after in reversed(changes):
            text = text[:start] + after + text[end:]
        return text


class FieldChanges:
    """The proposals that change only a printed value, by its path.

    Attributes:
        changes: the new values, one for each path.
        done: the proposals that they carry out. Some places print the value through a filter: the caller, who composes
            the release, must check whether they then print what the copy says.
        left: the other proposals, each with the reason.
    """

    def __init__(self, blocks: Sequence[ExportedBlock], data: ReleaseData) -> None:
        self._blocks, self._data = blocks, data
        self._printings: dict[str, dict[tuple[int, int], _PrintedValue]] = defaultdict(dict)
        self.changes: list[ReplaceValue] = []
        self.done: list[Proposal] = []
        self.left: list[tuple[Proposal, str]] = []

    def add(self, proposal: Proposal) -> bool:
        """Accept a proposal that changes a printed value and nothing else.

        Return whether it is one.
        """
        found = find_changed_field(self._blocks[proposal.block], proposal)
        if found is None:
            return False
        piece, at = found
        path = find_value_path(piece.origin.name) if isinstance(piece.origin, Field) else ""
        printing = self._printings[path].setdefault((proposal.block, at), _PrintedValue(piece, at))
        printing.proposals.append(proposal)
        return True

    def plan(self) -> None:
        """Find the new value of each path, or the reason for none."""
        for path, by_place in self._printings.items():
            printings = list(by_place.values())
            exact = [each for each in printings if not each.filtered]
            values = list(dict.fromkeys(self._value(path, text) for each in exact for text in each.wanted))
            if path.startswith("times.") or not exact:
                reason = f"shows {path}, a calculated value; change it there, or type other words"
            elif self._data.text_at(path) is None:
                reason = f"shows {path}, which is not a text of this release"
            elif len(values) > 1:
                several = " and ".join(f"“{each}”" for each in values)
                reason = f"is one of several changes of {path} that differ: {several}; change it by hand"
            else:
                self.changes.append(ReplaceValue(path, values[0]))
                self.done += _proposals(printings)
                continue
            self.left += [(each, reason) for each in _proposals(printings)]

    def _value(self, path: str, wanted: str) -> str:
        figure = path.startswith("facts.") and read_number(self._data.text_at(path) or "") is not None
        return parse_number(wanted, self._data.language) if figure else wanted.strip()


def _proposals(printings: Iterable[_PrintedValue]) -> Iterator[Proposal]:
    for each in printings:
        yield from each.proposals
