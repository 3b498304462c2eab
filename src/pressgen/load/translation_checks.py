"""Check that two languages of one release agree.

Figures, times, people, notes and speakers must match. Each disagreement is reported at its place in the translation and
names the place in the original.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import make_problem
from pressgen.load.names_in_prose import PROSE
from pressgen.model.release import ChartBlock, QuoteBlock, find_block_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.release import ParsedRelease
    from pressgen.model.release import BodyBlock, Release

ALIKE = ("reference", "house", "audience")
TIMES = ("zone", "embargo", "issue", "publish", "fold")
OF_PEOPLE = ("name", "phone", "email", "out_of_hours")
NUMERAL = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
CELL = re.compile(r"body\[\d+\]\.table\.rows\[\d+\]\[\d+\]")
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def find_disagreements(original: ParsedRelease, translation: ParsedRelease, language: str) -> list[Problem]:
    """Find everything in which a translation differs from the original.

    Args:
        original: `release.yaml`.
        translation: the translation's file.
        language: the language from the name of that file, such as `cy` for `release.cy.yaml`.
    """
    return list(_TranslationCheck(original, translation).problems(language))


class _TranslationCheck:
    def __init__(self, original: ParsedRelease, translation: ParsedRelease) -> None:
        self.source, self.other = original.source, translation.source
        self.first, self.second = original.release, translation.release

    def problems(self, language: str) -> Iterator[Problem]:
        if self.second.language != language:
            message = f"the name of this file says “{language}”; write language: {language}"
            yield make_problem("L01", message, self.other.place("language"), "language")
        for name in ALIKE:
            yield from self._same(name, getattr(self.first, name), getattr(self.second, name))
        for name in TIMES:
            yield from self._same(f"times.{name}", getattr(self.first.times, name), getattr(self.second.times, name))
        yield from self._people()
        yield from self._facts()
        yield from self._findings()
        yield from self._same("notes", [note.id for note in self.first.notes], [note.id for note in self.second.notes])
        yield from self._same("contacts", list(self.first.contacts), list(self.second.contacts))
        yield from self._body()
        yield from self._charts()
        yield from self._numerals()

    def _same(self, path: str, first: object, second: object) -> Iterator[Problem]:
        if first != second:
            message = (
                f"the original has {_format_value(first)} ({self.source.place(path)}), this translation"
                f" {_format_value(second)}"
            )
            yield make_problem("L02", f"{path}: {message}", self.other.place(path), path)

    def _people(self) -> Iterator[Problem]:
        yield from self._same("people", sorted(self.first.people), sorted(self.second.people))
        for key in self.first.people.keys() & self.second.people.keys():
            for name in OF_PEOPLE:
                pair = (getattr(each.people[key], name) for each in (self.first, self.second))
                yield from self._same(f"people.{key}.{name}", *pair)

    def _facts(self) -> Iterator[Problem]:
        yield from self._same("facts", sorted(self.first.facts), sorted(self.second.facts))
        for key in self.first.facts.keys() & self.second.facts.keys():
            yield from self._same(f"facts.{key}.value", self.first.facts[key].value, self.second.facts[key].value)

    def _findings(self) -> Iterator[Problem]:
        """Compare the findings and their ratings.

        Ratings are compared by their position on the scale, since the words of the scale may differ.
        """
        yield from self._same("findings", *(_ratings(each) for each in (self.first, self.second)))

    def _body(self) -> Iterator[Problem]:
        kinds = [[_kind(block) for block in each.body] for each in (self.first, self.second)]
        yield from self._same("body", *kinds)

    def _charts(self) -> Iterator[Problem]:
        """Compare the figures of each chart, row by row.

        They must be the same facts, or the same digits.
        """
        for number, (mine, theirs) in enumerate(zip(self.first.body, self.second.body, strict=False)):
            if isinstance(mine, ChartBlock) and isinstance(theirs, ChartBlock):
                path = f"body[{number}].chart"
                yield from self._same(f"{path}.kind", mine.chart.kind, theirs.chart.kind)
                yield from self._same(f"{path}.rows", len(mine.chart.rows), len(theirs.chart.rows))
                for count, rows in enumerate(zip(mine.chart.rows, theirs.chart.rows, strict=False)):
                    yield from self._same(f"{path}.rows[{count}].values", *(list(row.values) for row in rows))

    def _numerals(self) -> Iterator[Problem]:
        """Compare the numerals typed in each text, in any order.

        Where the prose in one language spells its figures out, nothing is reported. Cells of tables must have the same
        figures.
        """
        for path in filter(PROSE.fullmatch, self.source.nodes):
            mine, theirs = (_numerals(each.text_at(path) or "") for each in (self.source, self.other))
            if mine != theirs and ((mine and theirs) or CELL.fullmatch(path)):
                yield from self._same(path, mine, theirs)


def _ratings(release: Release) -> list[tuple[str, int]]:
    findings = release.findings
    return [(item.id, findings.scale.index(item.rating) + 1) for item in findings.items] if findings else []


def _kind(block: BodyBlock) -> str:
    if isinstance(block, QuoteBlock):
        words = block.quote.words
        return f"quote by {block.quote.by}, {1 if isinstance(words, str) else len(words)}"
    return find_block_kind(block) or ""


def _numerals(text: str) -> list[str]:
    return sorted(re.sub(r"\D", "", each) for each in NUMERAL.findall(EXPRESSION.sub("", text)))


def _format_value(value: object) -> str:
    if value is None:
        return "nothing"
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else f"“{value}”"
