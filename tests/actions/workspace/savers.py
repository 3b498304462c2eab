"""Editors that save a file in the ways that editors do, and commands that save small changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.save import FileChange, save_release


def by_rename(file: Path, content: bytes) -> None:
    """Write another file and rename it over the old one, as Vim and most others do."""
    other = file.with_name("editor~")
    other.write_bytes(content)
    other.replace(file)


def in_place(file: Path, content: bytes) -> None:
    """Cut the file to nothing and write it again, as Nano does."""
    with file.open("wb", buffering=0) as out:
        for start in range(0, len(content), 64):
            out.write(content[start : start + 64])


def over_itself(file: Path, content: bytes) -> None:
    """Write over the old bytes, then cut what is left."""
    with file.open("r+b", buffering=0) as out:
        out.write(content)
        out.truncate()


def anew(file: Path, content: bytes) -> None:
    """Delete the file and create it again."""
    file.unlink(missing_ok=True)
    in_place(file, content)


WAYS: dict[str, Callable[[Path, bytes], None]] = {
    "by rename": by_rename,
    "in place": in_place,
    "over itself": over_itself,
    "anew": anew,
}


def left_over(folder: Path) -> list[str]:
    """The hidden files of a folder."""
    return sorted(each.name for each in folder.iterdir() if each.name.startswith("."))


def put(content: bytes, old: str, new: str) -> bytes:
    """The content with other words."""
    assert old.encode() in content
    return content.replace(old.encode(), new.encode())


def save(folder: Path, *changes: FileChange, record: Callable[[], None] | None = None) -> list[str]:
    """Save changes of the release in `folder`."""
    return save_release(Workspace(folder.parents[1]), folder, changes, record)


def opens(content: bytes) -> FileChange:
    """A change of one word of the release."""
    return FileChange("release.yaml", content, put(content, "The bridge opened", "The bridge is open"))


def both(folder: Path) -> list[FileChange]:
    """A change of a release and of its translation."""
    before = (folder / "release.yaml").read_bytes()
    (folder / "release.cy.yaml").write_bytes(before)
    return [opens(before), FileChange("release.cy.yaml", before, opens(before).after)]
