"""Write made files into their folder, with a manifest that says from what they were made.

Files appear whole or not at all: written under another name, then renamed. A file of an earlier build stays only if
it was made from the very same inputs; else it would lie beside newer ones and be sent by mistake.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pressgen.errors import Place, Problem, Refused
from pressgen.files.within import folder_within, read_within
from pressgen.files.writing import write_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pressgen.model.artifact import Artifact, Variant

MANIFEST = "manifest.json"
LARGEST_MANIFEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Origin:
    """What files are made of.

    Attributes:
        reference: the release's own.
        inputs: the SHA-256 of everything that went in, by a name that is the same in any folder.
        made_with: the version of what made the files, by name.
    """

    reference: str
    variant: Variant
    inputs: Mapping[str, str]
    made_with: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written; `notes` say what is odd about it, or might be mended in it."""

    path: Path
    notes: tuple[str, ...]


def bundle(origin: Origin, artifacts: Sequence[Artifact], home: Path, folder: Path) -> list[Written]:
    """Write `artifacts` and their manifest into `folder`, which lies in `home` and is made where it is missing.

    Raises:
        Refused: the folder cannot be written; what was there is as it was.
    """
    inputs, tools = dict(sorted(origin.inputs.items())), dict(origin.made_with)
    files = {artifact.name: artifact.content for artifact in artifacts}
    outputs = {name: {"sha256": digest(content), "bytes": len(content)} for name, content in files.items()}
    earlier = _earlier(home, folder)
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
    try:
        with folder_within(home, folder, make=True) as handle:
            write_files(handle, {**files, MANIFEST: text.encode()})
            for name in former.keys() - kept.keys() - files.keys():
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=handle)
    except OSError as error:
        problem = Problem(code="K02", message=f"cannot be written: {error.strerror}", place=Place(str(folder)))
        raise Refused([problem]) from None
    changed = {name for name in files if same and name in former and former[name] != outputs[name]}
    note = _why(earlier["made_with"], tools)
    return [
        Written(folder / each.name, (*map(str, each.remarks), *([note] if each.name in changed else [])))
        for each in artifacts
    ]


def _why(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Why the same inputs give other bytes than before."""
    other = [
        f"{name} {before.get(name, 'none')} → {version}" for name, version in now.items() if before.get(name) != version
    ]
    because = f": {', '.join(other)}" if other else ", and so are the programs that made it: somebody changed the file"
    return f"other bytes than before, though the inputs are the same{because}"


def digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Name → SHA-256."""
    return {name: digest(content) for name, content in contents.items()}


def digest(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _earlier(home: Path, folder: Path) -> dict[str, Any]:
    """The manifest that lies in `folder`; one without files if there is none that can be read.

    It may have been changed by hand: what it calls a file is one only if that is a plain name.
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
