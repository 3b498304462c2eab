"""Faults to plant in the sample releases: what a fault is, and the places of a sample where one can stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from machine import ROOT
from pressgen.load.edits import apply_changes
from pressgen.load.release import read_release
from pressgen.model.change import EditText, InsertEntry
from pressgen.model.moment import read_moments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from random import Random

    from pressgen.load.release import ParsedRelease
    from pressgen.model.change import Change

    Planter = Callable[["Sample", Random], Iterator["Fault"]]

PROSE = re.compile(r"body\[\d+\]|notes\[[\w-]+\]\.text")
BODY = re.compile(r"body\[\d+\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a sample.

    Attributes:
        rule: the rule meant for it.
        release: the name of the sample.
        what: the fault in a few words, for the list of misses.
        changes: what plants it.
        strict: whether the house has a style, which the samples' own have not.
        slug: the name of the release's folder, where that is at fault.
        at: the instant to judge it at.
    """

    rule: str
    release: str
    what: str
    changes: tuple[Change, ...]
    strict: bool = False
    slug: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample release and its texts."""

    name: str
    loaded: ParsedRelease
    typed: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, name: str, language: str = "") -> Sample:
        """The sample in `releases/NAME`, or a translation of it as a release by itself, named `NAME-LANGUAGE`."""
        file = f"release.{language}.yaml" if language else "release.yaml"
        loaded = read_release((ROOT / "releases" / name / file).read_bytes(), file)
        return cls(f"{name}-{language}" if language else name, loaded, dict(loaded.source.typed))

    @property
    def english(self) -> bool:
        """Whether it is in English."""
        return (self.loaded.release.language or "").startswith("en")

    @property
    def embargoed(self) -> bool:
        """Whether it has an embargo."""
        return self.loaded.release.times.embargo is not None

    @property
    def lift(self) -> date:
        """The day on which it may be used."""
        times = read_moments(self.loaded.release)
        moment = times.embargo or times.publish
        assert moment is not None
        return moment.local.date()

    def fault(self, rule: str, what: str, *changes: Change, strict: bool = False) -> Fault:
        """A fault that `changes` plant."""
        return Fault(rule, self.name, what, changes, strict)

    def says(self, draw: Random, rule: str, sentence: str, *, body: bool = False, strict: bool = False) -> Fault:
        """A sentence that is a fault, at the end of a paragraph or, unless `body`, of a note."""
        places = [path for path in self.typed if (BODY if body else PROSE).fullmatch(path) and self._ends(path)]
        path = draw.choice(places)
        end = len(self.typed[path].rstrip())
        return self.fault(rule, f"{sentence} in {path}", EditText(path, end, end, f" {sentence}"), strict=strict)

    def paragraphs(self, draw: Random, rule: str, *paragraphs: object) -> Fault:
        """Paragraphs, or other blocks, that are a fault, somewhere between two of the body's."""
        texts = [int(path[5:-1]) for path in self.typed if BODY.fullmatch(path) and self._ends(path)]
        at = draw.choice(texts) + 1
        added = (InsertEntry("body", at, each) for each in paragraphs)  # type: ignore[arg-type]
        return self.fault(rule, f"{' ¶ '.join(map(str, paragraphs))} at body[{at}]", *added)

    def swapped(self, rule: str, old: str, new: str, *, strict: bool = False) -> Iterator[Fault]:
        """`new` in place of each `old` in its texts."""
        for path, text in self.typed.items():
            for match in re.finditer(re.escape(old), text):
                change = EditText(path, *match.span(), new)
                yield self.fault(rule, f"{new} for {old} in {path}", change, strict=strict)

    def planted(self, fault: Fault) -> str:
        """Its file with a fault in it."""
        return apply_changes(self.loaded.source, fault.changes)

    def _ends(self, path: str) -> bool:
        """Whether a paragraph ends in a full stop, so that a sentence can come after it."""
        return re.search(r"[.”](?:\[\^\w+\])?\s*$", self.typed[path]) is not None


def slipped(digits: str, draw: Random) -> str:
    """Digits mistyped: two in each other's place, or one of three another."""
    pairs = [index for index in range(len(digits) - 1) if digits[index] != digits[index + 1]]
    if pairs and (len(digits) < 3 or draw.random() < 0.5):
        at = draw.choice(pairs)
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    at = draw.randrange(1, len(digits))
    other = draw.choice([each for each in "0123456789" if each != digits[at]])
    return digits[:at] + other + digits[at + 1 :]
