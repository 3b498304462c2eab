"""A quotation that changed, or came in, after its speaker had cleared what the release quotes.

A speaker clears words (`pressgen clear`), and the ledger keeps their hash. `pressgen check` holds every quotation of
somebody who has cleared any against it; where nobody has cleared anything, or there is no ledger, it says nothing.
`clearance: required` under `office` makes approval wait for it; see the chapter on the office.

Wrong: a comma moved in a `quote` that was cleared by telephone this morning

Right: the words as they were cleared, or cleared again: `pressgen clear RELEASE --speaker ID`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.check.subject import ClearanceState
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject

SAID = {
    ClearanceState.CHANGED: "this changed after {name} cleared it on {day}",
    ClearanceState.ADDED: "{name} cleared other words on {day}, but not these",
}


@rule("Q07", "words-changed-since-cleared", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find quotations that differ from what was cleared."""
    reported = set()
    for passage in subject.passages:
        path = passage.path.partition(".words")[0]
        clearing = subject.cleared.get(path) if passage.kind is Kind.QUOTATION and path not in reported else None
        if clearing is None or clearing.wording is ClearanceState.CLEARED:
            continue
        reported.add(path)
        name = subject.release.people[passage.speaker].name
        what = SAID[clearing.wording].format(name=name, day=f"{clearing.day.day} {clearing.day:%B}")
        yield Finding(f"{path}.by", f"{what}: have it cleared again", 0, len(passage.speaker))
