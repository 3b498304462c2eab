"""Structure that LibreOffice itself adds to the samples of both houses, each act read back and judged.

Every act must be seen: by the reader, or by the inventory. It must be told at the paragraph where it was made, and what
is put into the release must be a release.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from machine import ROOT
from pressgen.actions.workspace.folder import Workspace
from pressgen.cli.app import main
from pressgen.errors import InputError
from review.copies import Copy, copies_of, samples
from review.libreoffice import structured
from review.libreoffice_acts import ACTS

UNTRANSLATED = "L02"
"""The other language of a release still says what was: right, until somebody translates the change."""
OUTSIDE = re.compile(r"house\.|contacts\[|template$|$")


@dataclass
class StructureResult:
    """What became of the acts.

    Attributes:
        acts: how many were made.
        unseen: those that nothing tells, with all that was told instead.
        elsewhere: those that are told at another place.
        broken: those after which the release does not build.
    """

    acts: int = 0
    unseen: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def play_structure(folder: Path, seeds: Sequence[int]) -> StructureResult:
    """Make one act in a sample for each seed, and judge it."""
    workspace = folder / "newsroom"
    for name in ("releases", "templates"):
        shutil.copytree(ROOT / name, workspace / name)
    (workspace / "releases" / "pressgen.yaml").unlink(missing_ok=True)
    jobs = []
    for seed in seeds:
        file = folder / f"{seed}.docx"
        file.write_bytes(_copy(seed).content)
        jobs.append((file, folder / f"{seed}-again.docx", seed, ACTS[seed % len(ACTS)]))
    result = StructureResult()
    for seed, (_, again, _, _), act in zip(seeds, jobs, structured(folder, jobs), strict=True):
        _judge(result, _copy(seed), workspace, again, act, seed)
    return result


def _copy(seed: int) -> Copy:
    return samples()[seed // len(ACTS) % len(samples())]


def _judge(result: StructureResult, copy: Copy, workspace: Path, file: Path, act: dict[str, str], seed: int) -> None:
    result.acts += 1
    release = copy.desk.folder.name
    yaml = workspace / "releases" / release / f"release{copy.desk.suffix}.yaml"
    before = yaml.read_bytes()
    ran = CliRunner().invoke(
        main, ["review", "receive", str(file), "--format", "json", "--apply", "--workspace", str(workspace)]
    )
    shown = f"{seed} {release}: {act} {ran.output[:3000]}"
    if ran.exit_code:
        result.unseen.append(shown)
        return
    proposals = json.loads(ran.stdout)
    if not any(_tells(each, act) for each in proposals):
        result.unseen.append(shown)
    elif not any(_tells(each, act) and _is_at(each, copy, act) for each in proposals):
        result.elsewhere.append(shown)
    if yaml.read_bytes() != before:
        try:
            copies_of(Workspace(workspace), yaml.parent)
        except InputError as refusal:
            if any(each.code != UNTRANSLATED for each in refusal.problems):
                result.broken.append(f"{shown} {refusal}")
    yaml.write_bytes(before)


def _tells(each: dict[str, str], act: dict[str, str]) -> bool:
    """Whether a proposal tells an act, with its words."""
    said = f"{each['before']}\n{each['after']}"
    if act["act"] == "move":
        return each["kind"] in {"move", "add", "delete"} and (not said.strip() or act["words"][:20] in said)
    marks = {"italic": "italics", "link": "link", "heading": "heading"}
    if act["act"] in marks and each["mark"] != marks[act["act"]]:
        return False
    wanted = [word for word in re.findall(r"\w+", act["words"]) if len(word) > 1]
    return all(word in said for word in wanted)


def _is_at(each: dict[str, str], copy: Copy, act: dict[str, str]) -> bool:
    """Whether a proposal stands at the paragraph, or after the text, that the act was made at."""
    paths = [block.path for block in copy.blocks if block.text.strip() == act["at"].strip()]
    if each["kind"] in {"add", "move", "delete"} and not each["path"]:
        return True  # its place is a line of the file, judged when it is put in
    return any(OUTSIDE.match(path) or each["path"].startswith(path.partition(".")[0]) for path in paths) or not paths
