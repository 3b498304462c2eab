"""Make a workspace with this version, to be kept: a later version must go on with it.

Run it in a checkout of the version, with its tests on the path: `python -m earlier.make_workspace FOLDER`. It uses the
command line alone, so that it can be run again with any version. FOLDER gets `sqlite/`, `postgres/`, `ledger.sql` (the
database of the second as pg_dump writes it) and `before.json` (what each said of its releases).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import docx
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from channels.servers import free_port
from machine import ROOT
from postgres import cluster

RELEASE = """\
reference: B-%(number)s
house: inspectorate
headline: Bridge %(number)s opens
times: {zone: Europe/London, %(times)s}
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
facts: {cars: {value: 3930}}
body:
  - The bridge carries {{ facts.cars }} cars on each weekday.
  - quote: {by: ray, words: It holds.}
  - The old one is taken down.
notes: [{id: one, text: Counted by hand in May.}]
contacts: [ray]
%(accept)s"""
ACCEPT = 'accept: [{rule: T13, where: "times.embargo", because: It was sent before.}]\n'
OFFICE = """\
office: {name: Press office, from: press@example.org, newsroom: "https://news.example.org"}
people:
  writer: {name: Ada Moss, email: writer@example.org, roles: [writer]}
  head: {name: Jo Reed, email: head@example.org, roles: [approver, head]}
lists:
  national:
    audience: press
    recipients:
      - {id: daily, name: Home desk, outlet: A daily paper, email: desk@daily.example}
      - {id: agency, name: News desk, outlet: An agency, email: news@agency.example}
channels:
  mail: {kind: smtp, host: 127.0.0.1, port: %(port)s, security: none}
  newsroom: {kind: folder, path: public}
at_issue: [mail]
at_lift: [newsroom, mail]
"""
LATER, PAST = "embargo: 2031-04-02 00:01", "embargo: 2019-05-08 00:01"
LIFE = {
    "draft": (LATER, []),
    "submitted": (LATER, ["submit"]),
    "approved": (LATER, ["submit", "approve"]),
    "issued": (LATER, ["submit", "approve", "issue"]),
    "scheduled": (LATER, ["submit", "approve", "issue", "schedule"]),
    "moved": (LATER, ["submit", "approve", "issue", "schedule", "move"]),
    "lifted": (PAST, ["submit", "approve", "lift"]),
    "corrected": (PAST, ["submit", "approve", "lift", "edit", "submit", "approve", "correct"]),
    "withdrawn": (PAST, ["submit", "approve", "lift", "withdraw"]),
    "reviewed": (LATER, ["send"]),
}
"""What becomes of each release."""


@dataclass
class Maker:
    """Makes one workspace."""

    root: Path
    environment: dict[str, str]

    def run(self, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        """Give a command; what it printed."""
        command = [sys.executable, "-m", "pressgen", *arguments]
        done = subprocess.run(command, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode not in codes:
            raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def live(self, name: str, steps: list[str]) -> None:
        """Lead a release as far as it goes."""
        path = f"releases/{name}"
        for step in steps:
            match step:
                case "edit":
                    file = self.root / path / "release.yaml"
                    file.write_text(file.read_text().replace("taken down", "taken down by hand").replace(ACCEPT, ""))
                case "issue":
                    self.run("issue", path, "--list", "national", "--as", "head")
                case "move":
                    self.run(
                        "move", path, "--to", "2031-04-03 00:01", "--because", "The minister is away", "--as", "head"
                    )
                case "withdraw":
                    self.run("withdraw", path, "--because", "It was wrong", "--as", "head")
                case "send":
                    self.run("review", "send", path, "--to", "head", "--as", "writer")
                case "submit":
                    self.run("submit", path, "--as", "writer")
                case "lift":
                    self.run("lift", path, "--as", "head")
                case _:
                    self.run(step, path, "--as", "head")


def make(root: Path, port: int, database: str = "") -> str:
    """Make a workspace; what `status` says of it."""
    root.mkdir(parents=True)
    shutil.copytree(ROOT / "templates" / "inspectorate", root / "templates" / "inspectorate")
    for number, (name, (times, _)) in enumerate(LIFE.items()):
        folder = root / "releases" / name
        folder.mkdir(parents=True)
        (folder / "release.yaml").write_text(
            RELEASE % {"number": number, "times": times, "accept": ACCEPT * (times == PAST)}
        )
    (root / "releases" / "pressgen.yaml").write_text(OFFICE % {"port": port})
    maker = Maker(root, {**os.environ, "PRESSGEN_DATABASE": database, "TZ": "UTC"})
    maker.run("build", "--all", "--format", "docx", "--format", "html")
    for name, (_, steps) in LIFE.items():
        maker.live(name, steps)
    edit(root)
    return maker.run("status", "--format", "json", codes=(0, 1))


def edit(root: Path) -> None:
    """Have an editor change a word in the Word file that was sent."""
    (sent,) = root.glob("dist/reviewed/review/*.docx")
    document = docx.Document(str(sent))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("taken down", "torn down")
    document.save(str(root / "returned.docx"))


def main(folder: Path) -> None:
    """Make both workspaces, and dump the database of the second."""
    port = free_port()
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        with cluster() as servers:
            before = {"sqlite": json.loads(make(folder / "sqlite", port))}
            url = servers.new_database()
            before["postgres"] = json.loads(make(folder / "postgres", port, url))
            dump = subprocess.run([servers.programs / "pg_dump", "--no-owner", url], stdout=subprocess.PIPE, check=True)
            (folder / "ledger.sql").write_bytes(dump.stdout)
    finally:
        server.stop()
    (folder / "before.json").write_text(json.dumps(before, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
