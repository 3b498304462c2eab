"""How many planted faults the rules catch: recall, by the rule that is meant for each.

Run it with: cd tests && ../.venv/bin/python -m check.mutations [--seed 4] [--only T01,Q05]

The faults of `check/faults/` are planted one at a time in the releases of `releases/`, in a workspace that is thrown
away, and each is checked as `pressgen check` checks it. Caught is what the rule meant for it finds and did not find
before. It prints caught and planted by rule, and then every miss.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from check.faults import figures, quotations, structure, times
from check.planting import Fault, Sample
from machine import ROOT
from pressgen.actions.check.check import check_release
from pressgen.actions.workspace.folder import Workspace

SAMPLES = (
    "new-chief-inspector", "palm-harbour", "thornmere-remand-centre", "two-rivers", "warm-rivers",
)  # fmt: skip
STYLE = """
style:
  honorifics: {honorifics}
  spelling: british
  out_of_hours: true
  steps: 15
  country: {country}
  limits: {{headline: 60, reading_age: 16}}
  avoid: [{{words: utilise, instead: use}}]
  capitalise: [GitHub]
  jargon: [granularity]
  careful: [fraud]
  coarse: [damned]
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """A fault, whether the rule meant for it found it, and what other rules said of it."""

    fault: Fault
    caught: bool
    others: tuple[str, ...]


def samples() -> list[Sample]:
    """Every sample, and the Welsh translation of one."""
    return [*map(Sample.of, SAMPLES), Sample.of("new-chief-inspector", "cy")]


def faults(seed: int = 4) -> list[Fault]:
    """What is planted; the same for the same seed."""
    planters = [each for module in (times, quotations, figures, structure) for each in module.PLANTERS]
    return [
        fault
        for sample in samples()
        for planter in planters
        for fault in planter(sample, Random(f"{seed} {sample.name} {planter.__name__}"))  # noqa: S311
    ]


class Field:
    """Workspaces to plant in: one with the samples' own houses, one in which they have a style."""

    def __init__(self, folder: Path) -> None:
        self.samples = {each.name: each for each in samples()}
        self.plain, self.strict = Workspace(folder / "plain"), Workspace(folder / "strict")
        for each in (self.plain, self.strict):
            shutil.copytree(ROOT / "templates", each.root / "templates")
            for sample in self.samples.values():
                file = each.root / "releases" / sample.name / "release.yaml"
                file.parent.mkdir(parents=True)
                file.write_text(sample.loaded.source.text, "utf-8")
        for house, honorifics, country in (("inspectorate", "always", "GB-ENG"), ("university", "never", "US")):
            with (self.strict.root / "templates" / house / "house.yaml").open("a") as file:
                file.write(STYLE.format(honorifics=honorifics, country=country))
        self._before: dict[tuple[str, bool], set[tuple[str, str]]] = {}

    def tried(self, fault: Fault) -> Tried:
        """Plant a fault, check the release, and take the fault out again."""
        workspace = self.strict if fault.strict else self.plain
        before = self._at_rest(fault.release, strict=fault.strict)
        sample = self.samples[fault.release]
        folder = workspace.root / "releases" / fault.release
        named = folder.rename(folder.with_name(fault.slug or fault.release))
        (named / "release.yaml").write_text(sample.planted(fault), "utf-8")
        problems = check_release(workspace, named, fault.at).problems
        named.rename(folder)
        (folder / "release.yaml").write_text(sample.loaded.source.text, "utf-8")
        found = {(each.code, f"{each.path}: {each.message}") for each in problems} - before
        caught = any(code == fault.rule for code, _ in found)
        return Tried(fault, caught, tuple(f"{code} {said}" for code, said in sorted(found) if code != fault.rule))

    def _at_rest(self, name: str, *, strict: bool) -> set[tuple[str, str]]:
        """What is said of a sample as it is."""
        if (name, strict) not in self._before:
            workspace = self.strict if strict else self.plain
            problems = check_release(workspace, workspace.root / "releases" / name).problems
            self._before[name, strict] = {(each.code, f"{each.path}: {each.message}") for each in problems}
        return self._before[name, strict]


def tried(planted: list[Fault]) -> list[Tried]:
    """Every fault of a list, tried."""
    with TemporaryDirectory() as folder:
        field = Field(Path(folder))
        return [field.tried(each) for each in planted]


def main() -> None:
    """Plant everything and print what was caught."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--only", help="codes of rules, with commas between")
    order = parser.parse_args()
    planted = [each for each in faults(order.seed) if not order.only or each.rule in order.only.split(",")]
    found = tried(planted)
    every, caught = (
        Counter(each.fault.rule for each in found),
        Counter(each.fault.rule for each in found if each.caught),
    )
    sys.stdout.writelines(f"{code} {caught[code]:3} / {every[code]}\n" for code in sorted(every))
    total = sum(caught.values())
    sys.stdout.write(f"all {total} / {len(found)} = {total / max(1, len(found)):.1%}\n")
    for each in found:
        if not each.caught:
            beside = f" (but {'; '.join(each.others)})" if each.others else ""
            sys.stdout.write(f"missed {each.fault.rule} {each.fault.release}: {each.fault.what}{beside}\n")


if __name__ == "__main__":
    main()
