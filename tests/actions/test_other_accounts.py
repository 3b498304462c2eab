"""Another account of the machine reads nothing of a workspace but its newsroom, whatever command was run last."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

import pytest

from actions.forking import Forking
from machine import ROOT, need_program, need_root

PYTHON = f"/usr/bin/python3.{sys.version_info.minor}"
"""An interpreter that every account may run."""
STRANGER = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
ONE, TWO, OFFICE_GROUP = 31_401, 31_402, 31_400
"""Two accounts and a group that nobody on a machine has."""
LONDON = ZoneInfo("Europe/London")
OFFICE = """\
office: {name: Press office, from: press@county.example, newsroom: "https://news.county.example"}
people:
  writer: {name: Duty officer, email: writer@county.example, roles: [writer]}
  head: {name: Head, email: head@county.example, roles: [approver, head]}
lists:
  national:
    audience: press
    recipients:
      - {id: daily, name: Home desk, outlet: A daily paper, email: desk@daily.example}
channels:
  newsroom: {kind: folder, path: public}
  early: {kind: folder, path: early}
at_issue: [early]
at_lift: [newsroom]
"""
LEAD = "The county bridge opens to traffic two months before the contract said."
RELEASE = f"""\
reference: B-1
house: inspectorate
headline: Bridge opens after works that cost £3.2 million
times:
  zone: Europe/London
  embargo: TIME
people:
  ray: {{name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@county.example}}
body:
  - {LEAD}
  - quote: {{by: ray, words: It holds.}}
contacts: [ray]
attachments: [{{file: plan.txt, title: The plan}}]
"""
OLD = "PRESS RELEASE\n\nOld bridge closes\n\nThe old bridge closes today.\n\nENDS\n"
COPY = "dist/bridge/review/bridge-review-1.docx"
LIFE = [
    "check bridge", "build bridge", "review send bridge --to writer --as writer",
    f"review receive {COPY} --no-ask --as head", "redline bridge@round:1 bridge --format docx --out changes.docx",
    "grid --ics office.ics", "find bridge", "submit bridge --as writer",
    "clear bridge --speaker ray --how telephone --as writer", "approve bridge --as head", "status bridge",
    "issue bridge --list national --as head", "statistics", "schedule bridge --as head", "due --strict",
    "move bridge --to LATER --because weather --as head", "unschedule bridge --because weather --as head",
    "import old.txt", "lists import readers.csv --list national --apply", f"verify {COPY}", "engine status",
    "lift bridge --before-embargo --because leaked --as head", "statistics", "engine resync", "CHANGE",
    "submit bridge --as writer", "approve bridge --as head", "correct bridge --as head",
    "withdraw bridge --because wrong --as head", "history --verify",
]  # fmt: skip
REFUSING = ("due --strict", f"verify {COPY}")
"""Commands that may end with another code than 0: what they find is no matter here."""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every account may enter."""
    folder = Path(mkdtemp(prefix="pressgen-tests-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def pressgen(start: Forking, root: Path, line: str, umask: int = 0) -> None:
    """Run one command of a release's life."""
    lift = datetime.now(LONDON) + timedelta(days=20)
    later = f"{lift + timedelta(days=1):%Y-%m-%d} 00:01"
    code, printed = start.run(root, umask, [later if word == "LATER" else word for word in line.split()])
    assert code == 0 or line in REFUSING, f"{line}: {printed}"


def prepare(root: Path) -> None:
    """Write what people write with their editors."""
    lift = datetime.now(LONDON) + timedelta(days=20)
    texts = {
        "releases/pressgen.yaml": OFFICE,
        "releases/bridge/release.yaml": RELEASE.replace("TIME", f"{lift:%Y-%m-%d} 00:01"),
        "releases/bridge/plan.txt": "The plan.\n", "old.txt": OLD,
        "readers.csv": "name,outlet,email\nHome desk,A daily paper,desk@daily.example\n",
    }  # fmt: skip
    for path, text in texts.items():
        file = root / path
        if not file.exists():
            file.touch(0o600)
        file.write_text(text)


def readable(folder: Path) -> set[str]:
    """What a stranger can read of a folder's files, as the system says."""
    found = subprocess.run(
        [*STRANGER, "find", folder, "-type", "f", "-readable"], capture_output=True, text=True, check=False
    )
    return {Path(each).relative_to(folder).as_posix() for each in found.stdout.splitlines()}


def readable_by_itself(root: Path, trial: Path) -> set[str]:
    """The same if every folder were open: what the files' own permissions keep from a stranger."""
    shutil.copytree(root, trial, copy_function=os.link)
    try:
        for folder in (trial, *(each for each in trial.rglob("*") if each.is_dir())):
            folder.chmod(0o755)
        return readable(trial)
    finally:
        shutil.rmtree(trial)


def test_a_stranger_reads_the_newsroom_only_after_every_command(place: Path) -> None:
    """Under a umask that would let everybody write everything."""
    need_root()
    need_program("setpriv")
    root, public = place / "office", False
    with Forking(sys.executable) as start:
        pressgen(start, place, "init office")
        pressgen(start, root, "new bridge")
        prepare(root)
        for line in LIFE:
            if line == "CHANGE":
                file = root / "releases" / "bridge" / "release.yaml"
                file.write_text(file.read_text().replace("two months", "three months"))
                continue
            pressgen(start, root, line)
            public = public or line.startswith("lift")
            found = readable_by_itself(root, place / "trial")
            assert readable(place) == set(), line
            assert {each for each in found if not each.startswith("public/")} == set(), line
            assert bool(found) == public, line


def test_two_accounts_share_an_office_in_a_folder_of_their_group(place: Path) -> None:
    """Each finds what the other wrote, and may change it; a stranger reads nothing."""
    need_root()
    need_program("setpriv")
    shared = place / "shared"
    shared.mkdir()
    os.chown(shared, ONE, OFFICE_GROUP)
    shared.chmod(0o2770)
    path = f"PYTHONPATH={ROOT / 'src'}:{sysconfig.get_path('purelib')}"
    one, two = (
        ("setpriv", f"--reuid={each}", f"--regid={each}", f"--groups={OFFICE_GROUP}", "env", f"HOME={place}", path)
        for each in (ONE, TWO)
    )
    if subprocess.run([*one, PYTHON, "-c", "import pikepdf"], check=False, capture_output=True).returncode:
        pytest.skip(f"{PYTHON}, or the packages of this checkout, can be used by root only")

    with Forking(PYTHON, one) as first, Forking(PYTHON, two) as second:
        pressgen(first, shared, "init office", 0o077)
        root = shared / "office"
        pressgen(second, root, "new bridge", 0o077)
        prepare(root)
        for file in ("old.txt", "readers.csv", "releases/bridge/plan.txt"):
            (root / file).chmod(0o660)
        for line, who in zip(LIFE[: LIFE.index("CHANGE")], [first, second] * len(LIFE), strict=False):
            pressgen(who, root, line, 0o077)

    ours = [each for each in root.rglob("*") if root / "public" not in each.parents]
    assert {each.stat().st_gid for each in ours} == {OFFICE_GROUP}
    assert {each for each in readable_by_itself(root, place / "trial") if not each.startswith("public/")} == set()
