"""Numbers of proposals as typed on the command line, as a decision on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Collection

    from pressgen.actions.review.decisions import Decision
    from pressgen.actions.review.receive import Received

NUMBERS = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed about the proposals of a file.

    Attributes:
        everything: whether every change of words is accepted that is not refused.
        accept: the numbers of accepted ones, such as `1-4,7`.
        everywhere: the same of those whose value may change in every place that prints it.
        refuse: the same of refused ones.
        reason: why; of what is refused, where anything is, else of what is accepted.
    """

    everything: bool
    accept: tuple[str, ...]
    everywhere: tuple[str, ...]
    refuse: tuple[str, ...]
    reason: str

    def decision_on(self, one: Received, who: str | None) -> Decision:
        """The decision that this is on the proposals of a file.

        Raises:
            WrongUse: something is no number, or no proposal has it.
        """
        from pressgen.actions.review.decisions import CHANGES, Decision  # noqa: PLC0415 - slow to import

        everywhere, refused = _numbers(self.everywhere), _numbers(self.refuse)
        whole = {each.number for each in one.told if each.proposal.kind in CHANGES}
        chosen = (whole if self.everything else set()) | _numbers(self.accept) | everywhere
        if unknown := sorted((chosen | refused) - {each.number for each in one.told}):
            raise WrongUse(f"there is no proposal {unknown[0]}; they are numbered 1 to {len(one.told)}")
        why = "" if refused else self.reason  # who refuses something says why that is; what is accepted wants none then
        return Decision(
            dict.fromkeys(chosen - refused, why), dict.fromkeys(refused, self.reason), who,
            frozenset(everywhere - refused),
        )  # fmt: skip


def _numbers(given: Collection[str]) -> set[int]:
    found: set[int] = set()
    for each in (part.strip() for one in given for part in one.split(",")):
        match = NUMBERS.fullmatch(each)
        if match is None:
            raise WrongUse(f"“{each}” is no number; write 3, 1-4 or 1-4,7")
        found.update(range(int(match[1]), min(int(match[2] or match[1]), 1_000_000) + 1))
    return found
