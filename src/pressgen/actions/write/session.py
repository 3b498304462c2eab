"""Make a writing copy in Word, and take in its saves.

Data flow of a save:

1. The copy was made from the release and prompts for what it lacks; a record says where each text came from.
2. The saved file is compared with that record, and the release that it was made from gets what was typed since. This is
   the newer model. The one of the save before is the older model. Prompts that nobody typed over are in neither.
3. The difference of the two goes into `release.yaml` as it is now (`merge_models.py`), and is saved (`save_release`),
   which merges what somebody else saves meanwhile.
4. The older model gets what went in. A conflict does not, so the next save finds it again, until one side gives way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zipfile import is_zipfile

from pressgen.actions.review.copy_records import build_copy_record
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import RELEASE, find_release_file, load_release
from pressgen.actions.workspace.read_files import (
    LARGEST,
    find_write_root,
    read_file,
    read_file_argument,
    resolve_folder,
)
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.actions.write.merge_models import check_syntax, merge_models, parse_model
from pressgen.actions.write.prompts import add_prompts, remove_prompts
from pressgen.actions.write.written_model import read_written_model
from pressgen.errors import InputError, Place, Problem, guard_writing
from pressgen.files.within import read_within, write_within
from pressgen.load.source import encode_like, read_source
from pressgen.model.artifact import Variant
from pressgen.model.export import Export

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.review.rebase_changes import RebaseConflict
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.actions.write.merge_models import ModelChange
    from pressgen.model.proposal import Proposal

RECORD, STATE = "copy.json", "state.json"
FOLDER = "writing"


@dataclass(frozen=True, slots=True)
class TakenSave:
    """What a save of a writing copy changed.

    Attributes:
        changes: what went into the release.
        waiting: where copy and release both changed the same words since.
        left: changes that have no certain place, each with the reason.
        merged: whether somebody else saved the release at the same moment.
    """

    changes: list[ModelChange]
    waiting: list[RebaseConflict]
    left: list[tuple[Proposal, str]]
    merged: bool


@dataclass(slots=True)
class WritingSession:
    """A release that somebody writes in Word.

    Attributes:
        folder: the release's.
        copy: the writing copy.
        export: the record of the copy as it was made.
        model: the release as the copy has it, as far as it was taken in.
        last: the SHA-256 of the copy when it was read last.
        release: the SHA-256 of the release after that.
        language: of the release.
    """

    workspace: Workspace
    folder: Path
    copy: Path
    export: Export = field(repr=False)
    model: str = field(repr=False)
    last: str
    release: str
    language: str

    @property
    def shown(self) -> str:
        """The name of the copy in messages."""
        return self.workspace.shown(self.copy)

    def is_whole(self) -> bool:
        """Return whether the copy is there to its end."""
        try:
            return is_zipfile(self.copy)
        except OSError:
            return False

    def take_save(self) -> TakenSave | None:
        """Take what was typed into the release.

        Return None where the copy is unchanged.

        Raises:
            InputError: the copy cannot be read, or the release cannot be saved; nothing was written.
        """
        data = read_file_argument(self.copy, self.shown)
        if hash_content(data) == self.last:
            return None
        shown = self.workspace.shown(self.folder / RELEASE)
        sent = parse_model(self.export.source, shown)
        written = read_written_model(self.export, sent, data, self.shown, self.language)
        before = read_file(self.folder, self.folder / RELEASE, shown)
        now, problems = read_source(before, shown)
        if problems:
            raise InputError(problems)
        merged = merge_models(parse_model(self.model, shown), remove_prompts(written.text, shown), now)
        after = encode_like(merged.text, before)
        changes = [FileChange(RELEASE, before, after)] if after != before else []
        also = bool(save_release(self.workspace, self.folder, changes, check=check_syntax))
        self.model, self.last, self.release = merged.model, hash_content(data), hash_content(after)
        self.save_state()
        return TakenSave(merged.made, merged.waiting, written.left, also)

    def save_state(self) -> None:
        """Keep what a later session needs to go on.

        Raises:
            InputError: it cannot be written.
        """
        state = {"model": self.model, "last": self.last, "release": self.release, "language": self.language}
        _write_state(self.workspace, self.folder, {STATE: json.dumps(state).encode()})


def start_writing(workspace: Workspace, path: Path, out: Path) -> WritingSession:
    """Make the writing copy of a release, or go on with it.

    A copy that was saved since it was read, or that a program has open, is never replaced; nor is one that shows the
    release as it is.

    Args:
        workspace: the release's.
        path: its folder, or its `release.yaml`.
        out: the folder under which `NAME/writing/` is written.

    Raises:
        UsageError: there is no release at `path`.
        InputError: the release is at fault, or a copy is there that this workspace knows nothing of.
    """
    file = find_release_file(workspace, path)
    folder = resolve_folder(workspace.root, file.parent, workspace.shown(file.parent))
    home, out = find_write_root(workspace.root, out)
    copy = out / folder.name / FOLDER / f"{folder.name}.docx"
    before = read_file(folder, folder / RELEASE, workspace.shown(folder / RELEASE))
    if copy.exists():
        session = _resume(workspace, folder, copy)
        saved = hash_content(read_file_argument(copy, session.shown)) != session.last
        if saved or is_open(copy) or session.release == hash_content(before):
            return session
    return _make_copy(workspace, folder, (home, copy), before)


def is_open(copy: Path) -> bool:
    """Return whether a lock file of Word or LibreOffice is there."""
    return (copy.parent / f"~${copy.name[2:]}").exists() or (copy.parent / f".~lock.{copy.name}#").exists()


def _make_copy(workspace: Workspace, folder: Path, place: tuple[Path, Path], before: bytes) -> WritingSession:
    from pressgen.render import word

    home, copy = place
    source, problems = read_source(before, workspace.shown(folder / RELEASE))
    if problems:
        raise InputError(problems)
    prompted = add_prompts(source)
    loaded = load_release(workspace, folder, instead={RELEASE: encode_like(prompted, before)})[0]
    (document,) = compose_release(loaded, [Variant.REVIEW])
    document = replace(document, edition=None)  # no labels, no tracking: nobody reviews it
    content = word.render(document, loaded.house, loaded.media).content
    export = build_copy_record(loaded, document, content, copy.name)
    with guard_writing(str(copy.parent)):
        write_within(home, copy.parent, {copy.name: content})
    _write_state(workspace, folder, {RECORD: export.to_json()})
    session = WritingSession(
        workspace, folder, copy, export, remove_prompts(prompted, source.shown).text, hash_content(content),
        hash_content(before), document.language,
    )  # fmt: skip
    session.save_state()
    return session


def _resume(workspace: Workspace, folder: Path, copy: Path) -> WritingSession:
    """Go on with a copy that is there.

    Raises:
        InputError: nothing is known of it.
    """
    kept = _get_state_folder(workspace, folder)
    try:
        export = Export.from_json(read_within(workspace.root, kept / RECORD, LARGEST))
        state = json.loads(read_within(workspace.root, kept / STATE, LARGEST))
        return WritingSession(
            workspace, folder, copy, export, state["model"], state["last"], state["release"], state["language"]
        )
    except (OSError, ValueError, KeyError):
        message = "is there, but this workspace does not know what it was made from; move it away, then run this again"
        raise InputError([Problem(code="I08", message=message, place=Place(workspace.shown(copy)))]) from None


def _get_state_folder(workspace: Workspace, folder: Path) -> Path:
    return workspace.root / ".pressgen" / FOLDER / folder.name


def _write_state(workspace: Workspace, folder: Path, files: dict[str, bytes]) -> None:
    kept = _get_state_folder(workspace, folder)
    with guard_writing(str(kept)):
        write_within(workspace.root, kept, files)
