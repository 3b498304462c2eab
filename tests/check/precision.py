"""What the rules say of real releases, for somebody to judge: how often is it right?

Run it with: cd tests && ../.venv/bin/python -m check.precision [--plain] [--sample 200 --seed 4] [--only T01,Q05]

Every text of the corpus becomes a release in memory: as `pressgen import` reads it or, with `--plain`, a headline and
paragraphs as they are, in the language and country that the corpus gives it. Its house says nothing about style. It
prints how many findings each rule has, in how many texts, and the findings with their sentences: all, or a random
draw. Nothing is written.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from check.cases import TEMPLATES
from machine import SHARED
from pressgen.check.run import load_rules, run_rules
from pressgen.check.subject import Subject
from pressgen.compose.document import compose
from pressgen.errors import InputError
from pressgen.importer.assemble import ImportDefaults, assemble_draft
from pressgen.importer.draft import DraftParagraph, ReleaseDraft
from pressgen.importer.manuscript_reader import read_manuscript
from pressgen.importer.yaml_writer import ReleaseIdentity, format_release_yaml
from pressgen.load.house import read_house
from pressgen.load.release import read_release
from pressgen.model.artifact import Variant
from pressgen.model.moment import read_moments
from pressgen.text.embargo.line_reader import Embargo
from pressgen.text.sentences import find_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressgen.check.run import CheckProblem

HOME = ImportDefaults("en-GB", "Europe/London")
HOUSE = b"""\
name: Us
wording: {embargo: ["EMBARGOED UNTIL {{ embargo }}"], contact: ["{{ name }}", "{{ phone }}", "{{ email }}"]}
"""
WIDTH = 300
COUNTRIES = {"uk": "GB", "us": "US", "au": "AU", "ie": "IE", "ca": "CA"}
"""By the first part of a text's kind."""


@dataclass(frozen=True)
class Told:
    """A finding with the sentence that it is about."""

    file: str
    caught: CheckProblem
    sentence: str

    def __str__(self) -> str:
        problem = self.caught.problem
        shown = self.sentence if len(self.sentence) <= WIDTH else f"{self.sentence[:WIDTH]}…"
        head = f"{problem.code} {problem.severity.value} {self.file[:3]} {problem.path}: {problem.message}"
        return f"{head}\n    {shown}"


def told_of(path: Path, language: str, *, plain: bool) -> Iterator[Told]:
    """What the rules say of one text."""
    draft = _plain(path) if plain else _imported(path)
    text = format_release_yaml(replace(draft, language=language), ReleaseIdentity("CORPUS", "neutral", path.name))
    loaded = read_release(text.encode(), path.name)
    house, _ = read_house({**TEMPLATES, "house.yaml": HOUSE}, "neutral", "templates/neutral")
    times, locate = read_moments(loaded.release), loaded.source.place
    variant = Variant.EMBARGOED if times.embargo else Variant.PUBLIC
    [document] = compose(loaded.release, times, house.house, slug="corpus", variants=[variant], locate=locate)
    typed = loaded.source.typed
    subject = Subject(release=loaded.release, house=house.house, document=document, typed=typed, slug="corpus")
    for each in run_rules(subject, *load_rules(), locate):
        words = typed.get(each.problem.path, "")
        at = each.finding.start if each.finding else 0
        yield Told(path.name, each, find_sentence(words, at).text if words else "")


def _imported(path: Path) -> ReleaseDraft:
    """A text as it is imported, without what found no place and what was left open."""
    draft = assemble_draft(read_manuscript(path.read_bytes(), path.name), HOME)
    embargo = draft.embargo if isinstance(draft.embargo, Embargo) else None
    return replace(draft, unplaced=(), headline=draft.headline or "Untitled", embargo=embargo)


def _plain(path: Path) -> ReleaseDraft:
    """A text as a headline, times and paragraphs."""
    paras = read_manuscript(path.read_bytes(), path.name).paras
    body = tuple(DraftParagraph(each.text, each.line) for each in paras if each.text.strip())
    return replace(
        _imported(path), body=body, people={}, subhead="", place="", notes=(), boilerplate=(), contacts=(), links=()
    )


def languages() -> dict[str, str]:
    """The language of each text, with its country where that is known: `en-GB`."""
    with (SHARED / "corpus" / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        rows = list(csv.DictReader(index, delimiter="\t"))
    return {row["file"]: _language(row["language"], COUNTRIES.get(row["kind"].partition("-")[0])) for row in rows}


def _language(language: str, country: str | None) -> str:
    return f"en-{country}" if language == "en" and country else language


def main() -> None:
    """Read all texts, and print what is said of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--plain", action="store_true", help="paragraphs as they are, nothing read into them")
    parser.add_argument("--sample", type=int, help="so many findings, drawn at random")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--only", help="codes of rules, with commas between")
    order = parser.parse_args()
    found: list[Told] = []
    for name, language in languages().items():
        path = SHARED / "corpus" / "texts" / name
        try:
            found += told_of(path, language, plain=order.plain)
        except InputError as refusal:
            sys.stdout.write(f"not read: {path.name}: {refusal.problems[0]}\n")
    if order.only:
        found = [each for each in found if each.caught.problem.code in order.only.split(",")]
    times = Counter(each.caught.problem.code for each in found)
    texts = Counter(code for code, _ in {(each.caught.problem.code, each.file) for each in found})
    sys.stdout.writelines(f"{code}: {times[code]} findings in {texts[code]} texts\n" for code in sorted(times))
    if order.sample:
        found = random.Random(order.seed).sample(found, min(order.sample, len(found)))  # noqa: S311 - to be repeated
    found.sort(key=lambda each: (each.caught.problem.code, each.file))
    sys.stdout.writelines(f"{each}\n" for each in found)


if __name__ == "__main__":
    main()
