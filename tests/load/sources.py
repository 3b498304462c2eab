"""Releases and houses for these tests: whole ones, and ones with fields of their own."""

from __future__ import annotations

import re

from pressgen.errors import InputError
from pressgen.load.house import read_house
from pressgen.load.release import read_release

RELEASE = """\
reference: LIB-2031-04-02
house: county
headline: Nine libraries open on Sundays
times:
  zone: Europe/London
  embargo: 2031-04-02 00:01
people:
  moss:
    name: Ada Moss
    role: County Librarian
    email: ada@county.example
facts:
  branches: {value: 9, unit: libraries, source: note count}
terms: {CLS: County Library Service}
findings:
  scale: [Good, Fair, Poor]
  items:
    - {id: stock, subject: Stock, rating: Good}
links:
  - {id: report, title: The plan, url: https://county.example/plan}
body:
  - All {{ facts.branches }} branches open on Sundays.[^count]
  - quote: {by: moss, words: We asked and you answered.}
notes:
  - {id: count, text: Counted in March.}
contacts: [moss]
"""

HOUSE = """\
name: County Council
wording:
  embargo: ["UNTIL {{ embargo }}"]
  contact: ["{{ name }}"]
"""
FOLDER = dict.fromkeys(("release.docx", "release.html", "release.css", "mail.txt"), b"")


def release(first: str, *left_out: str) -> str:
    """A whole release that begins with the fields in `first`, and goes on with the others but those left out."""
    replaced = {*re.findall(r"^\w+", first, re.MULTILINE), *left_out}
    fields = re.findall(r"^\w+:.*\n(?:[ -].*\n)*", RELEASE, re.MULTILINE)
    return first + "".join(each for each in fields if each.partition(":")[0] not in replaced)


def faults(text: str | bytes, **known: set[str]) -> list[str]:
    """What is printed about a release, a line each; nothing where it is read."""
    try:
        read_release(text if isinstance(text, bytes) else text.encode(), "release.yaml", **known)
    except InputError as refusal:
        return refusal.lines()
    return []


def yaml_faults(text: str | bytes) -> list[str]:
    """What is printed about the YAML of a file, whatever it holds."""
    return [line for line in faults(text) if ": Y" in line]


def house_faults(text: str | bytes, **files: bytes) -> list[str]:
    """What is printed about a house with this `house.yaml`."""
    data = text if isinstance(text, bytes) else text.encode()
    try:
        read_house({**FOLDER, "house.yaml": data, **files}, "county", "templates/county")
    except InputError as refusal:
        return refusal.lines()
    return []
