"""Numbers of proposals on the command line, as a decision on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from pressgen.actions.review.decisions import ReviewDecision
    from pressgen.actions.review.receive import ReceivedCopy

NUMBERS = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class DecisionOptions:
    """The decision on the proposals of a file, as typed in options.

    Attributes:
        everything: whether to accept every change of words that is not refused.
        accept: the numbers to accept, as `1-4,7`.
        everywhere: the accepted numbers that may change a value in every place that prints it.
        refuse: the numbers to refuse.
        reason: why; of what is refused, where anything is, else of what is accepted.
    """

    everything: bool
    accept: tuple[str, ...]
    everywhere: tuple[str, ...]
    refuse: tuple[str, ...]
    reason: str

    def decision_on(self, one: ReceivedCopy, who: str | None) -> ReviewDecision:
        """Return the decision on the proposals of a file.

        Raises:
            UsageError: an item is not a number, or no proposal has that number.
        """
        from pressgen.actions.review.decisions import CHANGES, ReviewDecision  # noqa: PLC0415 - slow to import

        everywhere, refused = _parse_numbers(self.everywhere), _parse_numbers(self.refuse)
        whole = {each.number for each in one.told if each.proposal.kind in CHANGES}
        chosen = (whole if self.everything else set()) | _parse_numbers(self.accept) | everywhere
        if unknown := sorted((chosen | refused) - {each.number for each in one.told}):
            raise UsageError(f"there is no proposal {unknown[0]}; they are numbered 1 to {len(one.told)}")
        why = "" if refused else self.reason  # with a refusal, the reason belongs to it
        return ReviewDecision(
            dict.fromkeys(chosen - refused, why), dict.fromkeys(refused, self.reason), who,
            frozenset(everywhere - refused),
        )  # fmt: skip


def _parse_numbers(given: Collection[str]) -> set[int]:
    found: set[int] = set()
    for each in (part.strip() for one in given for part in one.split(",")):
        match = NUMBERS.fullmatch(each)
        if match is None:
            raise UsageError(f"“{each}” is no number; write 3, 1-4 or 1-4,7")
        found.update(range(int(match[1]), min(int(match[2] or match[1]), 1_000_000) + 1))
    return found
