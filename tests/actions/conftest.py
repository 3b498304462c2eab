"""A workspace of its own for each test, with the project's houses and one small release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pressgen.actions.workspace.folder import Workspace

ROOT = Path(__file__).parents[2]
RELEASE = """\
reference: B-1
house: inspectorate
headline: Bridge opens
times:
  zone: Europe/London
  embargo: 2019-05-08 00:01
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
body:
  - The bridge opened.
  - quote: {by: ray, words: It holds.}
contacts: [ray]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with `releases/bridge`."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "releases" / "bridge"
    folder.mkdir(parents=True)
    (folder / "release.yaml").write_text(RELEASE)
    return tmp_path


OFFICE = """\
office: {name: Press office, from: press@county.example, newsroom: "https://news.county.example"}
people:
  moss: {name: Ada Moss, email: moss@county.example, roles: [writer]}
  reed: {name: Jo Reed, email: reed@county.example, roles: [approver, head]}
  shaw: {name: Li Shaw, email: shaw@county.example, roles: [writer, approver]}
  legal: {name: Legal, email: legal@county.example, roles: [reviewer]}
lists:
  national:
    audience: press
    recipients:
      - {id: daily, name: Home desk, outlet: The Daily, email: desk@daily.example}
      - {id: agency, name: News desk, outlet: An agency, email: news@agency.example}
channels:
  newsroom: {kind: folder, path: public}
at_lift: [newsroom]
"""


@pytest.fixture
def office(workspace: Path) -> Workspace:
    """The same with an office: moss writes, reed heads and approves, shaw does both, legal reviews."""
    (workspace / "releases" / "pressgen.yaml").write_text(OFFICE)
    return Workspace(workspace)
