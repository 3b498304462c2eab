"""Take changes of a file that is imported again.

The file that was read last is kept in the workspace, under `.pressgen/imports/`. It and the newer one are read alike;
their difference goes into `release.yaml`, and nothing else does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.actions.review.record_lookup import compute_similarity
from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.read_files import LARGEST, read_file, resolve_folder
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.actions.write.draft_ids import (
    find_people_ids,
    match_people,
    match_pictures,
    rename_people,
    rename_pictures,
)
from pressgen.actions.write.merge_models import check_syntax, merge_models, parse_model
from pressgen.errors import InputError, Place, Problem, guard_writing
from pressgen.files.within import read_within, write_within
from pressgen.importer.assemble import assemble_draft
from pressgen.importer.manuscript_reader import read_manuscript
from pressgen.importer.yaml_writer import ReleaseIdentity, format_release_yaml
from pressgen.load.source import encode_like, read_source

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.review.rebase_changes import RebaseConflict
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.actions.write.merge_models import ChooseSide, MergedModels, ModelChange
    from pressgen.importer.assemble import ImportDefaults
    from pressgen.importer.draft import ReleaseDraft
    from pressgen.importer.manuscript import Manuscript
    from pressgen.load.source import SourceText

LAST = "last-read"
"""The name of a kept file."""
LEAST = 0.2
"""Share of common runs of words below which a file is another text, and no newer state of one."""
SHOWN = 160
"""The most characters of a text that a message quotes."""


@dataclass(frozen=True, slots=True)
class UpdatedRelease:
    """A release that took in the changes of its imported file.

    Attributes:
        path: of its `release.yaml`.
        changes: what was taken in; empty where the file is as it was when it was read last.
        merged: whether somebody else saved the release meanwhile, so that both changes are in it.
        unclear: differences that may be no edit, and were left alone.
    """

    path: Path
    changes: list[ModelChange]
    merged: bool = False
    unclear: list[str] = field(default_factory=list)


def keep_imported_file(workspace: Workspace, folder: Path, data: bytes) -> None:
    """Keep the file that a release was read from.

    Raises:
        InputError: it cannot be written.
    """
    kept = _get_kept_folder(workspace, folder)
    with guard_writing(str(kept)):
        write_within(workspace.root, kept, {LAST: data})


def read_kept_file(workspace: Workspace, folder: Path) -> bytes | None:
    """Read the file that a release was read from last, if kept."""
    try:
        return read_within(workspace.root, _get_kept_folder(workspace, folder) / LAST, LARGEST)
    except OSError:
        return None


def _get_kept_folder(workspace: Workspace, folder: Path) -> Path:
    home = workspace.root / ".pressgen" / "imports"
    if folder.resolve().is_relative_to(workspace.root.resolve()):
        return home / folder.resolve().relative_to(workspace.root.resolve())
    return home / f"outside-{sha256(str(folder.resolve()).encode()).hexdigest()[:12]}"


def update_release(
    workspace: Workspace, folder: Path, data: bytes, shown: str, home: ImportDefaults, choose: ChooseSide | None = None
) -> UpdatedRelease:
    """Take the changes of an imported file into its release.

    Args:
        workspace: the release's.
        folder: the release's.
        data: the file as it is now.
        shown: its name in messages.
        home: the language and zone to read it with.
        choose: asks which side of a conflict to keep; None to ask nobody.

    Raises:
        InputError: the file that was read last is not kept, or is another text; both sides changed the same words
            and nobody decided; or the release cannot be saved. Nothing is written then.
    """
    kept = read_kept_file(workspace, folder)
    if kept is None:
        message = (
            f"{workspace.shown(folder)} is already there, and the file that it was imported from is not kept in this"
            " workspace; move it away first, or choose another folder with --into"
        )
        raise InputError([Problem(code="I04", message=message, place=Place(shown))])
    if kept == data:
        return UpdatedRelease(folder / RELEASE, [])
    real = resolve_folder(workspace.root, folder, workspace.shown(folder))
    before = read_file(real, real / RELEASE, workspace.shown(folder / RELEASE))
    now, problems = read_source(before, workspace.shown(folder / RELEASE))
    if problems:
        raise InputError(problems)
    old, new, pictures = _read_models((kept, data), shown, home, now, {each.name for each in folder.iterdir()})
    _require_same_text(old, new, workspace.shown(folder), shown)
    merged = merge_models(old, new, now, choose)
    if merged.waiting:
        raise InputError([_make_conflict_problem(each) for each in merged.waiting])
    also = _save(workspace, folder, (before, merged), pictures)
    keep_imported_file(workspace, folder, data)
    return UpdatedRelease(folder / RELEASE, merged.made, also, merged.unclear)


def _save(workspace: Workspace, folder: Path, release: tuple[bytes, MergedModels], pictures: dict[str, bytes]) -> bool:
    """Save the release and new pictures.

    Return whether it was merged with another save.
    """
    before, merged = release
    after = encode_like(merged.text, before)
    if after == before:
        return False
    changes = [FileChange(name, None, content) for name, content in pictures.items()]
    return bool(save_release(workspace, folder, [*changes, FileChange(RELEASE, before, after)], check=check_syntax))


def _read_models(
    files: tuple[bytes, bytes], shown: str, home: ImportDefaults, now: SourceText, taken: set[str]
) -> tuple[SourceText, SourceText, dict[str, bytes]]:
    """Read both files as releases, with the ids of the present one.

    Return them with the new pictures.
    """
    older, newer = (read_manuscript(data, shown) for data in files)
    old, new = assemble_draft(older, home), assemble_draft(newer, home)
    new = rename_people(new, match_people(old.people, new.people))
    ids = find_people_ids(old.people, now)
    old, new = rename_people(old, ids), rename_people(new, ids)
    names = match_pictures(older.pictures, newer.pictures, taken)
    new = rename_pictures(new, names)
    return _format_model(old, now), _format_model(new, now), _list_new_pictures(older, newer, names)


def _list_new_pictures(older: Manuscript, newer: Manuscript, names: dict[str, str]) -> dict[str, bytes]:
    known = set(older.pictures.values())
    return {names[name]: content for name, content in newer.pictures.items() if content not in known}


def _format_model(draft: ReleaseDraft, now: SourceText) -> SourceText:
    identity = ReleaseIdentity(now.text_at("reference") or "X", now.text_at("house") or "house", "file")
    return parse_model(format_release_yaml(draft, identity), now.shown)


def _require_same_text(old: SourceText, new: SourceText, folder: str, shown: str) -> None:
    """Refuse a file that only has the same name.

    Raises:
        InputError: hardly any words of the two are the same.
    """
    if compute_similarity("\n".join(old.typed.values()), "\n".join(new.typed.values())) < LEAST:
        message = (
            f"{folder} is already there, and was imported from another text; choose another folder with --into, or"
            " give the file another name"
        )
        raise InputError([Problem(code="I04", message=message, place=Place(shown))])


def _make_conflict_problem(each: RebaseConflict) -> Problem:
    texts = (each.before, each.now, each.wanted)
    was, is_, wanted = (text if len(text) <= SHOWN else f"{text[:SHOWN]}…" for text in texts)
    message = (
        f"both the file and the release changed this since the file was read: it was {was}, the release has {is_}, and"
        f" the file wants {wanted}. Nothing was written; run it again with --keep release or --keep word, or make both"
        " say the same"
    )
    return Problem(code="I06", message=message, place=each.place, path=each.path or each.change.path)
