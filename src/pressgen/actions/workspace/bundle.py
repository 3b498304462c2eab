"""Write built files into their folder, with a manifest of their inputs.

Files appear completely or not at all: they are written under another name, then renamed. A file of an earlier build
stays only if it was built from the same inputs; otherwise somebody might send it by mistake with the newer ones. What a
killed build left half written is deleted by the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pressgen.errors import guard_writing
from pressgen.files.atomic import write_files
from pressgen.files.within import open_folder_within, read_within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pressgen.model.artifact import Artifact, Variant

MANIFEST = "manifest.json"
LARGEST_MANIFEST = 16 * 1024 * 1024
HALF_WRITTEN = re.compile(r"\.[0-9a-f]{16}\.part")
"""How `write_files` names a file that is not complete yet."""


@dataclass(frozen=True, slots=True)
class BuildProvenance:
    """The inputs and tool versions that built files come from.

    Attributes:
        reference: the release's own.
        inputs: the SHA-256 of every input, by a name that is the same in any folder.
        made_with: the versions of the tools, by name.
    """

    reference: str
    variant: Variant
    inputs: Mapping[str, str]
    made_with: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written, with notes about it.

    `notes` say what is unusual in the file, or could be improved in it.
    """

    path: Path
    notes: tuple[str, ...]


def write_bundle(origin: BuildProvenance, artifacts: Sequence[Artifact], home: Path, folder: Path) -> list[WrittenFile]:
    """Write built files and their manifest into a folder.

    The folder is in `home`, and is created if it is missing.

    Raises:
        InputError: the folder cannot be written; its contents are unchanged.
    """
    inputs, tools = dict(sorted(origin.inputs.items())), dict(origin.made_with)
    files = {artifact.name: artifact.content for artifact in artifacts}
    outputs = {each.name: _describe_output(each) for each in artifacts}
    earlier = _read_manifest(home, folder)
    same = earlier.get("inputs") == inputs
    former: dict[str, Any] = earlier["outputs"]
    kept = {name: former[name] for name in former if same and name not in files and (folder / name).is_file()}
    manifest = {
        "reference": origin.reference,
        "variant": origin.variant.value,
        "made_with": earlier["made_with"] | tools if kept else tools,
        "inputs": inputs,
        "outputs": dict(sorted((kept | outputs).items())),
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    with guard_writing(str(folder)), open_folder_within(home, folder, make=True) as handle:
        _delete_half_written_files(handle)
        write_files(handle, {**files, MANIFEST: text.encode()})
        for name in former.keys() - kept.keys() - files.keys():
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=handle)
    changed = {name for name in files if same and name in former and former[name] != outputs[name]}
    note = _explain_difference(earlier["made_with"], tools)
    return [
        WrittenFile(folder / each.name, (*map(str, each.remarks), *([note] if each.name in changed else [])))
        for each in artifacts
    ]


def _delete_half_written_files(folder: int) -> None:
    """Delete what a killed build left in an open folder.

    The folder is locked until it is closed; another build that is writing there is waited for. A file system without
    locks keeps its leftovers.
    """
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError:
        return
    for name in filter(HALF_WRITTEN.fullmatch, os.listdir(folder)):
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=folder)


def _describe_output(artifact: Artifact) -> dict[str, Any]:
    """Describe a file in the manifest."""
    found: dict[str, Any] = {"sha256": hash_content(artifact.content), "bytes": len(artifact.content)}
    if artifact.checked_by:
        found["checked_by"] = artifact.checked_by
    return found


def _explain_difference(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Explain why the same inputs produce different bytes than before."""
    other = [
        f"{name} {before.get(name, 'none')} → {version}" for name, version in now.items() if before.get(name) != version
    ]
    because = (
        f": {', '.join(other)}" if other else (", and so are the programs that made it, so somebody changed the file")
    )
    return f"differs from before, although its inputs are the same{because}"


def hash_contents(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Compute the SHA-256 of each content, by name."""
    return {name: hash_content(content) for name, content in contents.items()}


def hash_content(content: bytes) -> str:
    """Compute the SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _read_manifest(home: Path, folder: Path) -> dict[str, Any]:
    """Read the manifest in a folder; return an empty one if unreadable.

    It may have been changed by hand, so only plain names count as files.
    """
    try:
        found = json.loads(read_within(home, folder / MANIFEST, LARGEST_MANIFEST))
    except (OSError, ValueError, RecursionError):
        found = None
    parts = ("inputs", "outputs", "made_with")
    whole = isinstance(found, dict) and all(isinstance(found.get(part), dict) for part in parts)
    if not whole or any("/" in name or name in ("", ".", "..") or "\0" in name for name in found["outputs"]):
        return {part: {} for part in parts}
    told: dict[str, Any] = found
    return told
