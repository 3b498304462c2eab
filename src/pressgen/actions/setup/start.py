"""A new workspace, and a new release to fill in."""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen import HOME
from pressgen.actions.setup.samples import read_samples
from pressgen.actions.setup.schema import generate_schema
from pressgen.actions.workspace.folder import RELEASE, Workspace, load_house
from pressgen.actions.workspace.office import FILE as OFFICE_FILE
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.errors import EnvironmentFailureError, Place, UsageError, describe_write_error
from pressgen.files.atomic import make_folder, write_into, write_tree
from pressgen.model.record import ID

if TYPE_CHECKING:
    from pressgen.model.house import House

SCHEMA = "release.schema.json"
SCAFFOLD = """\
# yaml-language-server: $schema=../{schema}
# One release. Each key is explained by: pressgen manual format
reference: {reference}
house: {house}
language: {language}

headline: Say in one line what is new
place: Name of the town

times:
  zone: {zone}
  embargo: {embargo}      # take this line out for immediate release

people:
  speaker:
    name: Full name of the speaker
    role: Office of the speaker
    later: Short name after the first time
  press:
    name: Name of the press officer
    role: Press officer
    phone: 01632 960123
    email: press@example.org

facts:
  answers:
    value: 1234           # plain digits, typed once; print it as {{{{ facts.answers }}}}
    unit: answers

body:
  - >-
    The lead says who did what, when and why it matters, in one or two sentences. Prose may be *stressed*, may link
    to [a page](https://example.org), and cites a note like this.[^method]
  - quote:
      by: speaker
      words:
        - Type the words without quotation marks, one item for each paragraph. The marks and the speaker are added.
  - A further paragraph, with a figure of {{{{ facts.answers }}}}, which is nearly {{{{ facts.answers | up(100) }}}}.

notes:
  - id: method
    text: What an editor needs to know, but a reader does not.

contacts: [press]
"""

OFFICE = """\
# The office: who works in it, who gets copies, and how they are sent. Explained by: pressgen manual office
# Put no password here: …_env names a variable of the environment, …_file a file that only its owner may read.
office:
  name: Press office
  from: press@example.org                  # who mails come from, and whom failures are told to
  newsroom: https://news.example.org       # where the newsroom folder is served

people:                                    # --as ID, or PRESSGEN_AS, says who acts
  writer: {name: Name of the press officer, email: writer@example.org, roles: [writer]}
  head: {name: Name of the head of communications, email: head@example.org, roles: [approver, head]}

lists:                                     # who gets copies under embargo: press, or named people only
  national:
    audience: press
    recipients:
      - {id: daily, name: Home desk, outlet: The Daily, email: desk@example.org}

channels:
  newsroom: {kind: folder, path: public}
  mail: {kind: smtp, host: mail.example.org, user: press, password_env: PRESSGEN_SMTP_PASSWORD}

at_issue: [mail]                           # under embargo, to a list
at_lift: [newsroom, mail]                  # the newsroom first, then the announcement
"""


def find_starter_folder() -> Path:
    """Return the folder of the houses and samples that pressgen comes with."""
    packaged = HOME / "starter"
    return packaged if packaged.is_dir() else HOME.parents[1]


def create_workspace(folder: Path, *, samples: bool = False, now: datetime) -> None:
    """Make `folder` a workspace with houses and an office to fill in.

    Args:
        folder: it is made where it is missing.
        samples: put in an invented office with its releases instead.
        now: an aware instant, after which the embargo of a sample ends.

    Raises:
        UsageError: it is a workspace already, or samples are wanted and it already has releases/.
        EnvironmentFailureError: it cannot be written.
    """
    if (folder / "templates").exists():
        raise UsageError(
            f"{folder} already has templates/, so it is a workspace; to begin a release: pressgen new NAME"
        )
    if samples and (folder / "releases").exists():
        raise UsageError(f"{folder} already has releases/: name a new folder for the samples")
    files = {SCHEMA: generate_schema().encode()}
    if samples:
        files |= read_samples(find_starter_folder() / "releases", now)
    elif not (folder / OFFICE_FILE).exists():
        files[Path(OFFICE_FILE).name] = OFFICE.encode()
    try:
        make_folder(folder / "releases", own=True)
        _copy_houses(folder)
        write_tree(folder / "releases", files)
        if not (folder / ".gitignore").exists():
            write_into(folder, {".gitignore": b"dist/\npublic/\noutbox/\n.pressgen/\n"})
    except OSError as error:
        raise EnvironmentFailureError(f"{folder} {describe_write_error(error)}") from None


def _copy_houses(folder: Path) -> None:
    """Copy the houses into `folder`, all of them or none.

    Raises:
        OSError: they cannot be written.
    """
    source, aside = find_starter_folder() / "templates", folder / f".templates-{token_hex(8)}"
    files = {each.relative_to(source).as_posix(): each.read_bytes() for each in source.rglob("*") if each.is_file()}
    make_folder(aside, own=True)
    try:
        write_tree(aside, files)
        aside.rename(folder / "templates")
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def create_release(workspace: Workspace, slug: str, house: str | None, *, now: datetime) -> Path:
    """Create the release `slug` to fill in; return its `release.yaml`.

    Without `house`, it gets the first one. The proposed embargo is a minute past midnight, a week from `now`, in the
    house's zone.

    Raises:
        UsageError: the slug cannot name a folder, the release is there already, or there is no such house.
        InputError: the house is at fault, or somebody else began the release meanwhile.
        EnvironmentFailureError: the folder cannot be written.
    """
    if not re.fullmatch(ID, slug):
        raise UsageError(f"“{slug}” cannot be the name of a release: use small letters, digits and single hyphens")
    folder = workspace.root / "releases" / slug
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(f"releases/{slug} already exists")
    if not workspace.houses:
        raise UsageError("templates/ has no house")
    name = house or workspace.houses[0]
    found, _ = load_house(workspace, name, Place("--house"))
    try:
        make_folder(folder)
        save_release(
            workspace,
            folder,
            [FileChange(RELEASE, None, render_release_scaffold(slug, name, found.house, now).encode())],
        )
        write_into(folder.parent, {SCHEMA: generate_schema().encode()})
    except OSError as error:
        raise EnvironmentFailureError(f"releases/{slug} {describe_write_error(error)}") from None
    return folder / RELEASE


def render_release_scaffold(slug: str, name: str, house: House, now: datetime) -> str:
    """Return the text of a release to fill in.

    It is for the house `name`, with an embargo a week after `now` (aware).
    """
    day = (now.astimezone(ZoneInfo(house.zone)) + timedelta(days=7)).date()
    return SCAFFOLD.format(
        schema=SCHEMA,
        reference=f"{slug.upper()}-{day.year}",
        house=name,
        language=house.language,
        zone=house.zone,
        embargo=f"{day} 00:01",
    )
