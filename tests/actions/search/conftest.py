"""An archive of a few releases, and both databases that its index may lie in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from postgres import cluster
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import DATABASE

WEIR = """\
reference: W-1
house: inspectorate
language: en-GB
headline: North weir rated Good
subhead: Fish pass the Ŵyn again
times:
  zone: Europe/London
  embargo: 2019-05-08 00:01
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer}
  moe: {name: Moé Sørensen, role: Warden of weirs}
facts:
  salmon: {value: "3930", unit: salmon}
findings:
  scale: [Good, Poor]
  items:
    - {id: flow, subject: Flow, rating: Good, text: The river runs.}
    - {id: banks, subject: Banks, rating: Poor}
body:
  - |-
    The north
    weir was mended, and {{ facts.salmon }} fish passed in a warm
    river of spring.
  - quote: {by: ray, words: It holds for another century.}
  - quote: {by: moe, words: The eels come back.}
notes:
  - {id: how, text: Counted by hand at the weir.}
"""
LEVY = """\
reference: L-1
house: university
headline: Levy on barges ends
times: {zone: Europe/London, embargo: 2031-04-02 00:01}
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer}
body:
  - Barges pass the weir of the north without a levy.
  - quote: {by: ray, words: Nobody pays.}
"""


def add(workspace: Workspace, slug: str, text: str, name: str = "release.yaml") -> Path:
    """Put a file into the archive."""
    folder = workspace.root / "releases" / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


@pytest.fixture
def archive(tmp_path: Path) -> Workspace:
    """A workspace with two releases, one of which is under embargo until April 2031."""
    house = tmp_path / "templates" / "university"
    house.mkdir(parents=True)
    (house / "house.yaml").write_text("language: en-GB\n")
    made = Workspace(tmp_path)
    add(made, "weir", WEIR)
    add(made, "levy", LEVY)
    return made


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The address of a database of PostgreSQL that all these tests share."""
    with cluster() as running:
        yield running.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the index lies."""
    monkeypatch.delenv(DATABASE, raising=False)
    if request.param == "postgresql":
        address = request.getfixturevalue("database")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS pressgen_archive")
        monkeypatch.setenv(DATABASE, address)
    return str(request.param)
