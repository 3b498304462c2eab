"""A workspace with a house, a small release that is built and was sent to an editor, and an office."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from click.testing import CliRunner

from machine import ROOT
from pressgen.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = """\
reference: B-1
house: inspectorate
headline: Bridge opens to “walkers & riders”
summary: The bridge of Palm Harbour is open.
times:
  zone: Europe/London
  embargo: 2019-05-08 00:01
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
facts:
  boats: {value: 1234, unit: boats, source: a count}
body:
  - The bridge opened, and {{ facts.boats }} boats went *below* it.[^count]
  - heading: What it carries
  - quote: {by: ray, words: It holds.}
  - list: [walkers, riders]
  - table:
      header: [Month, Boats]
      rows: [[May, "12"], [June, "34"]]
notes:
  - {id: count, text: Counted by hand.}
contacts: [ray]
"""
OFFICE = """\
office: {name: Press office, from: press@county.example, newsroom: "https://news.county.example"}
people:
  moss: {name: Ada Moss, email: moss@county.example, roles: [writer]}
  reed: {name: Jo Reed, email: reed@county.example, roles: [approver, head]}
lists:
  national:
    audience: press
    recipients:
      - {id: daily, name: Home desk, outlet: The Daily, email: desk@daily.example}
channels:
  newsroom: {kind: folder, path: public}
bounces: {address: bounces+KEY@county.example, folder: returned}
at_lift: [newsroom]
"""
PRESENT = {
    "attached": "attachments:\n  - {file: in.bin, title: A report}\n",
    "pictured": "",
    "bridge": "",
}


def furnish(root: Path) -> None:
    """Make the workspace: `releases/bridge` is built and out for review; a release for each way in which files come.

    Raises:
        AssertionError: pressgen refuses it.
    """
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copytree(ROOT / "templates" / "inspectorate", root / "templates" / "foreign")
    for slug, more in PRESENT.items():
        folder = root / "releases" / slug
        folder.mkdir(parents=True)
        (folder / "release.yaml").write_text(RELEASE.replace("B-1", f"B-{slug}") + more)
    pictured = root / "releases" / "pictured" / "release.yaml"
    pictured.write_text(pictured.read_text().replace("body:\n", "body:\n  - image: {file: in.png, alt: A bridge}\n"))
    filled = root / "releases" / "filled"
    filled.mkdir()
    (filled / "release.yaml").write_text(RELEASE.replace("B-1", "B-filled").replace("inspectorate", "foreign"))
    (root / "releases" / "pressgen.yaml").write_text(OFFICE)
    release = str(root / "releases" / "bridge")
    run("build", release)
    run("review", "send", release, "--as", "moss")


def run(*arguments: str) -> None:
    """Run a command that must succeed."""
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
