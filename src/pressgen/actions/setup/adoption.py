"""Adopt a letterhead.

A house is made of it, or gets a new Word template.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import TYPE_CHECKING

from pressgen.actions.setup.trial import find_trial_problems
from pressgen.actions.workspace.folder import Workspace, load_house, read_house_files
from pressgen.actions.workspace.read_files import read_file_argument, resolve_folder
from pressgen.actions.workspace.save import lock_folder
from pressgen.errors import (
    EnvironmentFailureError,
    InputError,
    Place,
    Severity,
    StateError,
    UsageError,
    describe_write_error,
)
from pressgen.files.atomic import make_folder, write_into, write_tree
from pressgen.model.change import AddField, RemoveNode, ReplaceValue
from pressgen.model.record import ID
from pressgen.word.adoption.adopt import AdoptedLetterhead, AdoptionChoices, adopt_letterhead

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.model.change import Change
    from pressgen.model.house import HouseFolder

WORD, YAML = "release.docx", "house.yaml"
TOP = re.compile(r"\A(?:#.*\n)+")


@dataclass(frozen=True, slots=True)
class LetterheadAdoption:
    """A letterhead, and the house that it is for.

    Attributes:
        letterhead: its bytes, as somebody has it.
        shown: what messages call it.
        house: the name of the house.
        base: the house that gives the tags and what is missing.
        before: the house's own files; empty if it is new.
    """

    workspace: Workspace
    letterhead: bytes = field(repr=False)
    shown: str
    house: str
    base: HouseFolder
    before: dict[str, bytes] = field(repr=False)

    @property
    def new(self) -> bool:
        """Whether the house is made."""
        return not self.before

    def adopt(self, choices: AdoptionChoices) -> AdoptedLetterhead:
        """Make the house's Word template.

        Raises:
            InputError: the letterhead is no Word file, or a broken one.
        """
        from pressgen.render.word import list_required_styles

        return adopt_letterhead(self.letterhead, self.shown, self.base.files[WORD], list_required_styles(), choices)


def prepare_adoption(
    workspace: Workspace, file: Path, house: str, base: str | None, *, replace: bool
) -> LetterheadAdoption:
    """Read a letterhead and the house that it is for.

    Args:
        workspace: where the house is, or will be.
        file: the letterhead.
        house: the house's name.
        base: the house to make it from; None for the house itself if it is there, else the first by name.
        replace: whether the Word template of a house that is there may be replaced.

    Raises:
        UsageError: the house has a Word template already, or its name cannot be that of a folder.
        InputError: the letterhead cannot be read, or there is no house `base`, or it is at fault.
    """
    if not re.fullmatch(ID, house):
        raise UsageError(f"“{house}” cannot be the name of a house: use small letters, digits and single hyphens")
    there = house in workspace.houses
    if there and not replace:
        raise UsageError(
            f"the house {house} already has a Word template; to replace it, add --replace, or name a new house"
        )
    if not workspace.houses:
        raise UsageError("templates/ has no house to begin with; make a workspace with: pressgen init FOLDER")
    data = read_file_argument(file, file.name)
    name = base or (house if there else workspace.houses[0])
    found, _ = load_house(workspace, name, Place("--from"))
    before = read_house_files(workspace, house) if there else {}
    return LetterheadAdoption(workspace, data, file.name, house, found, before)


def save_adoption(adoption: LetterheadAdoption, adopted: AdoptedLetterhead, name: str) -> None:
    """Write the house with its new Word template, or nothing.

    `name` is that of the body, for a new house.

    Raises:
        InputError: the template still has faults, so nothing was written.
        StateError: somebody else changed the house meanwhile.
        EnvironmentFailureError: it cannot be written, or somebody made it meanwhile.
    """
    files = _make_house_files(adoption, adopted, name)
    shown = adoption.workspace.shown(adoption.workspace.root / "templates" / adoption.house)
    _require_no_faults(adoption, files, shown)
    try:
        if adoption.new:
            _write_new_house(adoption.workspace, adoption.house, files)
        else:
            _replace_template(adoption, adopted.data, shown)
    except OSError as error:
        raise EnvironmentFailureError(f"{shown} {describe_write_error(error)}") from None


def _require_no_faults(adoption: LetterheadAdoption, files: dict[str, bytes], shown: str) -> None:
    """Refuse a Word template in which `template check` finds a fault.

    The fault is placed in the letterhead.
    """
    from pressgen.load.house import read_house
    from pressgen.render import word
    from pressgen.render.vocabulary import NAMES

    folder, wording = read_house(files, adoption.house, shown)
    problems = word.check_template(folder, NAMES) or list(find_trial_problems(folder, wording))
    if faults := [each for each in problems if each.severity is Severity.ERROR]:
        at = {f"{shown}/{WORD}": adoption.shown}
        raise InputError(
            replace(each, place=replace(each.place, file=at.get(each.place.file, each.place.file))) for each in faults
        )


def _make_house_files(adoption: LetterheadAdoption, adopted: AdoptedLetterhead, name: str) -> dict[str, bytes]:
    if not adoption.new:
        return adoption.before | {WORD: adopted.data}
    files = {**adoption.base.files, WORD: adopted.data}
    old = adoption.base.house.logo
    if old is not None:
        files.pop(old.file, None)
    if adopted.logo is not None:
        files[adopted.logo.file] = adopted.logo.data
    files[YAML] = _write_house_yaml(adoption, adopted, name)
    return files


def _write_house_yaml(adoption: LetterheadAdoption, adopted: AdoptedLetterhead, name: str) -> bytes:
    """Return `house.yaml` of the base, without what only that body says."""
    from pressgen.load.edits import apply_changes
    from pressgen.load.source import read_source

    source, _ = read_source(adoption.base.files[YAML], f"{adoption.base.shown}/{YAML}")
    changes: list[Change] = [ReplaceValue("name", name)]
    logo = None if adopted.logo is None else {"file": adopted.logo.file, "alt": adopted.logo.description}
    if logo and "logo" in source.nodes:
        changes.append(ReplaceValue("logo", logo))
    elif logo:
        changes.append(AddField("", "logo", logo))
    elif "logo" in source.nodes:
        changes.append(RemoveNode("logo"))
    others = [f"languages.{each}.{key}" for each in adoption.base.house.languages for key in ("name", "boilerplate")]
    changes += (RemoveNode(path) for path in ("address", "boilerplate", *others) if path in source.nodes)
    text = apply_changes(source, changes)
    about = f"# The house of {name}, made of the letterhead {adoption.shown}.\n"
    about += "# Each key is explained by: pressgen manual format\n"
    return (about + TOP.sub("", text)).encode()


def _write_new_house(workspace: Workspace, name: str, files: dict[str, bytes]) -> None:
    templates = resolve_folder(workspace.root, workspace.root / "templates", "templates")
    aside = workspace.root / f".templates-{token_hex(8)}"
    make_folder(aside, own=True)
    try:
        write_tree(aside, files)
        aside.rename(templates / name)  # fails if somebody made a house of that name meanwhile
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _replace_template(adoption: LetterheadAdoption, data: bytes, shown: str) -> None:
    folder = resolve_folder(adoption.workspace.root, adoption.workspace.root / "templates" / adoption.house, shown)
    with lock_folder(adoption.workspace, folder):
        if read_house_files(adoption.workspace, adoption.house).get(WORD) != adoption.before.get(WORD):
            raise StateError(f"somebody changed {shown}/{WORD} meanwhile; nothing was written: run the command again")
        write_into(folder, {WORD: data})
