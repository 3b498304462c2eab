"""How well real releases are read, against what people found in them.

Run it with: PYTHONPATH=tests .venv/bin/python -m importer.accuracy [FOLDER], by default ../shared/corpus.

It prints a line for each miss, the share of each part that is right, and for quotations how many of those called sure
are right, and how many of the right ones are called sure. Names are compared without titles, texts
without punctuation, telephone numbers by their last eight digits. An embargo that a person was not certain of counts
as right when it is left open.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from importer.comparison import beginning, last_digits, last_name, plain
from importer.drafts import draft_of, quotations
from machine import SHARED
from pressgen.importer.draft import Confidence, DraftQuotation, ReleaseDraft
from pressgen.text.embargo.line_reader import Embargo, ImmediateRelease, UnsettledEmbargo


@dataclass
class Tally:
    """What was right of what there was, by part."""

    right: dict[str, int] = field(default_factory=dict)
    there: dict[str, int] = field(default_factory=dict)
    extra: int = 0
    sure: int = 0
    sure_and_right: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, part: str, file: str, *, good: bool, said: object = "") -> None:
        """One thing that is right or not."""
        self.there[part] = self.there.get(part, 0) + 1
        self.right[part] = self.right.get(part, 0) + good
        if not good:
            self.misses.append(f"{file}: {part}: {said}")

    def share(self, part: str) -> float:
        """The share that is right; for quotations the F1 measure, which counts those made up as well."""
        right, there = self.right.get(part, 0), self.there.get(part, 0)
        return 2 * right / (there + right + self.extra) if part == "quotations" else right / there


def measure(corpus: Path) -> Tally:
    """Read every labelled text."""
    tally = Tally()
    for label in json.loads((corpus / "labels.json").read_text("utf-8")):
        draft = draft_of((corpus / "texts" / label["file"]).read_bytes())
        file = label["file"].partition("_")[0]
        tally.count("headline", file, good=plain(draft.headline) == plain(label["headline"] or ""), said=draft.headline)
        tally.count("embargo", file, good=_embargo_agrees(draft, label), said=draft.embargo)
        tally.count(
            "notes", file, good=len(draft.notes) == label["notes"], said=f"{len(draft.notes)}, {label['notes']}"
        )
        ended = draft.sureness["end mark"] is Confidence.SURE
        tally.count("end mark", file, good=ended == bool(label["end_mark"]), said=label["end_mark"])
        _count_contacts(tally, file, draft, label)
        _count_quotations(tally, file, draft, label)
    return tally


def _embargo_agrees(draft: ReleaseDraft, label: dict[str, Any]) -> bool:
    reading = draft.embargo
    if label["embargo"] is None:
        return (
            not isinstance(reading, Embargo | UnsettledEmbargo)
            and isinstance(reading, ImmediateRelease) == label["immediate"]
        )
    if isinstance(reading, UnsettledEmbargo):
        return not label["embargo_certain"]
    return isinstance(reading, Embargo) and reading.moment.instant == datetime.fromisoformat(label["embargo"])


def _count_contacts(tally: Tally, file: str, draft: ReleaseDraft, label: dict[str, Any]) -> None:
    people = [draft.people[key] for key in draft.contacts]
    addresses = {person.email.lower() for person in people}
    numbers = {
        last_digits(each) for person in people for each in f"{person.phone} / {person.out_of_hours}".split(" / ")
    }
    for contact in label["contacts"]:
        if contact["email"]:
            tally.count("contacts", file, good=contact["email"].lower() in addresses, said=contact["email"])
        for number in filter(None, (contact["phone"] or "").split(";")):
            tally.count("contacts", file, good=last_digits(number) in numbers, said=number)


def _count_quotations(tally: Tally, file: str, draft: ReleaseDraft, label: dict[str, Any]) -> None:
    sure = [each.confidence is Confidence.SURE for each in draft.body if isinstance(each, DraftQuotation)]
    found = [
        ((last_name(name), beginning(texts[0])), certain)
        for (name, texts), certain in zip(quotations(draft), sure, strict=True)
    ]
    tally.sure += sum(sure)
    for quote in label["quotes"]:
        wanted = (last_name(quote["speaker"]), beginning(quote["first_words"]))
        matching = next((each for each in found if each[0] == wanted), None)
        tally.count("quotations", file, good=matching is not None, said=quote)
        if matching:
            found.remove(matching)
            tally.sure_and_right += matching[1]
    tally.extra += len(found)
    tally.misses += [f"{file}: quotations: not one{', but sure' * certain}: {each}" for each, certain in found]


if __name__ == "__main__":
    measured = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "corpus")
    lines = [*measured.misses, *(f"{part}: {measured.share(part):.3f}" for part in measured.there)]
    right = measured.right["quotations"]
    lines.append(f"sure of quotations: {measured.sure_and_right} of {measured.sure} right; of {right} right ones")
    sys.stdout.write("\n".join(lines) + "\n")
