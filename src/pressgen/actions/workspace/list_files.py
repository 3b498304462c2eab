"""Write lists of the office: in files of their own, or in the office's file, where each comment stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.actions.workspace.office import FILE, list_reader
from pressgen.actions.workspace.reading import read_file
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.files.modes import make_folder
from pressgen.load.comments import comments_within, put_comments
from pressgen.load.edits import edited
from pressgen.load.list_file import write_list_file
from pressgen.load.office import read_sound_office
from pressgen.load.source import encode_like, read_source
from pressgen.model.address import mailbox_of
from pressgen.model.change import Give, Put, Remove

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.load.source import SourceText
    from pressgen.model.change import Change
    from pressgen.model.office import Recipient

FOLDER: Final = "lists"
OWN: Final = "pressgen.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChange:
    """A list as it is to be.

    Attributes:
        audience: of a new list; None where there is one already.
    """

    name: str
    recipients: tuple[Recipient, ...]
    audience: str | None = None


def write_lists(
    workspace: Workspace, changes: Sequence[ListChange], record: Callable[[], None] | None = None
) -> list[str]:
    """Write lists, each into a file of its own; then `record` it in the ledger. The files that were written.

    Comments in a list that stands in the office's file until now stay there, above the name of its new file.

    Raises:
        Refused: what would be written is at fault, somebody changed the same words meanwhile, or a file cannot be
            written; nothing was.
    """
    folder = workspace.root / "releases"
    data = read_file(workspace.root, folder / OWN, FILE)
    source, _ = read_source(data, FILE)
    files: list[FileChange] = []
    edits: list[Change] = []
    new_lists: dict[str, dict[str, str]] = {}
    comments: dict[str, list[str]] = {}
    for each in changes:
        path = f"lists.{each.name}"
        file = source.text_at(f"{path}.file") or f"{FOLDER}/{each.name}.csv"
        if path not in source.nodes:
            new_lists[each.name] = {"audience": each.audience or "named", "file": file}
        elif f"{path}.file" not in source.nodes:
            edits += [Remove(f"{path}.recipients"), Give(path, "file", file)]
            comments[f"{path}.file"] = comments_within(source, f"{path}.recipients")
        there = folder / file
        files.append(FileChange(file, _bytes(workspace, there), write_list_file(each.recipients)))
    if new_lists and "lists" in source.nodes:
        edits += [Give("lists", name, fields) for name, fields in new_lists.items()]
    elif new_lists:
        edits.append(Give("", "lists", new_lists))
    if edits:
        text = edited(source, edits)
        for path, lines in comments.items():
            text = put_comments(text, path, lines) if lines else text
        files.append(FileChange(OWN, data, encode_like(text, data)))
    return _save(workspace, files, [each.name for each in changes], record)


def readdress(workspace: Workspace, was: str, now: str | None, record: Callable[[], None]) -> list[str]:
    """Put the address `now` in the place of `was` on every list, or take the reader off; the lists it was on.

    A list of which nobody is left goes.

    Args:
        workspace: whose lists they are.
        was: an address, in any way to write it.
        now: the new one; None to take the reader off.
        record: enters it in the ledger, once the files are written.

    Raises:
        Refused: as `write_lists`.
    """
    folder = workspace.root / "releases"
    data = read_file(workspace.root, folder / OWN, FILE)
    source, _ = read_source(data, FILE)
    touched: list[str] = []
    edits: list[Change] = []
    files: list[FileChange] = []
    for name, list_ in read_sound_office(data, FILE, list_reader(workspace)).lists.items():
        after = _readdressed(list_.recipients, mailbox_of(was), now)
        if after == list_.recipients:
            continue
        touched.append(name)
        path = f"lists.{name}"
        if not after:
            edits.append(Remove(path))
        elif list_.file is None:
            edits += _inline(source, path, mailbox_of(was), now)
        if list_.file is not None:
            file = folder / list_.file
            files.append(FileChange(list_.file, _bytes(workspace, file), write_list_file(after)))
    if edits:
        files.append(FileChange(OWN, data, encode_like(edited(source, edits), data)))
    _save(workspace, files, touched, record)
    return touched


def _readdressed(there: Sequence[Recipient], box: str, now: str | None) -> tuple[Recipient, ...]:
    """The recipients with the new address; nobody stands twice, if the new one is there already."""
    boxes = {mailbox_of(each.email) for each in there}
    if now is None or (mailbox_of(now) in boxes and mailbox_of(now) != box):
        return tuple(each for each in there if mailbox_of(each.email) != box)
    return tuple(_moved(each, now) if mailbox_of(each.email) == box else each for each in there)


def _moved(recipient: Recipient, now: str) -> Recipient:
    """The recipient at another address, which is also their name if the old one was."""
    nameless = mailbox_of(recipient.name) == mailbox_of(recipient.email)
    return recipient.model_copy(update={"email": now, "name": now if nameless else recipient.name})


def _inline(source: SourceText, path: str, box: str, now: str | None) -> list[Change]:
    """What changes in the office's own file."""
    emails = [each for each in source.nodes if each.startswith(f"{path}.recipients[") and each.endswith("].email")]
    boxes = {each: mailbox_of(source.text_at(each) or "@") for each in emails}
    there = now is not None and mailbox_of(now) != box and mailbox_of(now) in boxes.values()
    found = [each for each in emails if boxes[each] == box]
    if now is None or there:
        return [Remove(each.removesuffix(".email")) for each in found]
    names = (each.removesuffix("email") + "name" for each in found)
    as_named = [each for each in names if mailbox_of(source.text_at(each) or "@") == box]  # who has no other name
    return [Put(each, now) for each in (*found, *as_named)]


def _save(
    workspace: Workspace, files: Sequence[FileChange], lists: Sequence[str], record: Callable[[], None] | None
) -> list[str]:
    folder = workspace.root / "releases"

    def check(contents: Mapping[str, bytes]) -> None:
        read = list_reader(workspace)
        data = contents.get(OWN) or read_file(workspace.root, folder / OWN, FILE)
        office = read_sound_office(data, FILE, lambda name: contents[name] if name in contents else read(name))
        office.need(*(f"lists.{each}" for each in lists))

    check({each.name: each.after for each in files})
    _make_folders(workspace, files)
    save_release(workspace, folder, files, record, check)
    return [f"releases/{each.name}" for each in files]


def _make_folders(workspace: Workspace, files: Sequence[FileChange]) -> None:
    """Make the folders of lists, which nobody but those who may write the office's file look into."""
    folder = workspace.root / "releases"
    for each in files:
        make_folder((folder / each.name).parent)


def _bytes(workspace: Workspace, file: Path) -> bytes | None:
    return read_file(workspace.root, file, str(file)) if file.is_file() else None
