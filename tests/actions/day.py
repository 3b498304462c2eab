"""The day of a release as an office lives it: each command in a process of its own, whose clock says that hour."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from machine import PATIENCE, ROOT
from postgres import wait_until
from pressgen.actions.workspace.office import DATABASE
from pressgen.ledger.ledger import Ledger
from pressgen.model.event import Announced
from wrong_clock import wrong_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channels.servers import Heard, Postbox
    from pressgen.model.event import Stamp

PRESSGEN = Path(sys.executable).with_name("pressgen")
LONDON = ZoneInfo("Europe/London")
RELEASE = """\
reference: COUNTY-BRIDGE
house: inspectorate
headline: County bridge opens two months early
summary: The bridge over the Ouse opens to traffic two months before the contract said.

times:
  zone: Europe/London
  embargo: {embargo}
  issue: {issue}

people:
  ray: {{name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@county.example}}

body:
  - The county bridge opens to traffic two months before the contract said, after works that cost £3.2 million.
  - quote: {{by: ray, words: It holds.}}
contacts: [ray]
{accept}"""
CLOCKS = """\
accept:
  - {rule: T07, where: times.embargo, because: the banner names the zone}
"""
OFFICE = """\
office:
  name: County press office
  from: press@county.example
  newsroom: https://news.county.example
  reply_to: desk@county.example
  unsubscribe_page: https://county.example/leave?mail={{key}}
  note: {{en: Interviews from nine.}}
people:
  writer: {{name: Duty press officer, email: writer@county.example, roles: [writer]}}
  head: {{name: Head of communications, email: head@county.example, roles: [approver, head]}}
lists:
  national:
    audience: press
    recipients:
      - {{id: daily, name: Home desk, outlet: A daily paper, email: desk@daily.example}}
      - {{id: agency, name: News desk, outlet: An agency, email: news@agency.example}}
  editors:
    audience: named
    recipients:
      - {{id: legal, name: Legal adviser, email: legal@county.example}}
      - {{id: engineer, name: Chief Engineer, email: engineer@county.example}}
channels:
  newsroom: {{kind: folder, path: public}}
  mail: {{kind: smtp, host: 127.0.0.1, port: {port}, security: none}}
  wire: {{kind: webhook, url: "{hook}", secret_env: COUNTY_WIRE}}
at_issue: [mail]
at_lift: [newsroom, mail, wire]
"""


@dataclass(frozen=True)
class Hours:
    """The wall times of a day in London.

    Attributes:
        embargo: as it was first issued; `moved` is what it was moved to, and when it is lifted.
        zone_at_lift, zone_at_correction: what the clock is called then.
    """

    issue: datetime
    embargo: datetime
    moved: datetime
    correction: datetime
    zone_at_lift: str
    zone_at_correction: str


def at(text: str) -> datetime:
    """A wall time in London, as the instant that it is."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


DAYS = {
    "a day in May": Hours(
        at("2019-05-07 10:00"), at("2019-05-08 09:00"), at("2019-05-08 00:01"), at("2019-05-08 09:30"), "BST", "BST"
    ),
    "the night the clocks go forward": Hours(
        at("2027-03-27 10:00"), at("2027-03-28 09:00"), at("2027-03-28 00:01"), at("2027-03-28 09:30"), "GMT", "BST"
    ),
    "the night the clocks go back": Hours(
        at("2027-10-30 10:00"), at("2027-10-31 09:00"), at("2027-10-31 00:01"), at("2027-10-31 09:30"), "BST", "GMT"
    ),
}


@dataclass
class Day:
    """An office in `root`, with a clock that is set before each command.

    Attributes:
        office: its file, with gaps for the port of the mail server and the address of the web hook.
        pressgen: the program.
    """

    root: Path
    hours: Hours
    postbox: Postbox
    heard: Heard
    environment: dict[str, str]
    office: str = OFFICE
    pressgen: tuple[str, ...] = (str(PRESSGEN),)

    def __post_init__(self) -> None:
        shutil.copytree(ROOT / "templates" / "inspectorate", self.root / "templates" / "inspectorate")
        (self.root / "releases" / "bridge").mkdir(parents=True)
        office = self.office.format(port=self.postbox.port, hook=self.heard.url)
        (self.root / "releases" / "pressgen.yaml").write_text(office)
        embargo, issue = (f"{each:%Y-%m-%d %H:%M}" for each in (self.hours.embargo, self.hours.issue))
        accept = CLOCKS if self.hours.issue.tzname() != self.hours.embargo.tzname() else ""
        self.file.write_text(RELEASE.format(embargo=embargo, issue=issue, accept=accept))
        self.clock = wrong_clock(self.root)

    @property
    def file(self) -> Path:
        return self.root / "releases" / "bridge" / "release.yaml"

    @property
    def public(self) -> Path:
        return self.root / "public"

    def run(self, now: datetime, *arguments: str, code: int = 0) -> str:
        """A command at an hour; what it said."""
        self._set(now)
        done = self.run_now(*arguments)
        assert done.returncode == code, f"{arguments}: {done.stderr}{done.stdout}"
        return done.stdout

    def run_now(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command at the hour that it is for a worker."""
        return subprocess.run(
            [*self.pressgen, *arguments],
            cwd=self.root,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    @contextmanager
    def working_over(self, hour: datetime) -> Iterator[None]:
        """A worker from some seconds before an hour on."""
        self._set(hour - timedelta(seconds=12))
        worker = subprocess.Popen([*self.pressgen, "worker"], cwd=self.root, env=self._environment())
        try:
            yield
        finally:
            worker.kill()
            worker.wait()

    def work_over(self, hour: datetime, told: int = 2) -> None:
        """A worker from some seconds before an hour until so many channels and lists are told."""
        with self.working_over(hour):
            wait_until(lambda: self.count(Announced) == told)

    def count(self, kind: type) -> int:
        """How many entries of a kind the ledger has."""
        return sum(isinstance(each.event, kind) for each in self.ledger())

    def ledger(self) -> list[Stamp]:
        """Every entry of the ledger."""
        url = self.environment.get(DATABASE) or f"sqlite:///{self.root / '.pressgen' / 'ledger.sqlite'}"
        with Ledger.open(url) as ledger:
            return ledger.entries()

    def _set(self, now: datetime) -> None:
        self.clock.set(round((now - datetime.now(UTC)).total_seconds()))

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment, **self.clock.environment, "COUNTY_WIRE": "a secret"}
