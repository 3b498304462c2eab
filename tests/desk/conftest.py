"""A workspace of its own for each test, with the project's houses and one small release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
