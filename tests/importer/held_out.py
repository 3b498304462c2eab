"""How well releases are read that nobody had seen when the importer was written.

Run it with: PYTHONPATH=tests .venv/bin/python -m importer.held_out FOLDER

`held_out.json` says what people found in them, as hashes, and where each is from: FOLDER holds the files, found by
their SHA-256, whatever they are called (`git show COMMIT:PATH` in a copy of the repository brings one). The releases
of the half `dev` were there to learn from; their misses are listed. Of those of `unseen` only totals are printed.

Besides what is right, it prints whether the importer knows it: of what it calls sure, how much is right; and of what is
right, how much it calls sure. What it calls likely, or puts a doubt beside, is not sure.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importer.drafts import HOME, written
from importer.file_words import count_lost
from importer.hash_labels import Hasher
from pressgen.errors import InputError
from pressgen.importer.assemble import assemble_draft
from pressgen.importer.draft import Confidence, DraftQuotation, ReleaseDraft
from pressgen.importer.manuscript_reader import read_manuscript
from pressgen.text.embargo.line_reader import Embargo, ImmediateRelease, UnsettledEmbargo

RECORDS = Path(__file__).with_suffix(".json")


@dataclass
class Part:
    """What was found of one part of all releases, against what is there."""

    there: int = 0
    right: int = 0
    wrong: int = 0
    stated: int = 0
    sure: int = 0
    sure_and_right: int = 0

    def add_found(self, *, good: bool, sure: bool, stated: bool = True) -> None:
        """Add what the importer makes of a part, which states nothing where it leaves it open or finds none."""
        self.right += good
        self.wrong += not good
        self.stated += good and stated
        self.sure += sure
        self.sure_and_right += good and sure

    @property
    def recall(self) -> float:
        """The share found of what is there."""
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """The F1 measure, which counts what was made up as well."""
        total = self.there + self.right + self.wrong
        return 2 * self.right / total if total else 1.0


@dataclass
class Half:
    """What was found in the releases of one half."""

    files: int = 0
    absent: int = 0
    unread: list[str] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)
    wrong_speakers: int = 0
    invented_embargoes: int = 0
    silent_embargoes: int = 0
    words_lost: dict[str, int] = field(default_factory=dict)
    uncounted: int = 0
    misses: list[str] = field(default_factory=list)

    def part(self, name: str) -> Part:
        """The figures of a part."""
        return self.parts.setdefault(name, Part())


def measure(folder: Path, records: list[dict[str, Any]]) -> dict[str, Half]:
    """Read the releases of a folder that records are about, and compare."""
    files = {hashlib.sha256(each.read_bytes()).hexdigest(): each for each in folder.rglob("*") if each.is_file()}
    halves: dict[str, Half] = {}
    for record in records:
        half = halves.setdefault(record["half"], Half())
        path = files.get(record["sha256"])
        if path is None:
            half.absent += 1
        else:
            _Comparison(half, record, path).compare()
    return halves


class _Comparison:
    """Compares one release with its record."""

    def __init__(self, half: Half, record: dict[str, Any], path: Path) -> None:
        self.half, self.record, self.path = half, record, path
        self.hasher = Hasher(record["sha256"])

    def compare(self) -> None:
        self.half.files += 1
        try:
            draft = assemble_draft(read_manuscript(self.path.read_bytes(), self.path.name), HOME)
        except InputError as refusal:
            self.half.unread.append(str(refusal))
            if not self.record["unreadable"]:
                self._count_all_as_missed()
            return
        if self.record["unreadable"]:
            self._miss("file", "read, though a person could not")
            return
        doubted = {doubt.field for doubt in draft.doubts}
        self._compare_headline(draft, doubted)
        self._compare_embargo(draft, doubted)
        self._compare_notes(draft, doubted)
        self._compare_contacts(draft, doubted)
        self._compare_quotations(draft, doubted)
        lost = count_lost(self.path, written(draft))
        if lost is None:
            self.half.uncounted += 1
        elif lost:
            self.half.words_lost[self.path.name] = lost
            self._miss("words", f"{lost} lost")

    def _count_all_as_missed(self) -> None:
        self._miss("file", "not read")
        for name in ("headline", "embargo", "notes"):
            self.half.part(name).there += 1
        self.half.part("contacts").there += len(_wanted(self.record["contacts"]))
        self.half.part("quotations").there += sum(not quote["optional"] for quote in self.record["quotes"])

    def _compare_headline(self, draft: ReleaseDraft, doubted: set[str]) -> None:
        part, wanted = self.half.part("headline"), self.record["headline"]
        part.there += 1
        good = self.hasher.text(draft.headline) in wanted if draft.headline else not wanted
        sure = draft.sureness["headline"] is Confidence.SURE and "headline" not in doubted
        part.add_found(good=good, sure=sure, stated=bool(draft.headline))
        if not good:
            self._miss("headline", draft.headline, sure=sure)

    def _compare_embargo(self, draft: ReleaseDraft, doubted: set[str]) -> None:
        part, reading = self.half.part("embargo"), draft.embargo
        part.there += 1
        found = isinstance(reading, Embargo | UnsettledEmbargo)
        good = self._embargo_agrees(draft)
        sure = draft.sureness["embargo"] is Confidence.SURE and not doubted & {"times.embargo", "times.zone"}
        silent = self.record["embargo"] is not None and not found and not doubted & {"times.embargo", "times.zone"}
        part.add_found(good=good, sure=sure or silent, stated=isinstance(reading, Embargo | ImmediateRelease))
        self.half.silent_embargoes += silent
        self.half.invented_embargoes += found and self.record["embargo"] is None
        if not good:
            self._miss("embargo", reading, sure=sure)

    def _embargo_agrees(self, draft: ReleaseDraft) -> bool:
        reading, wanted = draft.embargo, self.record["embargo"]
        if wanted is None:
            immediate = isinstance(reading, ImmediateRelease)
            return not isinstance(reading, Embargo | UnsettledEmbargo) and immediate == self.record["immediate"]
        if isinstance(reading, UnsettledEmbargo):
            return not self.record["certain"]
        return isinstance(reading, Embargo) and self.hasher.instant(reading.moment.instant) == wanted

    def _compare_notes(self, draft: ReleaseDraft, doubted: set[str]) -> None:
        part, wanted = self.half.part("notes"), self.record["notes"]
        part.there += 1
        good = len(draft.notes) in wanted
        if good and draft.notes and self.record["first_note"]:
            good = self.hasher.beginning(draft.notes[0].text) == self.record["first_note"]
        sure = draft.sureness["notes"] is Confidence.SURE and "notes" not in doubted
        part.add_found(good=good, sure=sure, stated=bool(draft.notes))
        if not good:
            self._miss("notes", f"{len(draft.notes)}, not {wanted}", sure=sure)

    def _compare_contacts(self, draft: ReleaseDraft, doubted: set[str]) -> None:
        part, labelled = self.half.part("contacts"), self.record["contacts"]
        wanted, allowed = _wanted(labelled), _held(labelled)
        part.there += len(wanted)
        sure = draft.sureness["contacts"] is Confidence.SURE and "contacts" not in doubted
        for item, owner, said in self._contact_items(draft):
            others = {contact["name"] for contact in labelled if contact["name"]} - allowed.get(item, set())
            good = item in allowed and owner not in others
            if not good or item in wanted:
                part.add_found(good=good, sure=sure)
            if not good:
                self._miss("contacts", said, sure=sure)
            wanted.discard(item)
        if wanted:
            self._miss("contacts", f"{len(wanted)} missed")

    def _contact_items(self, draft: ReleaseDraft) -> Iterator[tuple[str, str | None, str]]:
        items: dict[str, tuple[str | None, str]] = {}
        for person in (draft.people[key] for key in draft.contacts):
            owner = self.hasher.name(person.name) if any(map(str.isalnum, person.name)) else None
            if person.email:
                items.setdefault(self.hasher.address(person.email), (owner, f"{person.name} {person.email}"))
            for number in filter(None, f"{person.phone}/{person.out_of_hours}".split("/")):
                items.setdefault(self.hasher.number(number), (owner, f"{person.name} {number}"))
        return ((item, *rest) for item, rest in items.items())

    def _compare_quotations(self, draft: ReleaseDraft, doubted: set[str]) -> None:
        part, left = self.half.part("quotations"), list(self.record["quotes"])
        part.there += sum(not quote["optional"] for quote in left)
        for index, block in enumerate(draft.body):
            if isinstance(block, DraftQuotation):
                speaker, words = draft.people[block.by].name, self.hasher.beginning(block.words[0])
                sure = block.confidence is Confidence.SURE and f"body[{index}]" not in doubted
                same = [quote for quote in left if words in quote["words"]]
                match = next((each for each in same if each["speaker"] in {None, self.hasher.name(speaker)}), None)
                if match is None:
                    self._miss("quotations", f"{speaker}: {block.words[0][:40]}", sure=sure)
                    self.half.wrong_speakers += bool(same)
                else:
                    left.remove(match)
                if match is None or not match["optional"]:
                    part.add_found(good=match is not None, sure=sure)
        if missed := sum(not quote["optional"] for quote in left):
            self._miss("quotations", f"{missed} missed")

    def _miss(self, part: str, said: object, *, sure: bool = False) -> None:
        self.half.misses.append(f"{self.path.name}: {part}{', called sure' * sure}: {said}")


def _held(contacts: list[dict[str, Any]]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {}
    for contact in contacts:
        for item in filter(None, (contact["email"], *contact["phones"])):
            held.setdefault(item, set()).update(filter(None, [contact["name"]]))
    return held


def _wanted(contacts: list[dict[str, Any]]) -> set[str]:
    return set(_held([contact for contact in contacts if not contact["optional"]]))


def format_half(name: str, half: Half, *, with_misses: bool) -> Iterator[str]:
    """The lines about a half."""
    yield f"{name}: {half.files} files, {len(half.unread)} of them not read; {half.absent} are not in the folder"
    yield f"  {'part':<12}{'there':>6}{'right':>6}{'share':>8}{'wrong':>6} | {'sure':>5}{'right':>6}{'right sure':>12}"
    for part, found in half.parts.items():
        share = found.f1 if part == "quotations" else found.recall
        right, known = _percent(found.sure_and_right, found.sure), _percent(found.sure_and_right, found.stated)
        counted = f"{found.there:>6}{found.right:>6}{share:>8.1%}{found.wrong:>6}"
        yield f"  {part:<12}{counted} | {found.sure:>5}{right}{known:>12}"
    yield f"  the share of quotations is F1; {half.wrong_speakers} have the words of one, but another speaker"
    yield f"  embargoes: {half.invented_embargoes} invented, {half.silent_embargoes} missed without a doubt"
    lost = sum(half.words_lost.values())
    yield f"  words lost: {lost} in {len(half.words_lost)} files; the words of {half.uncounted} files were not counted"
    if with_misses:
        yield from (f"  {line}" for line in [*half.unread, *half.misses])


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:>6.0%}" if whole else f"{'-':>6}"


if __name__ == "__main__":
    found = measure(Path(sys.argv[1]), json.loads(RECORDS.read_text("utf-8")))
    lines = [
        line
        for name, half in found.items()
        if half.files
        for line in format_half(name, half, with_misses=name != "unseen")
    ]
    sys.stdout.write("\n".join(lines) + "\n")
