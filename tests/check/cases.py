"""A rule's cases: releases and what is said of them, word for word, with the place.

`tests/check/rules/<rule>.yaml` holds a list of cases. A case has `case`, a sentence; `release`, the beginning of a
release whose other fields come after it, so that its lines are counted from 1; `expect`, the lines that the rule
prints; and, where they matter, `house` (fields of the house), `at` (the instant to judge it at), `slug`, `earlier`
(releases that came before, each with `slug`, `day` and `text`), `cleared` (by the path of a quotation, `day` and
`wording`) and `attached` (by the name of an attachment, what it tells).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from pressgen.check.rule import Rule
from pressgen.check.run import CheckProblem, load_rules, run_rules
from pressgen.check.subject import ClearanceState, PreviousRelease, QuotationClearance, Subject
from pressgen.compose.document import compose
from pressgen.errors import Place
from pressgen.load.house import read_house
from pressgen.load.release import read_release
from pressgen.model.artifact import Variant
from pressgen.model.moment import read_moments

FOLDER = Path(__file__).parent / "rules"
RELEASE = """\
reference: MUS-2031-05-08
house: museum
language: en-GB
headline: Museum of Tides opens a second hall
times:
  zone: Europe/London
  issue: 2031-05-06 10:00
  embargo: 2031-05-08 00:01
people:
  okafor: {name: Dr Ngozi Okafor, role: Director, later: Dr Okafor}
  lind:
    {name: Per Lind, role: Press Officer, phone: 01632 960 100, email: lind@tides.example, out_of_hours: 07700 900 100}
body:
  - The hall opens to everyone.
contacts: [lind]
"""
HOUSE = """\
name: Museum of Tides
wording:
  embargo: ["EMBARGOED UNTIL {{ embargo }} {{ embargo | zone }}"]
  contact: ["{{ name }}, {{ role }}", "{{ phone }}", "{{ email }}", "{{ out_of_hours }}"]
  end: ENDS
formats: {moment: "EEEE d MMMM y, HH:mm"}
"""
TEMPLATES = dict.fromkeys(("release.docx", "release.html", "release.css", "mail.txt"), b"")


@dataclass(frozen=True)
class Case:
    """One case of one rule."""

    rule: str
    said: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.rule}: {self.said['case']}"

    def lines(self) -> list[str]:
        """What the rule prints."""
        return [_line(each) for each in caught(self.said, [rule_of(self.rule)])]


def all_cases() -> list[Case]:
    """Every case there is."""
    return [
        Case(path.stem, said) for path in sorted(FOLDER.glob("*.yaml")) for said in yaml.safe_load(path.read_text())
    ]


def rule_of(module: str) -> Rule:
    """The rule of the module with that name."""
    found = {each.check.__module__.rpartition(".")[2]: each for each in load_rules()[0]}
    return found[module]


def caught(said: dict[str, Any], used: list[Rule]) -> list[CheckProblem]:
    """What `used` find in a case."""
    subject, locate = subject_of(said)
    return run_rules(subject, used, [], locate)


def subject_of(said: dict[str, Any]) -> tuple[Subject, Any]:
    """The release of a case as a rule is shown it, with its places."""
    loaded = read_release(whole(said.get("release", ""), RELEASE).encode(), "release.yaml")
    house, wording = read_house(
        {**TEMPLATES, "house.yaml": whole(said.get("house", ""), HOUSE).encode()}, "museum", "templates/museum"
    )

    def locate(path: str, offset: int) -> Place:
        if path.startswith("house."):
            return wording.place(path.removeprefix("house."), offset)
        return loaded.source.place(path, offset)

    slug, times = said.get("slug", "second-hall"), read_moments(loaded.release)
    variant = Variant.EMBARGOED if times.embargo else Variant.PUBLIC
    [document] = compose(loaded.release, times, house.house, slug=slug, variants=[variant], locate=locate)
    at = datetime.fromisoformat(said["at"]) if "at" in said else None
    typed = loaded.source.typed
    earlier = [
        PreviousRelease(each["slug"], date.fromisoformat(each["day"]), each["text"]) for each in said.get("earlier", [])
    ]
    cleared = {
        path: QuotationClearance(date.fromisoformat(each["day"]), ClearanceState(each["wording"]))
        for path, each in said.get("cleared", {}).items()
    }
    subject = Subject(
        release=loaded.release,
        house=house.house,
        document=document,
        typed=typed,
        slug=slug,
        now=at,
        earlier=earlier,
        cleared=cleared,
        attached=said.get("attached", {}),
    )
    return subject, locate


def whole(first: str, rest: str) -> str:
    """Fields of a file that begins with `first`, and goes on with the fields of `rest` that are not in it."""
    given = set(re.findall(r"^\w+", first, re.MULTILINE))
    fields = re.findall(r"^\w+:.*\n(?:[ -].*\n)*", rest, re.MULTILINE)
    end = "" if first.endswith("\n") or not first else "\n"
    return first + end + "".join(each for each in fields if each.partition(":")[0] not in given)


def _line(each: CheckProblem) -> str:
    own = rule_severity(each)
    kind = "" if each.problem.severity is own else f"({each.problem.severity.value}) "
    mend = f" → {each.finding.mend}" if each.finding and each.finding.mend is not None else ""
    return f"{each.problem.place}: {each.problem.code} {kind}{each.problem.message}{mend}"


def rule_severity(each: CheckProblem) -> object:
    """The severity that the rule of a problem has of itself."""
    return next((rule.severity for rule in load_rules()[0] if rule.code == each.problem.code), None)
