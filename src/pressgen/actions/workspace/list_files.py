"""Write mailing lists of the office.

They are in files of their own, or in the office's file, where each comment stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.actions.workspace.office import FILE, create_list_reader
from pressgen.actions.workspace.read_files import read_file
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.files.atomic import make_folder
from pressgen.load.comments import list_comments, put_comments
from pressgen.load.edits import apply_changes
from pressgen.load.list_file import write_list_file
from pressgen.load.office import read_valid_office
from pressgen.load.source import encode_like, read_source
from pressgen.model.address import normalise_mailbox
from pressgen.model.change import AddField, RemoveNode, ReplaceValue

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
class ListUpdate:
    """A new version of a mailing list.

    Attributes:
        audience: of a new list; None where there is one already.
    """

    name: str
    recipients: tuple[Recipient, ...]
    audience: str | None = None


def write_lists(
    workspace: Workspace, changes: Sequence[ListUpdate], record: Callable[[], None] | None = None
) -> list[str]:
    """Write mailing lists to files, then `record` it in the ledger.

    Each gets a file of its own. Return the names of the written files.

    Comments in a list that is still in the office's file stay there, above the name of its new file.

    Raises:
        InputError: the new content is at fault, somebody changed the same words meanwhile, or a file cannot be
            written; nothing was written.
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
            edits += [RemoveNode(f"{path}.recipients"), AddField(path, "file", file)]
            comments[f"{path}.file"] = list_comments(source, f"{path}.recipients")
        there = folder / file
        files.append(FileChange(file, _read_existing_file(workspace, there), write_list_file(each.recipients)))
    if new_lists and "lists" in source.nodes:
        edits += [AddField("lists", name, fields) for name, fields in new_lists.items()]
    elif new_lists:
        edits.append(AddField("", "lists", new_lists))
    if edits:
        text = apply_changes(source, edits)
        for path, lines in comments.items():
            text = put_comments(text, path, lines) if lines else text
        files.append(FileChange(OWN, data, encode_like(text, data)))
    return _save_lists(workspace, files, [each.name for each in changes], record)


def replace_listed_address(workspace: Workspace, was: str, now: str | None, record: Callable[[], None]) -> list[str]:
    """Replace or remove an address on every list; return those lists.

    A list without any people left is removed.

    Args:
        workspace: has the lists.
        was: an address, in any spelling.
        now: the new one; None to remove the reader.
        record: enters it in the ledger, once the files are written.

    Raises:
        InputError: as `write_lists`.
    """
    folder = workspace.root / "releases"
    data = read_file(workspace.root, folder / OWN, FILE)
    source, _ = read_source(data, FILE)
    touched: list[str] = []
    edits: list[Change] = []
    files: list[FileChange] = []
    for name, list_ in read_valid_office(data, FILE, create_list_reader(workspace)).lists.items():
        after = _replace_address(list_.recipients, normalise_mailbox(was), now)
        if after == list_.recipients:
            continue
        touched.append(name)
        path = f"lists.{name}"
        if not after:
            edits.append(RemoveNode(path))
        elif list_.file is None:
            edits += _plan_inline_changes(source, path, normalise_mailbox(was), now)
        if list_.file is not None:
            file = folder / list_.file
            files.append(FileChange(list_.file, _read_existing_file(workspace, file), write_list_file(after)))
    if edits:
        files.append(FileChange(OWN, data, encode_like(apply_changes(source, edits), data)))
    _save_lists(workspace, files, touched, record)
    return touched


def _replace_address(there: Sequence[Recipient], box: str, now: str | None) -> tuple[Recipient, ...]:
    """Return the recipients with the new address, none of them twice."""
    boxes = {normalise_mailbox(each.email) for each in there}
    if now is None or (normalise_mailbox(now) in boxes and normalise_mailbox(now) != box):
        return tuple(each for each in there if normalise_mailbox(each.email) != box)
    return tuple(_copy_with_address(each, now) if normalise_mailbox(each.email) == box else each for each in there)


def _copy_with_address(recipient: Recipient, now: str) -> Recipient:
    """Return the recipient with another address.

    It becomes their name too, if the old one was.
    """
    nameless = normalise_mailbox(recipient.name) == normalise_mailbox(recipient.email)
    return recipient.model_copy(update={"email": now, "name": now if nameless else recipient.name})


def _plan_inline_changes(source: SourceText, path: str, box: str, now: str | None) -> list[Change]:
    """List the changes to the office's own file."""
    emails = [each for each in source.nodes if each.startswith(f"{path}.recipients[") and each.endswith("].email")]
    boxes = {each: normalise_mailbox(source.text_at(each) or "@") for each in emails}
    there = now is not None and normalise_mailbox(now) != box and normalise_mailbox(now) in boxes.values()
    found = [each for each in emails if boxes[each] == box]
    if now is None or there:
        return [RemoveNode(each.removesuffix(".email")) for each in found]
    names = (each.removesuffix("email") + "name" for each in found)
    as_named = [
        each for each in names if normalise_mailbox(source.text_at(each) or "@") == box
    ]  # the address is the name
    return [ReplaceValue(each, now) for each in (*found, *as_named)]


def _save_lists(
    workspace: Workspace, files: Sequence[FileChange], lists: Sequence[str], record: Callable[[], None] | None
) -> list[str]:
    folder = workspace.root / "releases"

    def check(contents: Mapping[str, bytes]) -> None:
        read = create_list_reader(workspace)
        data = contents.get(OWN) or read_file(workspace.root, folder / OWN, FILE)
        office = read_valid_office(data, FILE, lambda name: contents[name] if name in contents else read(name))
        office.need(*(f"lists.{each}" for each in lists))

    check({each.name: each.after for each in files})
    _make_folders(workspace, files)
    save_release(workspace, folder, files, record, check)
    return [f"releases/{each.name}" for each in files]


def _make_folders(workspace: Workspace, files: Sequence[FileChange]) -> None:
    """Make the folders of lists.

    Only people who may write the office's file can read them.
    """
    folder = workspace.root / "releases"
    for each in files:
        make_folder((folder / each.name).parent)


def _read_existing_file(workspace: Workspace, file: Path) -> bytes | None:
    return read_file(workspace.root, file, str(file)) if file.is_file() else None
